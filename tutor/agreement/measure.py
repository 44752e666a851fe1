"""What a statistic returns: a number, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray: TypeAlias = NDArray[np.float64]
IntArray: TypeAlias = NDArray[np.intp]
Labels: TypeAlias = Sequence[Any] | NDArray[Any]
Resampled: TypeAlias = Callable[[FloatArray], FloatArray]
"""A statistic of many resamples at once: counts of shape (resamples, n) say how often each row
was drawn, the result has shape (resamples,), NaN where a resample does not determine it."""


@dataclass(frozen=True, slots=True)
class Undefined:
    """The data does not determine the statistic; `reason` says what it lacks."""

    reason: str


Measure: TypeAlias = float | Undefined

NO_ROWS = Undefined("there are no rows")


def numbers(values: ArrayLike, name: str) -> FloatArray:
    """`values` as a float array of shape (n,); raises ValueError when not finite and flat."""
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1:
        raise ValueError(f"{name} must have shape (n,), got {array.shape}")
    if not np.isfinite(array).all():
        raise ValueError(f"{name} must be finite numbers; leave rows without one out")
    return array


def unit_numbers(values: ArrayLike, name: str) -> FloatArray:
    """Like `numbers`, for values in [0, 1]."""
    array = numbers(values, name)
    if array.size and (array.min() < 0.0 or array.max() > 1.0):
        raise ValueError(f"{name} must lie in [0, 1], got {array.min():g} to {array.max():g}")
    return array


def same_length(first: NDArray[Any], second: NDArray[Any]) -> None:
    """Raises ValueError unless both arrays have one entry a row."""
    if first.shape != second.shape:
        raise ValueError(f"one entry a row on both sides, got {first.shape} and {second.shape}")


def ratios(parts: FloatArray, wholes: FloatArray) -> FloatArray:
    """parts / wholes, NaN where the whole is 0: the shape that both broadcast to."""
    shape = np.broadcast_shapes(parts.shape, wholes.shape)
    shares: FloatArray = np.divide(parts, wholes, out=np.full(shape, np.nan), where=wholes != 0.0)
    return shares


def once(rows: int) -> FloatArray:
    """The one resample, shape (1, rows), in which every row is drawn once: the data itself."""
    return np.ones((1, rows))
