"""Before and after: how far either agrees with people, and how sure the difference is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tutor.agreement import (
    Interval,
    Measure,
    Resampled,
    Undefined,
    bootstrap_together,
    difference,
)
from tutor.agreement.measure import once, ratios
from tutor.agreement.resampled import confidence, labels
from tutor.calibrating.answers import VERDICTS, Floats, Rows
from tutor.calibrating.graded import Graded

Direction = Literal["better", "worse", "no difference shown"]
RESAMPLES = 2000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval by question, each with the reason where there is none."""

    value: Measure
    interval: Interval | Undefined


@dataclass(frozen=True, slots=True)
class Change:
    """A figure before and after, and after minus before on the same resampled questions.

    `direction` says whether the interval of the difference lies on one side of 0, and, for a
    figure that is neither good nor bad when it rises, never more than "no difference shown".
    """

    before: Estimate
    after: Estimate
    gap: Estimate
    direction: Direction


@dataclass(frozen=True, slots=True)
class _Figure:
    of: Callable[[Rows, Graded], Resampled]
    good: Literal[1, 0, -1]
    """The direction in which it is better, 0 for none."""
    lacks: str = ""
    """Why it is undefined where it is."""


def _accuracy(human: Rows, graded: Graded) -> Resampled:
    return labels.accuracy(human, graded.verdict)


def _macro_f1(human: Rows, graded: Graded) -> Resampled:
    return labels.macro_f1(human, graded.verdict, labels=range(len(VERDICTS)))


def _calibration_error(human: Rows, graded: Graded) -> Resampled:
    return confidence.expected_calibration_error(human == graded.verdict, graded.confidence)


def _log_loss(human: Rows, graded: Graded) -> Resampled:
    return _mean_where(~np.isnan(graded.loss), np.nan_to_num(graded.loss))


def _share_sure(human: Rows, graded: Graded) -> Resampled:
    return labels.share(graded.sure)


def _right_when_sure(human: Rows, graded: Graded) -> Resampled:
    return _mean_where(graded.sure, (human == graded.verdict).astype(np.float64))


_FIGURES: Mapping[str, _Figure] = {
    "accuracy": _Figure(_accuracy, 1),
    "macro_f1": _Figure(_macro_f1, 1),
    "ece": _Figure(_calibration_error, -1),
    "log_loss": _Figure(_log_loss, -1, "guards decide every answer"),
    "share_sure": _Figure(_share_sure, 0),
    "right_when_sure": _Figure(_right_when_sure, 1, "no grade is sure"),
}


def compare(
    human: Rows, before: Graded, after: Graded, questions: NDArray[np.str_]
) -> dict[str, Change]:
    """Every figure by name, all intervals from the same resamples; columns of shape (n,)."""
    sides = {
        (name, side): figure.of(human, graded)
        for name, figure in _FIGURES.items()
        for side, graded in (("before", before), ("after", after))
    }
    statistics = [
        *sides.values(),
        *(_minus(sides[name, "after"], sides[name, "before"]) for name in _FIGURES),
    ]
    found = iter(
        bootstrap_together(
            statistics, questions, generator=np.random.default_rng(0), resamples=RESAMPLES
        )
    )
    values = {key: _value(side, len(human), _FIGURES[key[0]]) for key, side in sides.items()}
    estimates = {key: Estimate(values[key], next(found)) for key in sides}
    changes = {}
    for name, figure in _FIGURES.items():
        one, other = estimates[name, "before"], estimates[name, "after"]
        gap = Estimate(difference(other.value, one.value), next(found))
        changes[name] = Change(one, other, gap, _direction(gap, figure.good))
    return changes


def _direction(gap: Estimate, good: int) -> Direction:
    if isinstance(gap.interval, Undefined) or not good:
        return "no difference shown"
    low, high = gap.interval.low, gap.interval.high
    if low <= 0 <= high:
        return "no difference shown"
    return "better" if (low > 0) == (good > 0) else "worse"


def _value(statistic: Resampled, rows: int, figure: _Figure) -> Measure:
    value = float(statistic(once(rows))[0])
    return Undefined(figure.lacks) if np.isnan(value) else value


def _minus(first: Resampled, second: Resampled) -> Resampled:
    return lambda counts: first(counts) - second(counts)


def _mean_where(rows: NDArray[np.bool_], values: Floats) -> Resampled:
    """Mean of the values of some rows only."""
    kept = rows.astype(np.float64)
    return lambda counts: ratios(counts @ (kept * values), counts @ kept)
