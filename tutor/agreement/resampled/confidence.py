"""What a stated confidence is worth, in many resamples at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from tutor.agreement.measure import FloatArray, IntArray, Resampled, ratios
from tutor.agreement.resampled.labels import share
from tutor.agreement.resampled.ties import Ties

Binning = Literal["width", "mass"]
LEAST_CHANCE = float(np.finfo(np.float64).eps)
"""Chance given to what came true though it was called impossible: it costs 36.04."""


def brier_score(right: ArrayLike, confidence: ArrayLike) -> Resampled:
    """Mean squared distance of confidence from what came true."""
    hits, stated = _columns(right, confidence)
    return share((stated - hits) ** 2)


def log_loss(right: ArrayLike, confidence: ArrayLike) -> Resampled:
    """Mean of -log of the chance given to what came true."""
    hits, stated = _columns(right, confidence)
    return share(-np.log(np.maximum(np.where(hits > 0.0, stated, 1.0 - stated), LEAST_CHANCE)))


def expected_calibration_error(
    right: ArrayLike, confidence: ArrayLike, *, bins: int = 10, by: Binning = "width"
) -> Resampled:
    """Mean distance between stated confidence and share right, bins weighing by their rows."""
    binned = _binned(*_columns(right, confidence), bins, by)

    def of(counts: FloatArray) -> FloatArray:
        gaps, sizes = binned(counts)
        return ratios(np.abs(gaps).sum(axis=1), sizes.sum(axis=1))

    return of


def maximum_calibration_error(
    right: ArrayLike, confidence: ArrayLike, *, bins: int = 10, by: Binning = "width"
) -> Resampled:
    """The largest distance between stated confidence and share right of any bin with rows."""
    binned = _binned(*_columns(right, confidence), bins, by)

    def of(counts: FloatArray) -> FloatArray:
        gaps, sizes = binned(counts)
        distances = np.abs(ratios(gaps, sizes))
        # Bins without rows are out of the running; a resample of none at all stays NaN.
        largest: FloatArray = np.fmax.reduce(distances, axis=1)
        return largest

    return of


def width_places(stated: FloatArray, bins: int) -> IntArray:
    """Bin of each row where bin b takes [b / bins, (b + 1) / bins), the last one 1.0 too."""
    places: IntArray = np.minimum((stated * bins).astype(np.intp), bins - 1)
    return places


def mass_places(sizes: FloatArray, bins: int) -> IntArray:
    """Bin of each tie, ties of shape (..., ties) in rising order, bins of about equal mass.

    A tie goes where its middle row goes, whole: the order of equal confidences decides nothing.
    """
    upto = np.cumsum(sizes, axis=-1)
    middle = (upto - sizes / 2.0) / np.maximum(upto[..., -1:], 1.0)
    # A tie that was not drawn may lie behind the last row.
    places: IntArray = np.minimum((middle * bins).astype(np.intp), bins - 1)
    return places


def _binned(
    hits: FloatArray, stated: FloatArray, bins: int, by: Binning
) -> Callable[[FloatArray], tuple[FloatArray, FloatArray]]:
    """Sums of stated - hits and numbers of rows, both of shape (resamples, bins)."""
    gaps = stated - hits
    if by == "width":
        members = (width_places(stated, bins)[:, None] == np.arange(bins)).astype(np.float64)
        return lambda counts: (counts @ (members * gaps[:, None]), counts @ members)
    ties = Ties(stated)

    def by_mass(counts: FloatArray) -> tuple[FloatArray, FloatArray]:
        sizes = ties.sums(counts)
        cells = mass_places(sizes, bins) + bins * np.arange(len(counts))[:, None]
        return _by_cell(cells, ties.sums(counts * gaps), bins), _by_cell(cells, sizes, bins)

    return by_mass


def _by_cell(cells: IntArray, amounts: FloatArray, bins: int) -> FloatArray:
    summed = np.bincount(cells.ravel(), amounts.ravel(), minlength=bins * len(cells))
    return summed.reshape(len(cells), bins).astype(np.float64)


def _columns(right: ArrayLike, confidence: ArrayLike) -> tuple[FloatArray, FloatArray]:
    hits = np.asarray(right, dtype=bool).astype(np.float64)
    return hits, np.asarray(confidence, dtype=np.float64)
