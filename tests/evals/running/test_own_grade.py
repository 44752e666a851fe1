from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.cases import Cuts
from evals.outcomes import Cost
from evals.running.own_grade import Stated, stated
from tutor.errors import EmptyReplyError

CUTS = Cuts(correct_at=0.8, incorrect_below=0.3)


@pytest.mark.parametrize(
    ("returned", "verdict", "score"),
    [
        (0.8, "correct", 0.8),
        (0.79, "partial", 0.79),
        (0.29, "incorrect", 0.29),
        (1, "correct", 1.0),
        (np.float32(0.5), "partial", 0.5),
        ("correct", "correct", 1.0),
        (" Partial ", "partial", 0.5),
        (True, "correct", 1.0),
        (np.bool_(False), "incorrect", 0.0),
        ({"score": 0.4}, "partial", 0.4),
        ({"verdict": "incorrect"}, "incorrect", 0.0),
        ({"verdict": "incorrect", "score": 0.4}, "incorrect", 0.4),
        ({"verdict": "correct", "score": None}, "correct", 1.0),
    ],
)
def test_a_verdict_and_a_score_follow_from_what_is_given(returned, verdict, score):
    assert stated(returned, CUTS) == Stated(verdict, score)


def test_a_dict_may_say_how_sure_and_what_it_cost():
    said = {"verdict": "partial", "confidence": 0.4, "unsure": True}
    spent = {"input_tokens": 30, "output_tokens": 4, "money": 0.01, "currency": "EUR"}
    found = stated({**said, **spent}, CUTS)
    assert (found.confidence, found.unsure) == (0.4, True)
    assert found.cost == Cost(30, 4, 0.01, "EUR")
    assert stated({**said, "input_tokens": 3}, CUTS).cost == Cost(3)


def test_none_is_no_grade():
    with pytest.raises(EmptyReplyError, match="could not grade"):
        stated(None, CUTS)


@pytest.mark.parametrize(
    ("returned", "complaint"),
    [
        (7, "a score of 7; divide by the most"),
        (-0.1, "0 to 1"),
        (float("nan"), "0 to 1"),
        ("right", "'right'; a verdict is one of incorrect, partial, correct"),
        ([0.5], r"\[0.5\]; a score is a number"),
        ({}, "give it a verdict, a score, or both"),
        ({"grade": 0.5}, "a dict with 'grade'"),
        ({"score": 0.5, "confidence": 90}, "a confidence of 90"),
        ({"score": 0.5, "unsure": True}, "only beside a confidence"),
        ({"score": 0.5, "money": -1}, "-1 as money"),
        ({"score": 0.5, "input_tokens": "many"}, "'many' as input_tokens"),
    ],
)
def test_what_is_no_grade_is_named_with_what_to_return(returned, complaint):
    with pytest.raises(ValueError, match=complaint):
        stated(returned, CUTS)


@settings(max_examples=50, deadline=None)
@given(st.floats(0, 1))
def test_a_score_is_kept_and_cut_as_peoples_are(score):
    assert stated(score, CUTS) == Stated(CUTS.verdict(score), score)
