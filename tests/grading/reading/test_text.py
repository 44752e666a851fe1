from __future__ import annotations

import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
import snowballstemmer
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.reading.text import read, stem

ENDINGS = ("ational", "ingly", "iveness", "ies", "ed")
TYPED = st.text(
    st.sampled_from(
        "aZé ßﬁ12９．,，、。%％+-−–*×·^_()（）[]{}²⁻₃½①σΣπ→≤～…“”'\u200b\u3000\n一隻鳥监督學习〇"
    ),
    max_size=40,
)


def forms(raw: str) -> list[str]:
    return [token.form for token in read(raw).tokens]


@pytest.mark.parametrize(
    ("raw", "normal"),
    [
        ("ＳＦＴ　模型", "sft 模型"),
        ("強化學習", "强化学习"),
        ("a\u200bb", "ab"),
        ("10⁻⁶", "10^-6"),
        ("x₁₂", "x_12"),
        ("2 × 3 − 1", "2 * 3 - 1"),
        ("  a \n\t b  ", "a b"),
        ("e\u0301", "é"),
        ("2^(n-1)", "2^(n-1)"),
    ],
)
def test_normal_form(raw, normal):
    assert read(raw).normal == normal


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("SFT训练16 epochs", ["sft", "训练", "16", "epochs"]),
        ("13,000", ["13000"]),
        ("100、200", ["100", "200"]),
        ("100，200", ["100", "200"]),
        ("2012,2013", ["2012", "2013"]),
        ("9.65e-6", ["9.65e-6"]),
        ("don't", ["don't"]),
        ("a-b", ["a", "-", "b"]),
    ],
)
def test_tokens(raw, expected):
    assert forms(raw) == expected


def test_compact_keeps_what_changes_the_meaning():
    assert read("2^(n-1)").compact != read("2n-1").compact
    assert read("小模型 + 对齐").compact != read("小模型 - 对齐").compact
    assert read("“Few-shot” ").compact == read("few-shot").compact


def test_stems_english_only():
    assert stem("epochs") == stem("epoch")
    assert stem("模型") == "模型"


@given(st.one_of(TYPED, st.text(max_size=40)))
@settings(deadline=None, max_examples=300)
def test_spans_quote_the_raw_text(raw):
    start_before = 0
    for token in read(raw).tokens:
        assert start_before <= token.start < token.end <= len(raw)
        quoted = read(raw[token.start : token.end]).normal
        assert token.form in quoted.replace(",", "")
        start_before = token.start


@given(TYPED)
@settings(deadline=None, max_examples=300)
def test_a_normal_form_is_its_own_normal_form(raw):
    once = read(raw).normal
    assert read(once).normal == once


@given(st.text(max_size=40))
@settings(deadline=None, max_examples=200)
def test_composition_and_width_change_no_token(raw):
    assert forms(unicodedata.normalize("NFC", raw)) == forms(raw)


@pytest.mark.parametrize(
    ("raw", "other", "found"),
    [
        ("先说：What  is SFT？再答", "what is sft", ["What  is SFT"]),
        ("獎勵，模型；奖励模型", "奖励模型", ["獎勵，模型", "奖励模型"]),
        ("ＰＰＯ", "ppo", ["ＰＰＯ"]),
        ("nothing", "sft", []),
    ],
)
def test_places_of_another_text(raw, other, found):
    places = read(raw).places_of(read(other).compact)
    assert [raw[slice(*place)] for place in places] == found


def test_words_are_stemmed_by_many_threads_at_once():
    """The stemmer holds the word that it works on, so two at once would mix their words up."""
    words = [f"{'z' * length}{ending}" for length in range(1, 100) for ending in ENDINGS]
    alone = snowballstemmer.stemmer("english").stemWords(words)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            found = list(threads.map(stem.__wrapped__, words))
    finally:
        sys.setswitchinterval(interval)
    assert found == alone
