from __future__ import annotations

import numpy as np
from sklearn.metrics import accuracy_score, f1_score

from tutor.calibrating.cuts import AGREEMENT, GRID, LEAST_GAP, best_cuts, sure_correct_from
from tutor.calibrating.graded import Graded
from tutor.grading.calibration import load_calibration

START = load_calibration()


def questions(rows: int) -> np.ndarray:
    return np.array([f"q{row % 10}" for row in range(rows)])


def graded(verdict: list[int], confidence: list[float]) -> Graded:
    rows = len(verdict)
    return Graded(np.array(verdict), np.array(confidence), np.ones(rows, bool), np.zeros(rows))


def test_cuts_move_to_where_the_verdicts_part():
    human = np.repeat([0, 1, 2], 20)
    expected = np.repeat([0.12, 0.25, 0.5], 20)
    low, high = best_cuts(expected, human, questions(60), (0.4, 0.62))
    assert 0.12 < low <= 0.25
    assert 0.25 < high <= 0.5


def test_cuts_do_not_move_for_a_single_answer():
    # One of sixty is on the wrong side: 0.36 would be better by it, and by nothing else.
    human = np.repeat([0, 1, 2], 20)
    expected = np.repeat([0.35, 0.5, 0.7], 20)
    expected[20] = 0.37
    assert best_cuts(expected, human, questions(60), (0.4, 0.62)) == (0.4, 0.62)
    expected[20:40] = 0.37
    assert best_cuts(expected, human, questions(60), (0.4, 0.62))[0] == 0.36


def test_the_best_cuts_are_best_by_an_independent_count():
    chance = np.random.default_rng(0)
    human = chance.integers(0, 3, size=150)
    expected = np.clip(human / 2 + chance.normal(0, 0.2, size=150), 0, 1)

    def agreement(cuts: tuple[float, float]) -> float:
        machine = np.digitize(expected, cuts)
        f1 = f1_score(human, machine, average="macro", zero_division=0)
        return (f1 + accuracy_score(human, machine)) / 2

    chosen = best_cuts(expected, human, questions(150), (0.1, 0.2))
    some = GRID[::2]
    assert agreement(chosen) >= max(
        agreement((a, b)) for a in some for b in some if a + LEAST_GAP <= b
    )


def test_sure_begins_where_grades_are_right_at_the_rate_and_never_lower_than_before():
    # From 0.75: 12 of 12 right; with the ones at 0.73 12 of 18.
    confidence = [0.8] * 12 + [0.73] * 6
    human = np.array([2] * 12 + [1] * 6)
    start = START.model_copy(update={"sure_correct_from": 0.71})
    found = sure_correct_from(graded([2] * 18, confidence), human, start)
    assert 0.73 < found <= 0.8
    always = sure_correct_from(graded([2] * 18, confidence), np.full(18, 2), start)
    assert always == 0.71


def test_where_sure_grades_are_wrong_at_any_confidence_it_is_the_rate_itself():
    start = START.model_copy(update={"sure_correct_from": 0.71})
    found = sure_correct_from(graded([2] * 18, [0.95] * 18), np.zeros(18, int), start)
    assert found == AGREEMENT
    careful = START.model_copy(update={"sure_correct_from": 0.9})
    assert sure_correct_from(graded([2], [0.95]), np.array([0]), careful) == 0.9
