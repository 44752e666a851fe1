"""How far one side's grades agree with people's, figure by figure, and how surely."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from evals.figures import METRICS, TABLE_ONLY, Metric
from evals.pairs import Pairs, Rows, pairs_of, ranks
from tutor import agreement
from tutor.agreement import Interval, Measure, Resampled, Undefined

__all__ = [
    "METRICS",
    "TABLE_ONLY",
    "Estimate",
    "Figure",
    "Metric",
    "Pairs",
    "Resampling",
    "Rows",
    "difference",
    "estimate",
    "estimates",
    "measure",
    "pairs_of",
    "points",
    "ranks",
    "sentence",
]


class Estimate(BaseModel):
    """A figure with its interval; `note` says why one of them is missing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: float | None
    low: float | None = None
    high: float | None = None
    note: str | None = None


class Resampling(BaseModel):
    """How intervals are made: resamples of whole questions, drawn from `seed`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    resamples: int = Field(default=1000, ge=1)
    seed: int = Field(default=0, ge=0)
    level: float = Field(default=0.95, gt=0.0, lt=1.0)


_NO_FIGURE = Undefined("there is no figure")


class Figure(NamedTuple):
    """A statistic of all rows, and that of many resamples of them."""

    value: Measure
    resampled: Callable[[], Resampled]
    """Makes it; called only where the value is defined."""


def measure(
    pairs: Pairs, resampling: Resampling, metrics: Sequence[Metric] = METRICS
) -> dict[str, Estimate]:
    """Every metric of the pairs, by name, with its interval by question."""
    figures = {metric.name: _figure(metric, pairs) for metric in metrics}
    return estimates(figures, pairs.questions, resampling)


def difference(
    first: Pairs, second: Pairs, resampling: Resampling, metrics: Sequence[Metric] = METRICS
) -> dict[str, Estimate]:
    """first - second by metric, with paired intervals; row i of both is the same case."""
    figures = {
        metric.name: _gap(_figure(metric, first), _figure(metric, second)) for metric in metrics
    }
    return estimates(figures, first.questions, resampling)


def estimates(
    figures: Mapping[str, Figure], questions: NDArray[np.str_], resampling: Resampling
) -> dict[str, Estimate]:
    """Each figure of the rows, shape (n,), with its interval, all from the same resamples."""
    defined = [name for name, figure in figures.items() if not isinstance(figure.value, Undefined)]
    found = agreement.bootstrap_together(
        [figures[name].resampled() for name in defined],
        questions,
        generator=np.random.default_rng(resampling.seed),
        resamples=resampling.resamples,
        level=resampling.level,
    )
    intervals = dict(zip(defined, found, strict=True))
    return {
        name: _joined(each.value, intervals.get(name, _NO_FIGURE)) for name, each in figures.items()
    }


def estimate(
    statistic: Callable[[Rows], Measure], questions: NDArray[np.str_], resampling: Resampling
) -> Estimate:
    """The statistic of all rows, with its interval from resampled questions, shape (n,)."""
    value = statistic(np.arange(len(questions)))
    interval = agreement.cluster_bootstrap(
        statistic,
        questions,
        generator=np.random.default_rng(resampling.seed),
        resamples=resampling.resamples,
        level=resampling.level,
    )
    return _joined(value, interval)


def sentence(metric: Metric, gap: Estimate, sides: tuple[str, str], *, level: float = 0.95) -> str:
    """What a difference, the first side minus the second, says in plain words.

    The sign is that of the side which the sentence names, minus the other: "B agrees more by
    accuracy: +3.0 points, 95 % interval of the difference +1.2 to +4.8". A point is a
    hundredth of the metric's unit. Where the interval includes 0, no difference is shown.
    """
    share = f"{100.0 * level:g} %"
    if gap.value is None:
        return f"{metric.title}: not compared, because {gap.note}"
    if gap.low is None or gap.high is None:
        return f"{metric.title}: {sides[0]} minus {sides[1]} {points(gap.value)} points; {gap.note}"
    if gap.low <= 0.0 <= gap.high:
        return (
            f"no difference shown in {metric.title}: the {share} interval of {sides[0]} minus "
            f"{sides[1]}, {points(gap.low)} to {points(gap.high)} points, includes 0"
        )
    ahead = (gap.low > 0.0) != (metric.better == "lower")
    named, sign = (sides[0], 1.0) if ahead else (sides[1], -1.0)
    low, high = sorted((sign * gap.low, sign * gap.high))
    return (
        f"{named} {_VERBS[metric.better]} {metric.title}: {points(sign * gap.value)} points, "
        f"{share} interval of the difference {points(low)} to {points(high)}"
    )


_VERBS = {"higher": "agrees more by", "lower": "errs less by", "neither": "is higher in"}


def points(value: float) -> str:
    """A difference in hundredths; a real minus sign, and no minus before a rounded 0."""
    return f"{round(100.0 * value, 1) + 0.0:+.1f}".replace("-", "\N{MINUS SIGN}")


def _figure(metric: Metric, pairs: Pairs) -> Figure:
    everything = np.arange(pairs.size)
    return Figure(metric.of(pairs, everything), lambda: metric.resampled(pairs))


def _gap(first: Figure, second: Figure) -> Figure:
    def resampled() -> Resampled:
        one, other = first.resampled(), second.resampled()
        return lambda counts: one(counts) - other(counts)

    return Figure(agreement.difference(first.value, second.value), resampled)


def _joined(value: Measure, interval: Interval | Undefined) -> Estimate:
    if isinstance(value, Undefined):
        return Estimate(value=None, note=value.reason)
    if isinstance(interval, Undefined):
        return Estimate(value=value, note=f"no interval: {interval.reason}")
    return Estimate(value=value, low=interval.low, high=interval.high)
