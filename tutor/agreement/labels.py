"""Agreement of two sides' labels on a declared scale.

The scale is always given, in order: a scale read off the data changes a weighted kappa as
soon as one of its labels does not occur.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tutor.agreement.measure import (
    NO_ROWS,
    IntArray,
    Labels,
    Measure,
    Undefined,
    once,
    same_length,
)
from tutor.agreement.resampled import labels as resampled
from tutor.agreement.tables import Weights, disagreement_weights, kappas, ranks_on


def accuracy(human: Labels, machine: Labels) -> Measure:
    """Share of rows where both labels are equal: 1 is always, 0 is never. Symmetric."""
    first, second = np.asarray(human), np.asarray(machine)
    same_length(first, second)
    return float(np.mean(first == second)) if first.size else NO_ROWS


def confusion(human: Labels, machine: Labels, *, scale: Sequence[Any]) -> IntArray:
    """Counts of shape (labels, labels): rows are the human's label, columns the machine's.

    Raises ValueError for a label that is not on the scale.
    """
    first, second = ranks_on(scale, human), ranks_on(scale, machine)
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
    value = resampled.macro_f1(first, second, labels=labels)(once(first.size))
    return Undefined("none of the labels occurs") if np.isnan(value[0]) else float(value[0])


def weighted_f1(human: Labels, machine: Labels) -> Measure:
    """Mean F1 over the labels that the human gave, each weighing by its rows: 0 to 1.

    Close to accuracy, and as kind to a grader that knows the common label alone: read it
    beside `macro_f1`. Not symmetric.
    """
    first, second = np.asarray(human), np.asarray(machine)
    same_length(first, second)
    if not first.size:
        return NO_ROWS
    return float(resampled.weighted_f1(first, second)(once(first.size))[0])


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
    table = confusion(human, machine, scale=scale).astype(np.float64)
    if not table.sum():
        return NO_ROWS
    value = float(kappas(table, disagreement_weights(len(scale), weights)))
    if np.isnan(value):
        return Undefined("both raters give one and the same label throughout")
    return value
