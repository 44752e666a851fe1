from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.inference.tokenizer import BUCKETS, Tokenizer, fold

TOKENS = [
    "学", "习", "率", "学习", "学习率", "高", "高学", "gradient", "descent", "gradient descent",
    "over", "a", "i", "##fit", "##t", "##ing", "1", "12", "+", "-", "^", "x", "don't",
    *(f"##{chr(code)}" for code in range(ord("a"), ord("z") + 1) if chr(code) != "t"),
    *(f"#{bucket}" for bucket in range(BUCKETS)),
]  # fmt: skip


def read_as(text: str) -> list[str]:
    return [TOKENS[row] for row in Tokenizer(TOKENS).ids(text)]


def test_every_word_of_a_run_counts_and_they_overlap():
    assert read_as("高学习率") == ["高", "高学", "学", "学习", "学习率", "习", "率"]


def test_traditional_full_width_and_accents_read_like_the_plain_form():
    assert read_as("學習率") == read_as("学习率")
    assert read_as("ｘ＋１２") == ["x", "+", "12"] == read_as("x+12")
    assert fold("Naïve É") == "naive e"
    assert read_as("学\u200b习") == read_as("学习")


def test_neighbours_also_count_as_their_term():
    both = ["gradient", "descent", "gradient descent"]
    assert read_as("Gradient descent") == both
    assert read_as("gradient-descent") == ["gradient", "-", "descent", "gradient descent"]
    assert read_as("gradient. descent") == both[:2]


def test_a_word_that_is_no_token_falls_into_its_longest_pieces():
    assert read_as("overfitting") == ["over", "##fit", "##t", "##ing"]
    assert read_as("don't") == ["don't"]
    assert read_as("ai") == ["a", "##i"]


def test_a_number_is_one_token_and_a_rare_one_has_a_bucket():
    assert read_as("12") == ["12"]
    [bucket] = read_as("1789")
    assert bucket.startswith("#")
    assert read_as("1789 ж") [0] == bucket  # the same wherever it stands  # fmt: skip
    assert read_as("1889") != [bucket]


def test_punctuation_and_emoji_are_nothing():
    assert read_as("，。！？ ... () 🎉 \ud800") == []


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_to_rows_of_the_vocabulary(text):
    rows = Tokenizer(TOKENS).ids(text)
    assert all(0 <= row < len(TOKENS) for row in rows)


@given(st.text(alphabet="学习率高x ", max_size=20), st.text(alphabet="学习率高x ", max_size=20))
@settings(max_examples=100, deadline=None)
def test_a_break_between_texts_joins_nothing(left, right):
    assert sorted(read_as(f"{left}。{right}")) == sorted(read_as(left) + read_as(right))


@pytest.mark.parametrize(
    "unit", ["学", "学习率", "a", "gradient ", "overfitting", "9", "9 ", "^", "é"]
)
def test_a_very_long_text_is_read_in_linear_time(unit):
    text = (unit * 100_000)[:100_000]
    start = perf_counter()
    rows = Tokenizer(TOKENS).ids(text)
    assert perf_counter() - start < 5  # a tenth of a second on an idle machine
    assert len(rows) <= 6 * len(text)
