"""How far two witnesses are believed: laws, and one case with its arithmetic."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.judging.witness import ORDER, believed, steps

shares = st.floats(0, 1)
verdicts = st.sampled_from(ORDER)


@given(verdicts, shares, st.booleans(), verdicts, shares)
@settings(max_examples=200, deadline=None)
def test_probabilities_add_up_to_one(local, confidence, sure, judge, stability):
    chances = believed(local, confidence, sure=sure, judge=judge, stability=stability)
    assert sum(chances) == pytest.approx(1)
    assert min(chances) >= 0


@given(verdicts, st.floats(0.34, 0.99), verdicts)
@settings(max_examples=100, deadline=None)
def test_a_judge_that_agrees_makes_a_verdict_surer_than_one_that_does_not(local, confidence, other):
    def chance(judge):
        chances = believed(local, confidence, sure=False, judge=judge, stability=1.0)
        return chances[ORDER.index(local)]

    assert chance(local) >= chance(other)


@given(verdicts, st.floats(0.34, 0.99), verdicts, shares, shares)
@settings(max_examples=100, deadline=None)
def test_a_steadier_judge_is_believed_more(local, confidence, judge, one, other):
    def chance(stability):
        chances = believed(local, confidence, sure=False, judge=judge, stability=stability)
        return chances[ORDER.index(judge)]

    low, high = sorted((one, other))
    assert chance(low) <= chance(high) + 1e-12


def test_a_judge_without_any_stability_says_nothing():
    partial = believed("partial", 0.6, sure=True, judge="correct", stability=0.0)
    assert partial == pytest.approx((0.16, 0.6, 0.24))  # of the errors of partial .6 are upward


def test_what_is_proved_outweighs_one_judge_and_what_is_weighed_does_not():
    # Local "correct" at .97: incorrect .0114, partial .0186. A judge of accuracy .8 that says
    # "partial" has the likelihoods .124, .8, .124: .0014, .0149, .1203, so correct has .881.
    proved = believed("correct", 0.97, sure=True, judge="partial", stability=1.0)
    assert proved[2] == pytest.approx(0.881, abs=0.001)
    weighed = believed("correct", 0.6, sure=False, judge="partial", stability=1.0)
    assert weighed[1] > weighed[2]


def test_a_local_grade_without_any_doubt_is_not_moved():
    assert believed("correct", 1.0, sure=True, judge="incorrect", stability=1.0) == (0, 0, 1)


def test_steps_between_verdicts():
    assert [steps("incorrect", each) for each in ORDER] == [0, 1, 2]
    assert [steps("partial", each) for each in ORDER] == [1, 0, 1]


def test_a_judge_that_cannot_say_partial_settles_less():
    # Local "partial" at .5: .2, .5, .3; roots .447, .707, .548. One point, judge "correct" at .8:
    # .1, .4, .9: .0447, .2828, .4930, so correct has .601.
    alone = believed(
        "partial", 0.5, sure=False, judge="correct", stability=1.0, all_or_nothing=True
    )
    assert alone[2] == pytest.approx(0.601, abs=0.001)
    several = believed("partial", 0.5, sure=False, judge="correct", stability=1.0)
    assert several[2] > alone[2]


@given(verdicts, st.floats(0.34, 0.99), verdicts, st.floats(0.4, 0.95), st.floats(0.4, 0.95))
@settings(max_examples=100, deadline=None)
def test_a_judge_that_is_right_more_often_is_believed_more(local, confidence, judge, one, other):
    def chance(accuracy):
        chances = believed(
            local, confidence, sure=False, judge=judge, stability=1.0, accuracy=accuracy
        )
        return chances[ORDER.index(judge)]

    low, high = sorted((one, other))
    assert chance(low) <= chance(high) + 1e-12
