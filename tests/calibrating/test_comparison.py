from __future__ import annotations

from math import log

import numpy as np
import pytest
from sklearn.metrics import f1_score

from tutor import agreement
from tutor.agreement import Interval, Undefined
from tutor.calibrating.comparison import compare
from tutor.calibrating.graded import Graded


def graded(verdict, *, confidence=0.8, sure=True, loss=0.5) -> Graded:
    rows = len(verdict)
    return Graded(
        np.array(verdict),
        np.broadcast_to(confidence, rows).astype(float),
        np.broadcast_to(sure, rows).copy(),
        np.broadcast_to(loss, rows).astype(float),
    )


HUMAN = np.array([0, 1, 2, 2] * 10)
QUESTIONS = np.array([f"q{row // 4}" for row in range(40)])
WRONG = (HUMAN + 1) % 3


def test_figures_are_those_of_the_statistics():
    chance = np.random.default_rng(0)
    verdict, confidence = chance.integers(0, 3, size=40), chance.random(40)
    sure, loss = confidence > 0.5, -np.log(confidence)
    one = graded(verdict, confidence=confidence, sure=sure, loss=loss)
    found = {name: each.before.value for name, each in compare(HUMAN, one, one, QUESTIONS).items()}
    right = verdict == HUMAN
    assert found == {
        "accuracy": pytest.approx(right.mean()),
        "macro_f1": pytest.approx(f1_score(HUMAN, verdict, average="macro")),
        "ece": pytest.approx(agreement.expected_calibration_error(right, confidence)),
        "log_loss": pytest.approx(loss.mean()),
        "share_sure": pytest.approx(sure.mean()),
        "right_when_sure": pytest.approx(right[sure].mean()),
    }


def test_a_difference_is_after_minus_before_on_the_same_questions():
    # 0 of 40 before; after, 3 of 4 of every question, so no resample differs.
    after = np.where(np.arange(40) % 4 == 0, WRONG, HUMAN)
    change = compare(HUMAN, graded(WRONG), graded(after), QUESTIONS)["accuracy"]
    assert (change.before.value, change.after.value, change.gap.value) == (0, 0.75, 0.75)
    assert change.gap.interval == Interval(0.75, 0.75, 0.95)
    assert change.direction == "better"


def test_directions_know_which_way_is_better():
    good = graded(HUMAN, confidence=0.9, loss=-log(0.9))
    bad = graded(WRONG, confidence=0.9, loss=-log(0.1))
    forth = {name: each.direction for name, each in compare(HUMAN, bad, good, QUESTIONS).items()}
    back = {name: each.direction for name, each in compare(HUMAN, good, bad, QUESTIONS).items()}
    figures = "accuracy", "macro_f1", "ece", "log_loss", "right_when_sure"
    assert all(forth[name] == "better" and back[name] == "worse" for name in figures)


def test_how_many_are_sure_is_neither_good_nor_bad():
    change = compare(HUMAN, graded(HUMAN), graded(HUMAN, sure=False), QUESTIONS)["share_sure"]
    assert change.gap.value == -1
    assert change.direction == "no difference shown"


def test_one_question_shows_no_difference():
    changes = compare(HUMAN, graded(WRONG), graded(HUMAN), np.array(["q"] * 40))
    assert isinstance(changes["accuracy"].gap.interval, Undefined)
    assert changes["accuracy"].direction == "no difference shown"


def test_an_undefined_figure_says_why():
    changes = compare(HUMAN, graded(HUMAN, sure=False), graded(HUMAN, loss=np.nan), QUESTIONS)
    assert changes["right_when_sure"].before.value == Undefined("no grade is sure")
    assert changes["right_when_sure"].gap.value == Undefined("no grade is sure")
    assert changes["right_when_sure"].direction == "no difference shown"
    assert changes["log_loss"].after.value == Undefined("guards decide every answer")


def test_answers_that_guards_decide_have_no_part_in_the_loss():
    loss = np.where(np.arange(40) % 2 == 0, np.nan, 0.25)
    changes = compare(HUMAN, graded(HUMAN, loss=loss), graded(HUMAN, loss=loss), QUESTIONS)
    assert changes["log_loss"].after.value == pytest.approx(0.25)
