"""Confusion tables on a declared scale, and kappa of one table or of many at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np

from tutor.agreement.measure import FloatArray, IntArray, Labels, ratios

Weights = Literal["none", "linear", "quadratic"]


def ranks_on(scale: Sequence[Any], labels: Labels) -> IntArray:
    """Each label's place on the scale; raises ValueError for one that is not on it."""
    values = np.asarray(labels)
    ranks = np.full(values.shape, -1, dtype=np.intp)
    for rank, label in enumerate(scale):
        ranks[values == label] = rank
    if values.size and ranks.min() < 0:
        stranger = values[ranks < 0][0]
        raise ValueError(f"label {stranger!s} is not on the scale {list(scale)}")
    return ranks


def disagreement_weights(size: int, weights: Weights) -> FloatArray:
    """What each pair of ranks costs, shape (size, size), 0 on the diagonal."""
    ranks = np.arange(size, dtype=np.float64)
    apart = np.abs(ranks[:, None] - ranks[None, :])
    match weights:
        case "none":
            return (apart > 0).astype(np.float64)
        case "linear":
            return apart
        case "quadratic":
            return apart**2


def kappas(tables: FloatArray, cost: FloatArray) -> FloatArray:
    """Cohen's kappa of tables of shape (..., k, k), NaN where chance alone gives agreement.

    1 - sum(cost * observed) / sum(cost * expected), expected being the product of both sides'
    own label frequencies.
    """
    by_row, by_column = tables.sum(axis=-1), tables.sum(axis=-2)
    observed = (cost * tables).sum(axis=(-2, -1))
    by_chance = np.einsum("...i,ij,...j->...", by_row, cost, by_column)
    return 1.0 - ratios(observed * by_row.sum(axis=-1), by_chance)
