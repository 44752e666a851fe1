"""Where expected scores become verdicts, and from which confidence on a grade is sure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tutor import agreement
from tutor.agreement import Resampled, Undefined
from tutor.agreement.resampled import labels as resampled
from tutor.calibrating.answers import VERDICTS, Answers, Floats, Rows
from tutor.calibrating.graded import Graded, grade
from tutor.grading.calibration import Calibration, chances_of, expected_score
from tutor.grading.strictness import Policy

GRID = np.round(np.arange(0.10, 0.90, 0.02), 2)
LEAST_GAP = 0.1
"""Cuts that are tried, and how far apart the two are at least."""
CLEAR_LEVEL, RESAMPLES = 0.68, 200
"""Cuts move when they gain more than one standard error of the gain: the best of many pairs is
always better on the answers that it was chosen on."""
AGREEMENT = 0.85
"""Share of sure grades that people should agree with, as for the bundled calibrations."""
SURE_GRID = np.round(np.arange(0.51, AGREEMENT + 0.01, 0.02), 2)
"""Confidences that are tried for grades of correct."""


def expected_scores(
    answers: Answers, rows: Rows, calibration: Calibration, policy: Policy
) -> Floats:
    """Expected score of each of the rows that signals decide, by its signals alone."""
    scored = calibration.learn((), policy).scored
    found = [
        expected_score(chances_of((one.partial, one.correct), scored))
        for one in answers.weighed(rows, calibration)
    ]
    return np.array(found, dtype=np.float64)


def best_cuts(
    expected: Floats, human: Rows, questions: NDArray[np.str_], start: tuple[float, float]
) -> tuple[float, float]:
    """The cuts that agree best, or those to start with where that gain is not clear.

    Best is the highest mean of accuracy and macro-F1: by accuracy alone the commonest verdict
    would be given to nearly all, by macro-F1 alone one point of a rare verdict would cost many
    points of a common one. On halves of eight development sets both figures gain most so.
    """
    found = _agreement(expected, human)
    apart = GRID[:, None] + LEAST_GAP <= GRID[None, :]
    low, high = np.unravel_index(np.argmax(np.where(apart, found, -1.0)), found.shape)
    best = round(float(GRID[low]), 4), round(float(GRID[high]), 4)
    return best if _is_clear(expected, human, questions, best, start) else start


def sure_correct_from(graded: Graded, human: Rows, start: Calibration) -> float:
    """The confidence from which a grade of correct is sure: no lower than to start with.

    The first from there up at which all sure grades together are right at the rate `AGREEMENT`,
    which is the last that is tried.
    """
    right, correct = graded.verdict == human, VERDICTS.index("correct")
    for least in SURE_GRID[SURE_GRID >= start.sure_correct_from]:
        sure = graded.confidence >= np.where(
            graded.verdict == correct, least, start.sure_other_from
        )
        if not sure.any() or right[sure].mean() >= AGREEMENT:
            return float(least)
    return max(AGREEMENT, start.sure_correct_from)


def with_cuts(
    answers: Answers, rows: Rows, calibration: Calibration, policy: Policy
) -> Calibration:
    """The calibration with cuts and a threshold of "sure" chosen on the given rows."""
    opened = answers.open_of(rows)
    low, high = best_cuts(
        expected_scores(answers, rows, calibration, policy),
        answers.human[opened],
        answers.questions[opened],
        (calibration.incorrect_below, calibration.correct_from),
    )
    cut = calibration.model_copy(update={"incorrect_below": low, "correct_from": high})
    graded = grade(answers, rows, cut, policy)
    sure = sure_correct_from(graded, answers.human[rows], cut)
    return cut.model_copy(update={"sure_correct_from": sure})


def _is_clear(
    expected: Floats,
    human: Rows,
    questions: NDArray[np.str_],
    best: tuple[float, float],
    start: tuple[float, float],
) -> bool:
    one, other = (_resampled(expected, human, cuts) for cuts in (best, start))
    (interval,) = agreement.bootstrap_together(
        [lambda counts: one(counts) - other(counts)],
        questions,
        generator=np.random.default_rng(0),
        resamples=RESAMPLES,
        level=CLEAR_LEVEL,
    )
    return not isinstance(interval, Undefined) and interval.low > 0


def _resampled(expected: Floats, human: Rows, cuts: tuple[float, float]) -> Resampled:
    verdict = np.digitize(expected, cuts)
    accuracy = resampled.accuracy(human, verdict)
    macro_f1 = resampled.macro_f1(human, verdict, labels=range(len(VERDICTS)))
    return lambda counts: (accuracy(counts) + macro_f1(counts)) / 2


def _agreement(expected: Floats, human: Rows) -> Floats:
    """Mean of accuracy and macro-F1 for every low (rows) and high cut of the grid."""
    given = np.stack([human == rank for rank in range(len(VERDICTS))]).astype(np.float64)
    above, counts = given @ (expected[:, None] >= GRID[None, :]), given.sum(axis=1)
    reached = above.sum(axis=0)
    hits = (
        (counts[0] - above[0])[:, None],
        above[1][:, None] - above[1][None, :],
        above[2][None, :],
    )
    said = ((len(human) - reached)[:, None], reached[:, None] - reached[None, :], reached[None, :])
    scores = np.stack(
        np.broadcast_arrays(*(_f1(*each) for each in zip(hits, counts, said, strict=True)))
    )
    return np.asarray(scores[counts > 0].mean(axis=0) + sum(hits) / len(human)) / 2


def _f1(hits: Floats, by_people: float, by_grader: Floats) -> Floats:
    return np.asarray(2 * hits / np.maximum(by_people + by_grader, 1.0))
