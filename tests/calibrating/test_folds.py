from __future__ import annotations

from dataclasses import replace

import numpy as np

from tutor.calibrating.enough import Moved
from tutor.calibrating.fit import fit
from tutor.calibrating.folds import FOLDS, folds, graded_by_others
from tutor.calibrating.graded import grade

MOVED = Moved(weights=False, cuts=True)


def test_no_question_is_on_both_sides_and_every_answer_is_measured_once(answers):
    measured = []
    for fitted_on, rows in folds(answers.questions):
        assert not set(answers.questions[fitted_on]) & set(answers.questions[rows])
        assert len(fitted_on) + len(rows) == len(answers.questions)
        measured += rows.tolist()
    assert sorted(measured) == answers.everything.tolist()


def test_folds_are_of_one_size_and_do_not_depend_on_the_order(answers):
    sizes = [len(rows) for _, rows in folds(answers.questions)]
    assert len(sizes) == FOLDS
    assert max(sizes) - min(sizes) <= 5
    backwards = [
        {str(answers.questions[::-1][row]) for row in rows}
        for _, rows in folds(answers.questions[::-1])
    ]
    assert backwards == [
        set(answers.questions[rows].tolist()) for _, rows in folds(answers.questions)
    ]


def test_fewer_questions_than_folds_make_fewer_folds():
    assert len(list(folds(np.array(["a", "b", "a"])))) == 2


def test_an_answer_is_graded_by_the_fit_without_its_question(answers, start):
    found = graded_by_others(start, answers, MOVED, "standard")
    for fitted_on, rows in folds(answers.questions):
        alone = grade(answers, rows, fit(start, answers, fitted_on, MOVED, "standard"), "standard")
        assert np.array_equal(found.verdict[rows], alone.verdict)
        assert np.array_equal(found.confidence[rows], alone.confidence)


def test_the_verdict_on_an_answer_does_not_move_its_own_grade(answers, start):
    """Nor does any on its question: turned around, their grades are the same."""
    before = graded_by_others(start, answers, MOVED, "standard")
    own = answers.questions == answers.questions[0]
    turned = replace(answers, human=np.where(own, 2 - answers.human, answers.human))
    after = graded_by_others(start, turned, MOVED, "standard")
    assert np.array_equal(before.confidence[own], after.confidence[own])
    assert not np.array_equal(before.confidence[~own], after.confidence[~own])
