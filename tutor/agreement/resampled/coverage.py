"""What is gained by leaving the least sure rows out, in many resamples at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from tutor.agreement.measure import FloatArray, IntArray, Resampled, ratios
from tutor.agreement.resampled.ties import Ties


def rows_kept(rows: FloatArray, coverage: float) -> IntArray:
    """The smallest number of rows that is at least this share of `rows`, and one at least.

    0.7 * 10 is a hair above 7 in floating point and keeps 7 rows.
    """
    kept: IntArray = np.maximum(1, np.ceil(coverage * rows - 1e-9)).astype(np.intp)
    return kept


def accuracy_at_coverage(right: ArrayLike, confidence: ArrayLike, coverage: float) -> Resampled:
    """Share right among the surest `coverage` of a resample's rows."""
    hits, ties = _surest_first(right, confidence)

    def of(counts: FloatArray) -> FloatArray:
        sizes, found = ties.sums(counts), ties.sums(counts * hits)
        upto = np.cumsum(sizes, axis=1)
        kept = rows_kept(upto[:, -1], coverage)
        whole = upto < kept[:, None]
        surer, before = (sizes * whole).sum(axis=1), (found * whole).sum(axis=1)
        border = whole.sum(axis=1)[:, None]
        size, hit = (np.take_along_axis(each, border, axis=1)[:, 0] for each in (sizes, found))
        accuracy: FloatArray = (before + ratios(hit, size) * (kept - surer)) / kept
        return accuracy

    return of


def area_under_risk_coverage(right: ArrayLike, confidence: ArrayLike) -> Resampled:
    """Mean over all coverages of the share wrong among the rows kept.

    Within a tie of mean m that follows r rows with h right, k rows kept are expected to be
    right in m + (h - r m) / k of the cases; the sum over k is one of harmonic numbers.
    """
    hits, ties = _surest_first(right, confidence)

    def of(counts: FloatArray) -> FloatArray:
        sizes, found = ties.sums(counts), ties.sums(counts * hits)
        upto = np.cumsum(sizes, axis=1)
        surer, before = upto - sizes, np.cumsum(found, axis=1) - found
        mean = np.where(sizes > 0.0, found / np.maximum(sizes, 1.0), 0.0)
        harmonic = _harmonic_numbers(int(upto[:, -1].max()))
        spanned = np.diff(harmonic[upto.astype(np.intp)], axis=1, prepend=0.0)
        right_share = (found + (before - surer * mean) * spanned).sum(axis=1) / upto[:, -1]
        area: FloatArray = np.clip(1.0 - right_share, 0.0, 1.0)
        return area

    return of


def _surest_first(right: ArrayLike, confidence: ArrayLike) -> tuple[FloatArray, Ties]:
    hits = np.asarray(right, dtype=bool).astype(np.float64)
    return hits, Ties(-np.asarray(confidence, dtype=np.float64))


def _harmonic_numbers(most: int) -> FloatArray:
    """The n-th at place n, the 0-th being 0."""
    summed: FloatArray = np.cumsum(1.0 / np.maximum(np.arange(most + 1), 1.0)) - 1.0
    return summed
