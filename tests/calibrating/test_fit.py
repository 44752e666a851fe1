from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tutor.calibrating.enough import Moved
from tutor.calibrating.fit import LEAST_SPREAD, fit
from tutor.calibrating.graded import grade
from tutor.grading.calibration import Calibration

INTERCEPTS = Moved(weights=False, cuts=False)
EVERYTHING = Moved(weights=True, cuts=True)


def test_intercepts_follow_strict_and_lenient_people(answers, start):
    strict = replace(answers, human=np.maximum(answers.human - 1, 0))
    lenient = replace(answers, human=np.minimum(answers.human + 1, 2))
    low, high = (
        fit(start, one, one.everything, INTERCEPTS, "standard") for one in (strict, lenient)
    )
    assert low.partial.intercept < high.partial.intercept
    assert low.correct.intercept < high.correct.intercept
    assert low.weights == high.weights == start.weights


def test_what_is_not_moved_stays(answers, start):
    found = fit(start, answers, answers.everything, INTERCEPTS, "standard")
    kept = {"partial", "correct"}
    assert found.model_dump(exclude=kept) == start.model_dump(exclude=kept)
    assert found.partial != start.partial


def test_what_is_learned_of_one_deck_leaves_room_for_the_next(answers, start):
    found = fit(start, answers, answers.everything, INTERCEPTS, "standard")
    for after, before in zip(found.thresholds, start.thresholds, strict=True):
        assert LEAST_SPREAD * before.spread - 1e-4 <= after.spread < before.spread


@pytest.mark.parametrize("policy", ["lenient", "strict"])
def test_under_its_policy_it_grades_as_strictly_as_people_whatever_the_policy(
    answers, start, policy
):
    """The prior's mean differs, the policy's shift does not remain."""
    usual = fit(start, answers, answers.everything, INTERCEPTS, "standard")
    other = fit(start, answers, answers.everything, INTERCEPTS, policy)
    assert other.correct.intercept != pytest.approx(usual.correct.intercept, abs=0.2)
    used, asked = usual.learn(()), other.learn((), policy)
    for one, another in zip(used.believed, asked.believed, strict=True):
        assert one.intercept == pytest.approx(another.intercept, abs=0.05)


def test_a_fit_lowers_the_loss_on_what_it_was_fitted_on(answers, start):
    rows = answers.everything
    losses = [
        np.nanmean(grade(answers, rows, one, "standard").loss)
        for one in (start, fit(start, answers, rows, EVERYTHING, "standard"))
    ]
    assert losses[1] < losses[0]


def test_a_fitted_calibration_is_a_valid_one(answers, start):
    """Signs, order of the cuts and ranges are checked by the model when it is read again."""
    found = fit(start, answers, answers.everything, EVERYTHING, "standard")
    assert Calibration.model_validate_json(found.model_dump_json()) == found
    assert found.weights != start.weights
    assert found.signals == start.signals


def test_the_same_answers_make_the_same_calibration(answers, start):
    once, again = (
        fit(start, answers, answers.everything, EVERYTHING, "standard") for _ in range(2)
    )
    assert once == again
