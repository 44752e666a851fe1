from __future__ import annotations

from training.embedder.corpus import Corpus, Pair
from training.embedder.vocabulary import Sizes, english_terms, english_words, han_words, vocabulary
from tutor.inference.tokenizer import BUCKETS, Tokenizer

OTHERS = "天地玄黄宇宙洪荒日月盈昃辰宿列张"
SENTENCES = tuple(
    Pair(f"{before * 2}神经网络{after * 2}", "The neural network runs")
    for before, after in zip(OTHERS, reversed(OTHERS), strict=True)
)
CORPUS = Corpus(SENTENCES, (), (Pair("学习率", "learning rate"),), (("买", "购买"),), (), ())


def test_sequences_that_hold_together_are_words_and_their_parts_are_not():
    # 14 times together among 700 characters: ln(14 * 700 / (14 * 14)) = 3.9, and 3 is enough.
    words = han_words([*(pair.zh for pair in SENTENCES), "山" * 588], [], 100)
    assert "神经网络" in words
    # 经网络 occurs only inside 神经网络, as 神经网 does.
    assert not {"经网络", "神经网"} & set(words)


def test_known_words_are_kept_however_rare():
    assert "很快" in han_words(["跑得很快"], ["很快", "从未出现"], 100)
    assert "从未出现" not in han_words(["跑得很快"], ["很快", "从未出现"], 100)


def test_frequent_words_come_before_the_teachers():
    words = english_words(["alpha beta"] * 5 + ["gamma"], ["delta", "[unused1]", "##ing"], 100)
    assert {"alpha", "beta", "delta", "a", "z"} <= set(words)
    assert not {"gamma", "##ing", "[unused1]"} & set(words)
    assert len(english_words(["alpha"] * 5, ["delta"], 10)) == 10


def test_terms_are_pairs_far_more_frequent_than_chance():
    texts = ["gradient descent"] * 9 + [f"word{chr(97 + n % 26)} other" for n in range(900)]
    assert english_terms(texts, {"gradient", "descent", "other"}, 10) == ["gradient descent"]


def test_no_word_is_unknown_to_the_tokens():
    tokens = vocabulary(CORPUS, ["the", "##ing"], Sizes())
    assert len(tokens) == len(set(tokens))
    assert tokens[-BUCKETS:] == [f"#{bucket}" for bucket in range(BUCKETS)]
    tokenizer = Tokenizer(tokens)
    for text in ("xylophonist", "neural network", "神经网络", "购买"):
        assert all(not tokens[row].startswith("#0") for row in tokenizer.ids(text))
        assert all(tokens[row][:2] == "##" or tokens[row][0] != "#" for row in tokenizer.ids(text))
