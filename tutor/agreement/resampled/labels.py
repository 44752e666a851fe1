"""Agreement of labels in many resamples at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tutor.agreement.measure import FloatArray, Labels, Resampled, ratios
from tutor.agreement.tables import Weights, disagreement_weights, kappas, ranks_on


def share(values: Labels) -> Resampled:
    """Mean of one value a row; of booleans, the share that is true."""
    column = np.asarray(values, dtype=np.float64)
    return lambda counts: ratios(counts @ column, counts.sum(axis=1))


def accuracy(human: Labels, machine: Labels) -> Resampled:
    """Share of rows where both labels are equal."""
    return share(np.asarray(human) == np.asarray(machine))


def macro_f1(human: Labels, machine: Labels, *, labels: Sequence[Any]) -> Resampled:
    """Mean F1 over those of `labels` that a resample uses."""
    f1_scores = _f1_scores(human, machine, labels)

    def of(counts: FloatArray) -> FloatArray:
        scores = f1_scores(counts)
        used = np.isfinite(scores)
        return ratios(np.where(used, scores, 0.0).sum(axis=1), used.sum(axis=1).astype(np.float64))

    return of


def weighted_f1(human: Labels, machine: Labels) -> Resampled:
    """Mean F1 over the human's labels, each weighing by its rows."""
    labels = np.unique(np.asarray(human))
    given = _members(human, labels)
    f1_scores = _f1_scores(human, machine, labels)

    def of(counts: FloatArray) -> FloatArray:
        support = counts @ given
        # A label without rows in a resample may lack an F1, and weighs nothing.
        scores = np.where(support > 0.0, f1_scores(counts), 0.0)
        return ratios((support * scores).sum(axis=1), support.sum(axis=1))

    return of


def cohen_kappa(
    human: Labels, machine: Labels, *, scale: Sequence[Any], weights: Weights = "none"
) -> Resampled:
    """Agreement beyond chance on a declared scale."""
    size = len(scale)
    cells = ranks_on(scale, human) * size + ranks_on(scale, machine)
    used = np.unique(cells)
    in_cell = _members(cells, used)
    cost = disagreement_weights(size, weights)

    def of(counts: FloatArray) -> FloatArray:
        tables = np.zeros((len(counts), size * size))
        tables[:, used] = counts @ in_cell
        return kappas(tables.reshape(-1, size, size), cost)

    return of


def _f1_scores(human: Labels, machine: Labels, labels: Labels) -> Resampled:
    """F1 of each label, shape (resamples, labels), NaN where neither side uses the label."""
    by_human, by_machine = _members(human, labels), _members(machine, labels)
    both, either = 2.0 * by_human * by_machine, by_human + by_machine
    return lambda counts: ratios(counts @ both, counts @ either)


def _members(values: Labels, labels: Labels) -> FloatArray:
    """1.0 where a row has a label, of shape (n, labels)."""
    found = np.asarray(values)
    members = [found == label for label in labels]
    return np.array(members, dtype=np.float64).reshape(len(labels), len(found)).T
