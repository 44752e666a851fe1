"""Agreement of scores in many resamples at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from tutor.agreement.measure import FloatArray, Resampled, ratios
from tutor.agreement.resampled.labels import share
from tutor.agreement.resampled.ties import Ties

LEAST_SPREAD = 1e-13
"""Variance, as a share of the largest squared deviation, that rounding may leave of none."""


def bias(human: ArrayLike, machine: ArrayLike) -> Resampled:
    """Mean of machine - human."""
    return share(_floats(machine) - _floats(human))


def mean_absolute_error(human: ArrayLike, machine: ArrayLike) -> Resampled:
    """Mean distance of the scores."""
    return share(np.abs(_floats(machine) - _floats(human)))


def rmse(human: ArrayLike, machine: ArrayLike) -> Resampled:
    """Root of the mean squared distance."""
    squared = share((_floats(machine) - _floats(human)) ** 2)
    return lambda counts: np.sqrt(squared(counts))


def constant_rmse(human: ArrayLike) -> Resampled:
    """Root of the mean squared distance from each resample's own mean."""
    variance = _variance(_centred(human))
    return lambda counts: np.sqrt(variance(counts))


def pearson(human: ArrayLike, machine: ArrayLike) -> Resampled:
    """Linear correlation, NaN where a side is constant."""
    first, second = _centred(human), _centred(machine)
    means = share(first), share(second)
    variances = _variance(first), _variance(second)
    products = share(first * second)

    def of(counts: FloatArray) -> FloatArray:
        together = products(counts) - means[0](counts) * means[1](counts)
        return _correlations(together, variances[0](counts), variances[1](counts))

    return of


def spearman(human: ArrayLike, machine: ArrayLike) -> Resampled:
    """Correlation of each resample's own midranks, NaN where a side is constant."""
    sides = Ties(_floats(human)), Ties(_floats(machine))

    def of(counts: FloatArray) -> FloatArray:
        first, second = (_centred_ranks(side, counts) for side in sides)
        weighted = counts * first
        together = np.einsum("rn,rn->r", weighted, second)
        spread = np.einsum("rn,rn->r", weighted, first)
        return _correlations(together, spread, np.einsum("rn,rn,rn->r", counts, second, second))

    return of


def auroc(positive: ArrayLike, score: ArrayLike) -> Resampled:
    """Chance that a positive row scores above a negative one, NaN without both kinds."""
    ties, members = Ties(_floats(score)), _floats(positive)

    def of(counts: FloatArray) -> FloatArray:
        positives = ties.sums(counts * members)
        negatives = ties.sums(counts) - positives
        below = np.cumsum(negatives, axis=1) - negatives
        won = (positives * (below + negatives / 2.0)).sum(axis=1)
        return ratios(won, positives.sum(axis=1) * negatives.sum(axis=1))

    return of


def _floats(values: ArrayLike) -> FloatArray:
    return np.asarray(values, dtype=np.float64)


def _centred(values: ArrayLike) -> FloatArray:
    scores = _floats(values)
    centred: FloatArray = scores - scores.mean() if scores.size else scores
    return centred


def _variance(centred: FloatArray) -> Resampled:
    """Mean squared distance from each resample's own mean, 0 where that is mere rounding."""
    mean, squared = share(centred), share(centred**2)
    least = LEAST_SPREAD * float((centred**2).max(initial=0.0))

    def of(counts: FloatArray) -> FloatArray:
        variance = squared(counts) - mean(counts) ** 2
        return np.where(variance > least, variance, 0.0)

    return of


def _centred_ranks(ties: Ties, counts: FloatArray) -> FloatArray:
    """Midranks less their mean, of shape (resamples, n): halves, hence without rounding."""
    sizes = ties.sums(counts)
    midranks = np.cumsum(sizes, axis=1) - (sizes - 1.0) / 2.0
    middle = (sizes.sum(axis=1, keepdims=True) + 1.0) / 2.0
    centred: FloatArray = (midranks - middle)[:, ties.place]
    return centred


def _correlations(together: FloatArray, first: FloatArray, second: FloatArray) -> FloatArray:
    # Roots before the product, so that two tiny spreads do not vanish together.
    return np.clip(ratios(together, np.sqrt(first) * np.sqrt(second)), -1.0, 1.0)
