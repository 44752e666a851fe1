from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.reading.phrases import is_made_of

PHRASES = frozenset({"a", "ab", "b", "cc"})
NEEDED = frozenset({"ab", "cc"})


@pytest.mark.parametrize(
    ("text", "whole", "satisfied"),
    [("", False, False), ("aab", True, True), ("ab", True, True), ("c", False, False),
     ("ba", True, False), ("accb", True, True), ("accc", False, False)],
)  # fmt: skip
def test_texts_made_of_phrases(text, whole, satisfied):
    assert is_made_of(text, PHRASES) is whole
    assert is_made_of(text, PHRASES, NEEDED) is satisfied


@settings(max_examples=200, deadline=None)
@given(st.text("abc", max_size=8))
def test_it_says_what_a_regular_expression_says(text):
    assert is_made_of(text, PHRASES) == bool(re.fullmatch("(?:a|ab|b|cc)+", text))
    assert is_made_of(text, PHRASES, NEEDED) == bool(
        re.fullmatch("(?:a|ab|b|cc)*(?:ab|cc)(?:a|ab|b|cc)*", text)
    )


def test_two_ways_to_cut_every_phrase_cost_nothing():
    assert not is_made_of("ab" * 20_000 + "c", frozenset({"a", "b", "ab"}))
