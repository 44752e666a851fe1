"""Fitting the two signed logistic regressions of a calibration.

Each set of labelled answers has an intercept of its own; large sets are weighted down to the
same total, so that no set's habits become the grader's. Weights keep their signs by bounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float64]

MOST_ROWS = 1000.0
"""Total weight that a set can have, in rows."""
RIDGE = 3.0
INTERCEPT_RIDGE = 0.05
LEAST_DEVIATION = 1e-3
"""For signals that are the same everywhere, and no less than the decimals that are kept."""


class Labelled(NamedTuple):
    """Signals of shape (n, k) with human verdict ranks 0, 1, 2 of shape (n,)."""

    signals: Floats
    ranks: NDArray[np.int64]


class Regression(NamedTuple):
    """Weights of shape (k,), and the intercept of every set."""

    weights: Floats
    intercepts: Floats


def standardise(sets: Sequence[Labelled]) -> tuple[Floats, Floats]:
    """Mean and standard deviation of every signal over the weighted rows."""
    rows = np.concatenate([s.signals for s in sets])
    weights = _row_weights(sets)
    mean = np.average(rows, axis=0, weights=weights)
    deviation = np.sqrt(np.average((rows - mean) ** 2, axis=0, weights=weights))
    return mean, np.maximum(deviation, LEAST_DEVIATION)


def fit_threshold(sets: Sequence[Labelled], signs: Sequence[int], rank: int) -> Regression:
    """Regress "graded at least `rank`" on standardised signals, one intercept a set."""
    rows = np.concatenate([s.signals for s in sets])
    group = np.repeat(np.arange(len(sets)), [len(s.ranks) for s in sets])
    positive = np.concatenate([s.ranks for s in sets]) >= rank
    weights, width = _row_weights(sets), rows.shape[1]

    def loss(parameters: Floats) -> tuple[float, Floats]:
        weight, intercept = parameters[:width], parameters[width:]
        logit = rows @ weight + intercept[group]
        residual = weights * (1 / (1 + np.exp(-logit)) - positive)
        value = weights @ np.logaddexp(0, np.where(positive, -logit, logit))
        value += RIDGE / 2 * weight @ weight + INTERCEPT_RIDGE / 2 * intercept @ intercept
        slope = np.bincount(group, residual, minlength=len(sets)) + INTERCEPT_RIDGE * intercept
        return float(value), np.concatenate([rows.T @ residual + RIDGE * weight, slope])

    bounds = [_bounds(sign) for sign in signs] + [(None, None)] * len(sets)
    start = np.zeros(width + len(sets))
    found = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B").x
    return Regression(found[:width], found[width:])


def _row_weights(sets: Sequence[Labelled]) -> Floats:
    return np.concatenate([np.full(len(s.ranks), min(1.0, MOST_ROWS / len(s.ranks))) for s in sets])


def _bounds(sign: int) -> tuple[float | None, float | None]:
    return (0.0, None) if sign > 0 else (None, 0.0) if sign < 0 else (None, None)
