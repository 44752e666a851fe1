"""Reliability of any number of raters with gaps, in many resamples of units at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np

from tutor.agreement.measure import FloatArray, Resampled, ratios
from tutor.agreement.tables import Weights, disagreement_weights, ranks_on

Level = Literal["nominal", "ordinal", "interval"]
Ratings = Sequence[Sequence[Any]]


def krippendorff_alpha(ratings: Ratings, *, scale: Sequence[Any], level: Level) -> Resampled:
    """1 - observed disagreement / that of ratings drawn from all units together."""
    pairs = _coincidences(label_counts(ratings, scale))
    size = len(scale)

    def of(counts: FloatArray) -> FloatArray:
        coincidences = (counts @ pairs).reshape(-1, size, size)
        totals = coincidences.sum(axis=2)
        distance = _squared_distance(totals, scale, level)
        observed = (distance * coincidences).sum(axis=(1, 2))
        expected = np.einsum("rck,rc,rk->r", distance, totals, totals)
        return 1.0 - ratios(observed * (totals.sum(axis=1) - 1.0), expected)

    return of


def gwet_ac(ratings: Ratings, *, scale: Sequence[Any], weights: Weights = "none") -> Resampled:
    """Agreement beyond chance, chance being that of raters who guess now and then."""
    labels = label_counts(ratings, scale)
    size = len(scale)
    credit = _agreement_weights(size, weights)
    agreed, paired = _agreed(labels, credit)
    shares = ratios(labels, labels.sum(axis=1, keepdims=True))
    rated = np.isfinite(shares).all(axis=1)
    shares[~rated] = 0.0
    guessing = credit.sum() / (size * (size - 1)) if size > 1 else np.nan

    def of(counts: FloatArray) -> FloatArray:
        observed = ratios(counts @ agreed, counts @ paired)
        used = ratios(counts @ shares, (counts @ rated.astype(np.float64))[:, None])
        by_chance = guessing * (used * (1.0 - used)).sum(axis=1)
        beyond: FloatArray = (observed - by_chance) / (1.0 - by_chance)
        return beyond

    return of


def label_counts(ratings: Ratings, scale: Sequence[Any]) -> FloatArray:
    """How many raters gave each unit each label: shape (units, labels), None is no rating.

    Raises ValueError for a label not on the scale.
    """
    given = [
        (unit, label) for unit, row in enumerate(ratings) for label in row if label is not None
    ]
    units = np.array([unit for unit, _ in given], dtype=np.intp)
    cells = units * len(scale) + ranks_on(scale, [label for _, label in given])
    counts = np.bincount(cells, minlength=len(ratings) * len(scale))
    return counts.reshape(len(ratings), len(scale)).astype(np.float64)


def _coincidences(labels: FloatArray) -> FloatArray:
    """Every ordered pair of ratings of a unit, a unit of m ratings weighing 1 / (m - 1).

    Shape (units, labels * labels), 0 throughout for a unit with fewer than two ratings.
    """
    pairs = labels[:, :, None] * labels[:, None, :]
    with_itself = labels[:, :, None] * np.eye(labels.shape[1])
    others = labels.sum(axis=1) - 1.0
    weight = np.where(others > 0.0, 1.0 / np.maximum(others, 1.0), 0.0)
    coincidences: FloatArray = weight[:, None, None] * (pairs - with_itself)
    return coincidences.reshape(len(labels), labels.shape[1] ** 2)


def _squared_distance(totals: FloatArray, scale: Sequence[Any], level: Level) -> FloatArray:
    """Shape (resamples, labels, labels); the ordinal one depends on what a resample drew."""
    match level:
        case "nominal":
            size = totals.shape[1]
            return np.broadcast_to(1.0 - np.eye(size), (len(totals), size, size))
        case "interval":
            places = np.broadcast_to(np.asarray(scale, dtype=np.float64), totals.shape)
        case "ordinal":
            # Distance of two labels = ratings between them, half of each end's own included,
            # which is the difference of the labels' midranks.
            places = np.cumsum(totals, axis=1) - totals / 2.0
    squared: FloatArray = (places[:, :, None] - places[:, None, :]) ** 2
    return squared


def _agreement_weights(size: int, weights: Weights) -> FloatArray:
    """1 for equal labels, 0 for the ends of the scale."""
    cost = disagreement_weights(size, weights)
    return 1.0 - cost / max(float(cost.max()), 1.0)


def _agreed(labels: FloatArray, credit: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Share of a unit's pairs of ratings that agree, and 1.0 for units that have a pair."""
    raters = labels.sum(axis=1)
    # A rating agrees with every other of its unit, but is no pair with itself.
    pairs = (labels * (labels @ credit - 1.0)).sum(axis=1)
    paired = raters >= 2.0
    return np.where(paired, pairs / np.maximum(raters * (raters - 1.0), 1.0), 0.0), paired * 1.0
