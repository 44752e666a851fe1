"""How figures, counts and differences are written in a report."""

from __future__ import annotations

from evals.metrics import Estimate
from evals.result import Result

NOTHING = "–"


def number(value: float | None) -> str:
    """Three digits after the point, a real minus sign, a dash for none."""
    return NOTHING if value is None else _minus(f"{value:.3f}")


def interval(estimate: Estimate) -> str:
    """`0.530 to 0.800`, or empty where there is none."""
    if estimate.low is None or estimate.high is None:
        return ""
    return f"{number(estimate.low)} to {number(estimate.high)}"


def short_number(value: float) -> str:
    """As few digits as say it, with a real minus sign."""
    return _minus(f"{value:g}")


def points(value: float | None) -> str:
    """A difference in hundredths with its sign, one digit after the point."""
    return NOTHING if value is None else _minus(f"{round(100.0 * value, 1) + 0.0:+.1f}")


def percent(value: float | None) -> str:
    """A share in whole per cent, its sign never on a line of its own."""
    return NOTHING if value is None else f"{100.0 * value:.0f}\N{NO-BREAK SPACE}%"


def share_of(count: int, of: int) -> str:
    """`12 %`, or a dash of nothing."""
    return percent(count / of if of else None)


def ungraded(result: Result) -> str:
    """`3 (model-timeout 2, reply-empty 1)`, or `0`."""
    if not result.ungraded:
        return "0"
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in sorted(result.ungraded.items()))
    return f"{sum(result.ungraded.values()):,} ({kinds})"


def _minus(written: str) -> str:
    return written.replace("-", "\N{MINUS SIGN}")
