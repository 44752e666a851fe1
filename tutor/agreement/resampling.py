"""Bootstrap intervals that resample whole questions.

Answers to one question rise and fall together, so resampling answers gives intervals that
are too narrow; resampling questions asks how the figure would move with other questions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from tutor.agreement.measure import IntArray, Labels, Measure, Undefined

Statistic: TypeAlias = Callable[[IntArray], Measure]
"""A statistic of the rows whose indices are given; an index may occur many times."""

MOST_UNDEFINED = 0.05
"""Share of resamples that may lack the statistic before the interval would mislead."""


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
    if resamples < 1 or not 0.0 < level < 1.0:
        raise ValueError(f"needs resamples >= 1 and 0 < level < 1, got {resamples}, {level:g}")
    values, lacking = [], 0
    for rows in _resampled_rows(np.asarray(clusters), resamples, generator):
        value = statistic(rows)
        if isinstance(value, Undefined):
            lacking += 1
        else:
            values.append(value)
    if not values and not lacking:
        return Undefined("an interval needs two questions")
    if lacking > MOST_UNDEFINED * resamples:
        return Undefined(f"undefined in {lacking} of {resamples} resamples")
    tail = (1.0 - level) / 2.0
    low, high = np.quantile(values, [tail, 1.0 - tail])
    return Interval(float(low), float(high), level)


def paired_bootstrap(
    first: Statistic,
    second: Statistic,
    clusters: Labels,
    *,
    generator: np.random.Generator,
    resamples: int = 1000,
    level: float = 0.95,
) -> Interval | Undefined:
    """Percentile interval of first - second, both taken on the same resampled rows.

    Much tighter than two separate intervals, since hard questions are hard for both.
    An interval that excludes 0 says that the difference would survive other questions.
    Arguments, undefined cases and errors are those of `cluster_bootstrap`.
    """
    return cluster_bootstrap(
        lambda rows: difference(first(rows), second(rows)),
        clusters,
        generator=generator,
        resamples=resamples,
        level=level,
    )


def difference(first: Measure, second: Measure) -> Measure:
    """first - second, or the reason why one of them is undefined."""
    if isinstance(first, Undefined):
        return first
    if isinstance(second, Undefined):
        return second
    return first - second


def _resampled_rows(
    clusters: np.ndarray, resamples: int, generator: np.random.Generator
) -> Iterator[IntArray]:
    _, place, sizes = np.unique(clusters, return_inverse=True, return_counts=True)
    if len(sizes) < 2:
        return
    by_cluster = np.argsort(place, kind="stable")
    starts = np.cumsum(sizes) - sizes
    for _ in range(resamples):
        drawn = generator.integers(len(sizes), size=len(sizes))
        lengths = sizes[drawn]
        # Position inside the resample, shifted so that each drawn cluster counts from its start.
        shift = starts[drawn] - (np.cumsum(lengths) - lengths)
        yield by_cluster[np.repeat(shift, lengths) + np.arange(lengths.sum())]
