"""What a grader's confidence is worth, as curves: reliability, and risk by coverage."""

from __future__ import annotations

from math import ceil

from pydantic import BaseModel, ConfigDict

from evals.pairs import Pairs
from tutor.agreement import RiskCoverage, Undefined, reliability_bins, risk_coverage

POINTS = 100
"""Points of a curve of risk by coverage: one a per cent."""


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Bin(_Value):
    """`count` grades with a confidence from `low` to `high`: its mean, and the share right."""

    low: float
    high: float
    count: int
    stated: float
    right: float


class Point(_Value):
    """The share wrong among the surest `coverage` of the grades."""

    coverage: float
    risk: float


class Curves(_Value):
    """Of one grader on one data set; `note` says why there are none."""

    grader: str
    bins: tuple[Bin, ...] = ()
    risk: tuple[Point, ...] = ()
    note: str | None = None


def curves_of(grader: str, pairs: Pairs) -> Curves:
    """Ten bins of equal width, and the risk at every whole per cent of coverage."""
    if pairs.confidence is None:
        return Curves(grader=grader, note="it states no confidence")
    bins = reliability_bins(pairs.right, pairs.confidence, bins=10)
    curve = risk_coverage(pairs.right, pairs.confidence)
    if isinstance(bins, Undefined) or isinstance(curve, Undefined):
        return Curves(grader=grader, note="it graded nothing")
    return Curves(
        grader=grader,
        bins=tuple(
            Bin(low=b.low, high=b.high, count=b.count, stated=b.stated, right=b.right) for b in bins
        ),
        risk=_points(curve),
    )


def _points(curve: RiskCoverage) -> tuple[Point, ...]:
    rows = curve.risk.size
    kept = sorted({ceil(rows * place / POINTS) for place in range(1, POINTS + 1)})
    return tuple(
        Point(coverage=float(curve.coverage[k - 1]), risk=float(curve.risk[k - 1])) for k in kept
    )
