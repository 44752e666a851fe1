from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.alignment import NAMED, Alignment, align
from tutor.grading.reading.terms import terms_of
from tutor.grading.reading.text import read

PIECES = st.lists(
    st.sampled_from(["监督微调", "奖励模型", "PPO", "policy", "近似", "16", "，", "the ", "KL"]),
    max_size=8,
).map(" ".join)


def aligned(target: str, answer: str, question: str = "") -> Alignment:
    return align(*(terms_of(read(raw)) for raw in (target, answer, question)))


@given(PIECES, PIECES, PIECES)
@settings(deadline=None, max_examples=150)
def test_coverage_is_a_share(target, answer, question):
    found = aligned(target, answer, question)
    assert 0 <= found.new <= 1 + 1e-9
    assert 0 <= found.whole <= 1 + 1e-9
    assert len(found.strengths) == len(terms_of(read(target)).terms)


@given(PIECES.filter(lambda text: read(text).tokens), PIECES)
@settings(deadline=None, max_examples=80)
def test_a_text_covers_itself_whatever_is_asked(target, question):
    found = aligned(target, target, question)
    assert found.new == pytest.approx(1)
    assert found.whole == pytest.approx(1)


@given(PIECES, PIECES, PIECES)
@settings(deadline=None, max_examples=80)
def test_saying_more_never_covers_less_of_chinese_words(target, answer, more):
    """In one script: a text without Chinese is not held against pairs without a translation."""
    wanted, said = f"监督微调 {target}", f"模型 {answer}"
    assert aligned(wanted, f"{said}\n{more}").whole >= aligned(wanted, said).whole - 1e-9


def test_what_the_question_gives_away_counts_little():
    target, answer = "奖励模型给出标量", "奖励模型"
    # 奖励 励模 模型 of 奖励模型给出标量 stand in the question: they keep 0.15 of their weight
    assert aligned(target, answer, "奖励模型做什么？").new < aligned(target, answer).new


def test_what_the_question_gives_away_counts_fully_when_there_is_nothing_else():
    found = aligned("奖励模型", "奖励模型", "奖励模型还是策略？")
    assert found.new == found.whole == 1


def test_another_name_of_a_concept_covers_it():
    assert aligned("强化学习", "reinforcement learning").whole >= NAMED
    assert aligned("监督微调（SFT）", "SFT").whole >= NAMED


def test_an_empty_target_is_not_covered():
    assert aligned("", "anything").whole == 0
