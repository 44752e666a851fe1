"""Agreement of scores: correlation, error, and how well a score separates two groups."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from tutor.agreement.measure import NO_ROWS, FloatArray, Measure, Undefined, numbers, same_length


def pearson(human: ArrayLike, machine: ArrayLike) -> Measure:
    """Linear correlation: 1 on a rising line, 0 none, -1 on a falling line. Symmetric.

    Blind to a shift or a scale: read it beside `rmse`. Undefined when a side is constant.
    """
    first, second = numbers(human, "human"), numbers(machine, "machine")
    same_length(first, second)
    if first.size < 2:
        return Undefined("a correlation needs two rows")
    # Tested on the values, since centred constants may leave rounding noise.
    if np.ptp(first) == 0.0 or np.ptp(second) == 0.0:
        return Undefined("a side has the same score throughout")
    first, second = _unit_centred(first), _unit_centred(second)
    return float(np.clip(first @ second, -1.0, 1.0))


def spearman(human: ArrayLike, machine: ArrayLike) -> Measure:
    """Correlation of ranks: 1 for the same order, -1 for the reverse; ties share their rank.

    Undefined when a side is constant.
    """
    return pearson(_midranks(numbers(human, "human")), _midranks(numbers(machine, "machine")))


def mean_absolute_error(human: ArrayLike, machine: ArrayLike) -> Measure:
    """Mean distance of the scores, in their own unit: 0 is equality. Symmetric."""
    first, second = numbers(human, "human"), numbers(machine, "machine")
    same_length(first, second)
    return float(np.mean(np.abs(first - second))) if first.size else NO_ROWS


def rmse(human: ArrayLike, machine: ArrayLike) -> Measure:
    """Root of the mean squared distance, in the scores' unit: 0 is equality. Symmetric."""
    first, second = numbers(human, "human"), numbers(machine, "machine")
    same_length(first, second)
    return float(np.sqrt(np.mean((first - second) ** 2))) if first.size else NO_ROWS


def bias(human: ArrayLike, machine: ArrayLike) -> Measure:
    """Mean of machine - human, in the scores' unit: above 0 the machine is the milder one."""
    first, second = numbers(human, "human"), numbers(machine, "machine")
    same_length(first, second)
    return float(np.mean(second - first)) if first.size else NO_ROWS


def constant_rmse(human: ArrayLike) -> Measure:
    """The `rmse` of giving every row the mean of the human scores: what no grading at all earns.

    That is their standard deviation (n in the denominator). A grader above it knows less than
    one number does.
    """
    scores = numbers(human, "human")
    return float(np.std(scores)) if scores.size else NO_ROWS


def auroc(positive: ArrayLike, score: ArrayLike) -> Measure:
    """Chance that a positive row scores above a negative one, a tie counting half.

    `positive` are booleans of shape (n,). 1 is full separation, 0.5 is none, 0 is full
    separation the wrong way round. Undefined when all rows are on one side.
    The Mann-Whitney form: (sum of the positives' midranks - p(p + 1)/2) / (p * negatives).
    """
    scores, members = numbers(score, "score"), np.asarray(positive, dtype=bool)
    same_length(members, scores)
    positives = int(members.sum())
    negatives = members.size - positives
    if not members.size:
        return NO_ROWS
    if not positives or not negatives:
        return Undefined(f"every row is {'positive' if positives else 'negative'}")
    won = float(_midranks(scores)[members].sum()) - positives * (positives + 1) / 2
    return won / (positives * negatives)


def _unit_centred(values: FloatArray) -> FloatArray:
    centred = values - values.mean()
    # Scaled first, so that the squares of tiny or huge scores neither vanish nor overflow.
    centred = centred / np.abs(centred).max()
    unit: FloatArray = centred / np.sqrt(centred @ centred)
    return unit


def _midranks(values: FloatArray) -> FloatArray:
    """Ranks from 1, tied values sharing the mean of the ranks that they take up."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    midranks: FloatArray = (np.cumsum(count) - (count - 1) / 2.0)[place]
    return midranks
