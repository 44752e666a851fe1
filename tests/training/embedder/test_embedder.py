"""From made-up texts to weights that `BundledEmbedder` reads, in seconds."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest

from training.embedder.corpus import Corpus, Pair
from training.embedder.examine import found_first
from training.embedder.vocabulary import Sizes, vocabulary
from training.embedder.weights import quantised, write_weights
from tutor.inference.bundled_embedder import BundledEmbedder
from tutor.inference.embedder import unit_rows

WHO = {"猫": "cat", "狗": "dog", "老师": "teacher", "学生": "student", "医生": "doctor"}
DOES = {"看见": "sees", "喜欢": "likes", "帮助": "helps", "忘记": "forgets"}
WHAT = {"苹果": "apple", "河流": "river", "数学": "mathematics", "音乐": "music"}
PAIRS = [
    Pair(f"{who}{does}{what}", f"The {WHO[who]} {DOES[does]} {WHAT[what]}")
    for who, does, what in product(WHO, DOES, WHAT)
]
CORPUS = Corpus(
    sentences=tuple(PAIRS[::2]),
    captions=(),
    terms=tuple(Pair(zh, en) for zh, en in (WHO | DOES | WHAT).items()),
    synonyms=(("喜欢", "喜爱"), ("医生", "大夫")),
    held_out_sentences=tuple(PAIRS[1::2]),
    held_out_terms=(),
)


class FakeTeacher:
    """Sums of random vectors of words, a direction for each word."""

    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        rows = [sum(self._word(word) for word in text.lower().split()) for text in texts]
        return unit_rows(np.asarray(rows, np.float32).reshape(len(texts), 48))

    @staticmethod
    def _word(word: str) -> np.ndarray:
        return np.random.default_rng(list(word.encode())).normal(size=48)


@pytest.fixture(scope="module")
def trained() -> tuple[list[str], np.ndarray, np.ndarray]:
    """Tokens, the rows before training and after."""
    pytest.importorskip("torch", reason="needs torch to train")
    from training.embedder.lessons import prepare
    from training.embedder.train import Recipe, train

    tokens = vocabulary(CORPUS, ["the", "##s"], Sizes())
    phrases = ["cat sees", "river music", "the doctor"]
    start, lessons = prepare(CORPUS, tokens, phrases, FakeTeacher(), dimensions=32, seed=1)
    recipe = Recipe(epochs=20, batch=16, aside=2, phrases=3, rate=0.01)
    rows = train(start, lessons, recipe, seed=1)
    np.testing.assert_array_equal(rows, train(start, lessons, recipe, seed=1))
    return tokens, start, rows


def test_training_teaches_what_was_held_out(trained, tmp_path):
    tokens, start, rows = trained
    found = []
    for name, vectors in (("start", start), ("trained", rows)):
        write_weights(tmp_path / name, tokens, vectors, {"version": name})
        embedder = BundledEmbedder(tmp_path / name)
        assert embedder.identity == f"bundled-{name}"
        found.append(found_first(embedder.embed, CORPUS.held_out_sentences))
    assert found[1] >= 0.9  # by chance one in forty
    assert found[1] >= found[0]


def test_a_word_begins_near_its_translation(trained, tmp_path):
    tokens, start, _ = trained
    write_weights(tmp_path, tokens, start, {"version": "start"})
    embedder = BundledEmbedder(tmp_path)
    chinese, english = embedder.embed(list(WHAT)), embedder.embed(list(WHAT.values()))
    assert np.all(np.argmax(chinese @ english.T, axis=1) == np.arange(len(WHAT)))


def test_the_same_vectors_are_the_same_bytes(tmp_path):
    rows = np.random.default_rng(1).normal(size=(5, 3)).astype(np.float32)
    for name in ("one", "two"):
        write_weights(tmp_path / name, list("abcde"), rows, {"version": "1"})
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_int8_keeps_each_row_to_half_a_step(trained):
    _, _, rows = trained
    vectors, scales = quantised(rows)
    assert vectors.dtype == np.int8
    step = scales.astype(np.float32)[:, None]
    assert np.all(np.abs(vectors * step - rows) <= step / 2 * 1.01)
