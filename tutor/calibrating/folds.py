"""Cross-validation by question: every answer graded by a fit that saw none to its question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tutor.calibrating.answers import Answers, Rows
from tutor.calibrating.enough import Moved
from tutor.calibrating.fit import fit
from tutor.calibrating.graded import Graded, grade
from tutor.grading.calibration import Calibration
from tutor.grading.strictness import Policy

FOLDS = 5


def folds(questions: NDArray[np.str_]) -> Iterator[tuple[Rows, Rows]]:
    """Rows to fit on and rows to measure on, `FOLDS` times, of questions of shape (n,).

    The largest question goes first, each to the fold that has the fewest answers: nothing is
    left to chance. Folds without any answer are left out.
    """
    sizes = Counter(questions.tolist())
    filled, fold_of = [0] * FOLDS, {}
    for question, size in sorted(sizes.items(), key=lambda one: (-one[1], one[0])):
        fold_of[question] = filled.index(min(filled))
        filled[fold_of[question]] += size
    placed = np.array([fold_of[question] for question in questions.tolist()])
    for fold in range(FOLDS):
        inside = placed == fold
        if inside.any():
            yield np.flatnonzero(~inside), np.flatnonzero(inside)


def graded_by_others(start: Calibration, answers: Answers, moved: Moved, policy: Policy) -> Graded:
    """Every answer as graded by the fit on the folds that its question is not in."""
    rows, parts = [], []
    for fitted_on, measured in folds(answers.questions):
        rows.append(measured)
        parts.append(
            grade(answers, measured, fit(start, answers, fitted_on, moved, policy), policy)
        )
    back = np.argsort(np.concatenate(rows))
    return Graded(*(np.concatenate(column)[back] for column in zip(*parts, strict=True)))
