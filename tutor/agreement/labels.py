"""Agreement of labels on a declared scale.

The scale is always given, in order: a scale read off the data changes a weighted kappa as
soon as one of its labels does not occur.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np

from tutor.agreement.measure import (
    NO_ROWS,
    FloatArray,
    IntArray,
    Labels,
    Measure,
    Undefined,
    same_length,
)

Weights = Literal["none", "linear", "quadratic"]
Level = Literal["nominal", "ordinal", "interval"]


def accuracy(human: Labels, machine: Labels) -> Measure:
    """Share of rows where both labels are equal: 1 is always, 0 is never. Symmetric."""
    first, second = np.asarray(human), np.asarray(machine)
    same_length(first, second)
    return float(np.mean(first == second)) if first.size else NO_ROWS


def confusion(human: Labels, machine: Labels, *, scale: Sequence[Any]) -> IntArray:
    """Counts of shape (labels, labels): rows are the human's label, columns the machine's.

    Raises ValueError for a label that is not on the scale.
    """
    first, second = _ranks_on(scale, human), _ranks_on(scale, machine)
    same_length(first, second)
    size = len(scale)
    return np.bincount(first * size + second, minlength=size * size).reshape(size, size)


def macro_f1(human: Labels, machine: Labels, *, labels: Sequence[Any]) -> Measure:
    """Mean over `labels` of F1, the harmonic mean of precision and recall: 0 to 1.

    Every label counts the same, however rare. A label that neither side uses has no F1 and
    is left out of the mean; the machine may use labels that are not in `labels`, which
    then count as misses of the human's.
    """
    first, second = np.asarray(human), np.asarray(machine)
    same_length(first, second)
    scores = []
    for label in labels:
        by_human, by_machine = first == label, second == label
        used = int(by_human.sum()) + int(by_machine.sum())
        if used:
            scores.append(2.0 * int((by_human & by_machine).sum()) / used)
    return float(np.mean(scores)) if scores else Undefined("none of the labels occurs")


def cohen_kappa(
    human: Labels, machine: Labels, *, scale: Sequence[Any], weights: Weights = "none"
) -> Measure:
    """Agreement of two raters beyond chance (Cohen 1960, 1968).

    1 - sum(w * observed) / sum(w * expected), where expected is the product of both raters'
    own label frequencies. 1 is perfect agreement, 0 what chance gives, below 0 worse than
    chance. `weights`: "none" counts every disagreement as 1, "linear" by the distance of the
    labels' ranks on `scale`, "quadratic" by its square. Symmetric. Undefined when both raters
    use one and the same label throughout. Raises ValueError for a label not on the scale.
    """
    table = confusion(human, machine, scale=scale)
    total = table.sum()
    if not total:
        return NO_ROWS
    cost = _disagreement_weights(len(scale), weights)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / total
    by_chance = float((cost * expected).sum())
    if by_chance == 0.0:
        return Undefined("both raters give one and the same label throughout")
    return 1.0 - float((cost * table).sum()) / by_chance


def krippendorff_alpha(
    ratings: Sequence[Sequence[Any]], *, scale: Sequence[Any], level: Level
) -> Measure:
    """Reliability of any number of raters with gaps (Krippendorff 2011).

    `ratings` has one row a rated unit and one entry a rater, None where that rater gave no
    label; units with fewer than two labels say nothing and are left out. 1 is perfect
    reliability, 0 what chance gives, below 0 systematic disagreement. `level` is how labels
    differ: "nominal" equal or not, "ordinal" by how many ratings lie between their ranks on
    `scale`, "interval" by the squared difference of the scale's numbers.
    Raises ValueError for a label not on the scale.
    """
    counts = _label_counts(ratings, scale)
    counts = counts[counts.sum(axis=1) >= 2]
    if not len(counts):
        return Undefined("no unit has two ratings")
    coincidences = _coincidences(counts)
    totals = coincidences.sum(axis=1)
    distance = _squared_distance(totals, scale, level)
    expected = float((distance * np.outer(totals, totals)).sum() / (totals.sum() - 1.0))
    if expected == 0.0:
        return Undefined("every rating is the same label")
    return 1.0 - float((distance * coincidences).sum()) / expected


def _ranks_on(scale: Sequence[Any], labels: Labels) -> IntArray:
    values = np.asarray(labels)
    ranks = np.full(values.shape, -1, dtype=np.intp)
    for rank, label in enumerate(scale):
        ranks[values == label] = rank
    if values.size and ranks.min() < 0:
        stranger = values[ranks < 0][0]
        raise ValueError(f"label {stranger!s} is not on the scale {list(scale)}")
    return ranks


def _disagreement_weights(size: int, weights: Weights) -> FloatArray:
    ranks = np.arange(size, dtype=np.float64)
    apart = np.abs(ranks[:, None] - ranks[None, :])
    match weights:
        case "none":
            return (apart > 0).astype(np.float64)
        case "linear":
            return apart
        case "quadratic":
            return apart**2


def _label_counts(ratings: Sequence[Sequence[Any]], scale: Sequence[Any]) -> FloatArray:
    """Counts of shape (units, labels)."""
    given = [
        (unit, label) for unit, row in enumerate(ratings) for label in row if label is not None
    ]
    units = np.array([unit for unit, _ in given], dtype=np.intp)
    cells = units * len(scale) + _ranks_on(scale, [label for _, label in given])
    counts = np.bincount(cells, minlength=len(ratings) * len(scale))
    return counts.reshape(len(ratings), len(scale)).astype(np.float64)


def _coincidences(counts: FloatArray) -> FloatArray:
    """Every ordered pair of ratings of one unit, a unit of m ratings weighing 1 / (m - 1)."""
    weight = 1.0 / (counts.sum(axis=1) - 1.0)
    pairs = np.einsum("u,uc,uk->ck", weight, counts, counts)
    with_itself = np.diag((weight[:, None] * counts).sum(axis=0))
    coincidences: FloatArray = pairs - with_itself
    return coincidences


def _squared_distance(totals: FloatArray, scale: Sequence[Any], level: Level) -> FloatArray:
    match level:
        case "nominal":
            return 1.0 - np.eye(len(totals))
        case "interval":
            places = np.asarray(scale, dtype=np.float64)
        case "ordinal":
            # Distance of two labels = ratings between them, half of each end's own included,
            # which is the difference of the labels' midranks.
            places = np.cumsum(totals) - totals / 2.0
    squared: FloatArray = (places[:, None] - places[None, :]) ** 2
    return squared
