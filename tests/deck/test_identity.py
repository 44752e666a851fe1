"""Golden hashes: the values that hashcards itself computes for these cards."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.deck.identity import (
    ID_LENGTH,
    basic_hash,
    basic_id,
    cloze_hash,
    cloze_id,
    family_hash,
)


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("FOO", "BAR", "d1e923e2c26fbbf1b5d3b83e60d1f1cf5ba7f0a14045bfbd83ab3e99fa761d9c"),
        (
            "What is Rust?",
            "A systems programming language.",
            "d2f43b1bdbe175ca49a1093185df830cf0a1bd9902dac3758a564588e4522ccb",
        ),
        (
            "What is the capital of France?",
            "Paris",
            "731f21e4d0faff2b72d8e883eabe7cc41e2fa98e28a793b01183a19aa1e12600",
        ),
    ],
)
def test_basic_hash_is_upstreams(question, answer, expected):
    assert basic_hash(question, answer) == expected


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("baz quux", 4, 7, "5afd2f656657d5624b2118b234fefe4a3843659d4451fcac313be721e8df015e"),
        (
            "Berlin is the capital of Germany.",
            0,
            5,
            "315960464427b174a298cd0255d14fb22423e4542b19ee3fcb35d4045097d107",
        ),
        (
            "Berlin is the capital of Germany.",
            25,
            31,
            "0764df6f1d05cf93f2695866ec59f6f28e9733155037c8edd0a444b81bb764ff",
        ),
        # 光合成は is four characters of three bytes each: 葉緑体 is bytes 12 to 20
        (
            "光合成は葉緑体で行われる。",
            12,
            20,
            "e657432b6ede340eebb0f08a7e2936febb1bba1d3bf513497a14dec9f4b0678b",
        ),
    ],
)
def test_cloze_hash_is_upstreams(text, start, end, expected):
    assert cloze_hash(text, start, end) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("baz quux", "b76c3f93c42f53b66244322bde6b235c83c539bed9173aabcdccd3f678fbba45"),
        (
            "Berlin is the capital of Germany.",
            "0664936f10079bd002207d36e6f3ce17f28f553f1154c3335a5f60f01c4b877f",
        ),
    ],
)
def test_family_hash_is_upstreams(text, expected):
    assert family_hash(text) == expected


def test_our_id_tells_apart_what_upstream_confuses():
    assert basic_hash("ab", "c") == basic_hash("a", "bc")
    assert basic_id("ab", "c") != basic_id("a", "bc")


def test_id_tells_blanks_of_one_text_apart():
    assert cloze_id("a b", 0, 0) != cloze_id("a b", 2, 2)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=6), st.text(max_size=6), st.text(max_size=6), st.text(max_size=6))
def test_ids_are_equal_exactly_when_the_contents_are(question, answer, other, another):
    same = (question, answer) == (other, another)
    assert (basic_id(question, answer) == basic_id(other, another)) is same
    assert len(basic_id(question, answer)) == ID_LENGTH
