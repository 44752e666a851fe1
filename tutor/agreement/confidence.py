"""What a stated confidence is worth: calibration, and what is gained by leaving rows out."""

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
    unit_numbers,
)


def brier_score(right: ArrayLike, confidence: ArrayLike) -> Measure:
    """Mean squared distance of confidence from what came true (Brier 1950).

    `right` are booleans and `confidence` probabilities in [0, 1], both of shape (n,).
    0 is certain and right throughout, 0.25 what a constant 0.5 earns, 1 certain and wrong.
    """
    hits, stated = _hits(right), unit_numbers(confidence, "confidence")
    same_length(hits, stated)
    return float(np.mean((stated - hits) ** 2)) if hits.size else NO_ROWS


def expected_calibration_error(
    right: ArrayLike, confidence: ArrayLike, *, bins: int = 10
) -> Measure:
    """Mean distance between stated confidence and share right, over bins of equal width.

    Bin b of `bins` takes confidences in [b / bins, (b + 1) / bins), the last one 1.0 too;
    bins weigh by their rows (Naeini 2015). 0 is calibrated, 1 certain and always wrong.
    Depends on `bins` and is biased upwards on few rows: read it beside `brier_score`.
    """
    hits, stated = _hits(right), unit_numbers(confidence, "confidence")
    same_length(hits, stated)
    if not hits.size:
        return NO_ROWS
    place = np.minimum((stated * bins).astype(np.intp), bins - 1)
    gaps = np.bincount(place, weights=stated - hits, minlength=bins)
    return float(np.abs(gaps).sum()) / hits.size


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
    hits, stated = _hits(right), numbers(confidence, "confidence")
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
    # 0.7 * 10 is a hair above 7 in floating point and must keep 7 rows.
    kept = max(1, int(np.ceil(coverage * curve.risk.size - 1e-9)))
    return 1.0 - float(curve.risk[kept - 1])


def _hits(right: ArrayLike) -> FloatArray:
    return numbers(np.asarray(right, dtype=bool), "right")


def _mean_within_ties(hits: FloatArray, confidence: FloatArray) -> FloatArray:
    """The hits from the surest row down, each replaced by the mean of its tie."""
    _, place, count = np.unique(-confidence, return_inverse=True, return_counts=True)
    mean = np.bincount(place, weights=hits) / count
    expected: FloatArray = np.repeat(mean, count)
    return expected
