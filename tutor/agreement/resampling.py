"""Bootstrap intervals that resample whole questions.

Answers to one question rise and fall together, so resampling answers gives intervals that
are too narrow; resampling questions asks how the figure would move with other questions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from tutor.agreement.measure import (
    FloatArray,
    IntArray,
    Labels,
    Measure,
    Resampled,
    Undefined,
)

Statistic: TypeAlias = Callable[[IntArray], Measure]
"""A statistic of the rows whose indices are given; an index may occur many times."""

MOST_UNDEFINED = 0.05
"""Share of resamples that may lack the statistic before the interval would mislead."""
BLOCK = 250_000
"""Entries of a block of counts, 2 MB: blocks of 40 MB leave the cache and take twice as long."""
ONE_QUESTION = Undefined("an interval needs two questions")


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the statistic falls in the middle `level` share of the resamples."""

    low: float
    high: float
    level: float


def cluster_bootstrap(
    statistic: Statistic,
    clusters: Labels,
    *,
    generator: np.random.Generator,
    resamples: int = 1000,
    level: float = 0.95,
) -> Interval | Undefined:
    """Percentile interval of a statistic, drawing as many clusters as there are, with return.

    `clusters` has shape (n,), one label a row: rows of one label are drawn together.
    The same generator state draws the same resamples. Undefined with fewer than two
    clusters, or when more than 5 % of the resamples do not determine the statistic.
    Raises ValueError unless resamples >= 1 and 0 < level < 1.
    """
    draws = _Draws(clusters, generator, resamples, level)
    if draws.hopeless:
        return ONE_QUESTION
    values = [_number(statistic(rows)) for rows in draws.rows()]
    return draws.interval(np.array(values))


def bootstrap_together(
    statistics: Sequence[Resampled],
    clusters: Labels,
    *,
    generator: np.random.Generator,
    resamples: int = 1000,
    level: float = 0.95,
) -> tuple[Interval | Undefined, ...]:
    """The intervals of `cluster_bootstrap` for many statistics, from the same resamples.

    Each statistic gets how often every row was drawn, many resamples at a time, in blocks of
    two megabytes. A statistic that is the difference of two is paired: both are of the same
    draw, so its interval is much tighter than two of their own, since hard questions are hard
    for both. One that excludes 0 says that the difference would survive other questions.
    Arguments, undefined cases and errors are those of `cluster_bootstrap`.
    """
    draws = _Draws(clusters, generator, resamples, level)
    if draws.hopeless or not statistics:
        return (ONE_QUESTION,) * len(statistics)
    values = [[statistic(counts) for statistic in statistics] for counts in draws.counts()]
    return tuple(draws.interval(np.concatenate(found)) for found in zip(*values, strict=True))


def difference(first: Measure, second: Measure) -> Measure:
    """first - second, or the reason why one of them is undefined."""
    if isinstance(first, Undefined):
        return first
    if isinstance(second, Undefined):
        return second
    return first - second


def _number(value: Measure) -> float:
    return np.nan if isinstance(value, Undefined) else value


class _Draws:
    """The clusters that every resample draws, the same ones for the same generator state."""

    def __init__(
        self, clusters: Labels, generator: np.random.Generator, resamples: int, level: float
    ) -> None:
        if resamples < 1 or not 0.0 < level < 1.0:
            raise ValueError(f"needs resamples >= 1 and 0 < level < 1, got {resamples}, {level:g}")
        _, self._place, self._sizes = np.unique(
            np.asarray(clusters), return_inverse=True, return_counts=True
        )
        self._generator, self._resamples, self._level = generator, resamples, level

    @property
    def hopeless(self) -> bool:
        return len(self._sizes) < 2

    def rows(self) -> Iterator[IntArray]:
        """The rows of one resample after another."""
        by_cluster = np.argsort(self._place, kind="stable")
        starts = np.cumsum(self._sizes) - self._sizes
        for _ in range(self._resamples):
            drawn = self._drawn()
            lengths = self._sizes[drawn]
            # Place in the resample, shifted so that each drawn cluster counts from its start.
            shift = starts[drawn] - (np.cumsum(lengths) - lengths)
            yield by_cluster[np.repeat(shift, lengths) + np.arange(lengths.sum())]

    def counts(self) -> Iterator[FloatArray]:
        """How often each row is drawn, in blocks of shape (some resamples, n)."""
        block = max(1, BLOCK // len(self._place))
        for start in range(0, self._resamples, block):
            some = range(start, min(start + block, self._resamples))
            by_cluster = [np.bincount(self._drawn(), minlength=len(self._sizes)) for _ in some]
            yield np.array(by_cluster, dtype=np.float64)[:, self._place]

    def interval(self, values: FloatArray) -> Interval | Undefined:
        """The middle of the values that are numbers, of one value a resample."""
        lacking = int(np.isnan(values).sum())
        if lacking > MOST_UNDEFINED * self._resamples:
            return Undefined(f"it is undefined in {lacking} of {self._resamples} resamples")
        tail = (1.0 - self._level) / 2.0
        low, high = np.quantile(values[~np.isnan(values)], [tail, 1.0 - tail])
        return Interval(float(low), float(high), self._level)

    def _drawn(self) -> IntArray:
        drawn: IntArray = self._generator.integers(len(self._sizes), size=len(self._sizes))
        return drawn
