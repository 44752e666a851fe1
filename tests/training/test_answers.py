from __future__ import annotations

import numpy as np
import pytest

from evals.cases import Case
from training.answers import graded, local_answers, logits_of, weighed
from training.examine import examine, untrained
from tutor.grading.calibration import load_calibration
from tutor.grading.decision import decide, measure
from tutor.grading.item import Item

CALIBRATION = load_calibration()
LIST = Item("三个 H？", ("有帮助；诚实；无害",))


def case(answer: str, verdict: str, question: str = "三个 H？") -> Case:
    return Case(answer, question, LIST, answer, "zh", verdict, 0.5, ())


CASES = (
    case("诚实；无害", "partial"),
    case("有帮助；诚实；无害", "correct"),
    case("不知道", "incorrect"),
    case("天气", "incorrect"),
)
EXAMINED = examine(CASES, untrained(None))
ANSWERS = local_answers(EXAMINED, CALIBRATION.signals)


def test_a_set_is_graded_as_the_grader_decides_every_case():
    strictness = CALIBRATION.learn((), "strict")
    rows, logits = np.arange(4), logits_of(ANSWERS, CALIBRATION)
    pairs = graded(ANSWERS, logits, rows, CALIBRATION, strictness)
    for row, one in enumerate(EXAMINED):
        decision = decide(one.evidence, CALIBRATION, strictness)
        assert pairs.confidence[row] == pytest.approx(decision.confidence)
        assert pairs.other_score[row] == pytest.approx(decision.score)
        assert pairs.sure[row] == (not decision.unsure)


def test_logits_are_those_of_the_calibration():
    found = logits_of(ANSWERS, CALIBRATION)
    for row, one in enumerate(EXAMINED):
        expected = CALIBRATION.logits(measure(one.evidence, CALIBRATION))
        assert tuple(found[row]) == pytest.approx(expected)


def test_only_open_answers_are_fitted_on_and_teach():
    # "Don't know" is settled by a guard, and so is the reference itself.
    assert ANSWERS.fitted.tolist() == ANSWERS.teaches.tolist() == [True, False, False, True]
    assert ANSWERS.table.ranks.tolist() == [1, 0]
    assert ANSWERS.at(np.array([2, 3])).ranks.tolist() == [0]
    told = weighed(ANSWERS, logits_of(ANSWERS, CALIBRATION), np.array([3, 2, 0]))
    assert [one.verdict for one in told] == ["incorrect", "partial"]
