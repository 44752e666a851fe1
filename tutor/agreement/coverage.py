"""What is gained by grading only where the grader is sure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tutor.agreement.measure import (
    NO_ROWS,
    FloatArray,
    Measure,
    Undefined,
    numbers,
    same_length,
)
from tutor.agreement.resampled.coverage import rows_kept


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """`risk[k - 1]` is the share wrong among the k surest rows, `coverage[k - 1]` is k / n.

    Both have shape (n,); `area` is the mean risk over all coverages, 0 at best.
    """

    coverage: FloatArray
    risk: FloatArray

    @property
    def area(self) -> float:
        return float(self.risk.mean())


def risk_coverage(right: ArrayLike, confidence: ArrayLike) -> RiskCoverage | Undefined:
    """Share wrong when only the surest rows are kept, for every number kept.

    Rows of equal confidence have no order of their own: the risk is the expected value over
    all their orders, so shuffling rows changes nothing.
    """
    hits = numbers(np.asarray(right, dtype=bool), "right")
    stated = numbers(confidence, "confidence")
    same_length(hits, stated)
    if not hits.size:
        return NO_ROWS
    kept = np.arange(1, hits.size + 1, dtype=np.float64)
    expected = _mean_within_ties(hits, stated)
    return RiskCoverage(kept / hits.size, np.clip(1.0 - np.cumsum(expected) / kept, 0.0, 1.0))


def accuracy_at_coverage(right: ArrayLike, confidence: ArrayLike, coverage: float) -> Measure:
    """Share right among the surest `coverage` of the rows, coverage in (0, 1].

    Keeps the smallest number of rows that is at least that share; a tie in confidence at
    the border counts with its expected value over all orders.
    """
    if not 0.0 < coverage <= 1.0:
        raise ValueError(f"coverage must lie in (0, 1], got {coverage:g}")
    curve = risk_coverage(right, confidence)
    if isinstance(curve, Undefined):
        return curve
    kept = int(rows_kept(np.array(curve.risk.size, dtype=np.float64), coverage))
    return 1.0 - float(curve.risk[kept - 1])


def area_under_risk_coverage(right: ArrayLike, confidence: ArrayLike) -> Measure:
    """Mean over all coverages of the share wrong among the rows kept (Geifman 2019).

    0 when all is right, 1 when all is wrong; a confidence that says nothing gives about the
    share wrong, one that puts every error last gives far less.
    """
    curve = risk_coverage(right, confidence)
    return curve if isinstance(curve, Undefined) else curve.area


def _mean_within_ties(hits: FloatArray, confidence: FloatArray) -> FloatArray:
    """The hits from the surest row down, each replaced by the mean of its tie."""
    _, place, count = np.unique(-confidence, return_inverse=True, return_counts=True)
    mean = np.bincount(place, weights=hits) / count
    expected: FloatArray = np.repeat(mean, count)
    return expected
