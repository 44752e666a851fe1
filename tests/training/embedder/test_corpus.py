from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.embedder import corpus as reading
from training.embedder.corpus import Pair, rated_split, read_corpus


def write(path: Path, rows: list[dict]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n", "utf-8")


def aligned(count: int, source: str = "a/b") -> list[dict]:
    return [
        {"zh": f"第{n}个句子说的是完全不同的一件事情", "en": f"Sentence {n}", "source": source}
        for n in range(count)
    ]


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(reading, "HELD_OUT", 3)
    folder = tmp_path / "parallel_zh_en"
    write(folder / "ml.jsonl", aligned(10))
    write(folder / "computing.jsonl", [{"zh": "数据库", "en": "A database", "source": "c/d"}])
    bound = "jwasham/coding-interview-university"
    write(folder / "general.jsonl", [{"zh": "面试", "en": "An interview", "source": bound}])
    terms = [{"zh": f"术语{n}", "en": f"term {n}", "source": "a/b"} for n in range(6)]
    write(folder / "terms.jsonl", [*terms, {"zh": "病毒", "en": "virus", "source": "e/f"}])
    for language, cat, dog in (("zh", "猫", "狗"), ("en", "cat", "dog")):
        rows = [{"a": cat, "b": dog, "score": 0.2}, {"a": cat, "b": cat + "1", "score": 0.8}]
        write(tmp_path / "stsb_multi_mt" / f"{language}_train.jsonl", rows)
        write(tmp_path / "stsb_multi_mt" / f"{language}_test.jsonl", rows[1:])
        write(tmp_path / "stsb_multi_mt" / f"{language}_dev.jsonl", rows[:1])
    synsets = [{"zh": ["买", "购买"]}, {"zh": ["卖"]}]
    write(tmp_path / "wordnet_cow_zh" / "all.jsonl", synsets)
    glossary = [{"zh": "词表", "en": "vocabulary"}, {"zh": "术语一", "en": "Term 1"}]
    write(tmp_path / "glossary_d2l_zh" / "all.jsonl", glossary)
    return tmp_path


def test_what_is_held_out_is_not_trained_on(data):
    corpus = read_corpus(data)
    assert len(corpus.held_out_sentences) == len(corpus.held_out_terms) == 3
    english = {pair.en.lower() for pair in corpus.translations()}
    held_out = {*corpus.held_out_sentences, *corpus.held_out_terms}
    assert not english & {pair.en.lower() for pair in held_out}
    # 10 - 3 sentences and the database; the interview is share-alike.
    assert len(corpus.sentences) == 8
    assert Pair("病毒", "virus") in corpus.terms


def test_the_glossary_does_not_bring_a_held_out_term_back(data):
    corpus = read_corpus(data)
    told = {pair.en.lower() for pair in corpus.held_out_terms}
    assert ("term 1" in told) != (Pair("术语一", "Term 1") in corpus.terms)


def test_sentences_of_the_test_split_are_dropped_from_training(data):
    # cat is in the test split, dog is not.
    assert read_corpus(data).captions == (Pair("狗", "dog"),)


def test_synonyms_are_synsets_of_two_or_more(data):
    assert read_corpus(data).synonyms == (("买", "购买"),)


def test_the_same_files_give_the_same_corpus(data):
    assert read_corpus(data) == read_corpus(data)


def test_a_split_is_read_with_its_scores(data):
    assert [row.score for row in rated_split(data, "en", "train")] == [0.2, 0.8]
