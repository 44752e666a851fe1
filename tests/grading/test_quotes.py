from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.quotes import best_quote, clauses
from tutor.grading.reading.terms import terms_of
from tutor.grading.reading.text import read


def quoted(target: str, answer: str) -> str | None:
    span = best_quote(terms_of(read(target)), answer)
    return answer[slice(*span)] if span else None


@pytest.mark.parametrize(
    ("target", "answer", "quote"),
    [
        ("训练奖励模型", "先微调，再训练奖励模型。最后 PPO", "再训练奖励模型"),
        ("reward model", "First SFT; then a reward model!", "then a reward model"),
        ("13,000 条提示", "用了 13,000 条提示，很多", "用了 13,000 条提示"),
        ("x != 0", "当 x != 0 时，成立", "当 x != 0 时"),
        ("奖励模型", "今天天气很好", None),
        ("奖励模型", "", None),
    ],
)
def test_the_clause_that_bears_on_the_point_is_quoted(target, answer, quote):
    assert quoted(target, answer) == quote


def test_neighbouring_clauses_that_share_a_point_are_quoted_together():
    answer = "天气好，奖励模型打分，策略优化分数，散步"
    assert quoted("奖励模型打分，策略优化分数", answer) == "奖励模型打分，策略优化分数"


@given(st.text("模型ab,，；. :\n!=1\u0301👍 ", max_size=60))
@settings(deadline=None, max_examples=150)
def test_clauses_are_disjoint_and_hold_every_word(text):
    spans = clauses(text)
    end = 0
    for start, stop in spans:
        assert end <= start < stop <= len(text)
        assert read(text[start:stop]).tokens
        end = stop
    kept = "".join(text[slice(*span)] for span in spans)
    assert [char for char in text if char in "模型ab1"] == [
        char for char in kept if char in "模型ab1"
    ]


def test_an_item_that_says_nothing_else_is_quoted_with_the_rest():
    answer = "让模型跟用户意图对齐，更有帮助、诚实、无害，今天天气不错"
    target = terms_of(read("使语言模型与用户意图对齐，让模型更有帮助、诚实、无害"))
    span = best_quote(target, answer)
    assert span is not None
    assert answer[slice(*span)] == "让模型跟用户意图对齐，更有帮助、诚实、无害"
