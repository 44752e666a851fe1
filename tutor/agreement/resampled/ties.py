"""Rows in the order of a value, tied rows together."""

from __future__ import annotations

import numpy as np

from tutor.agreement.measure import FloatArray, IntArray


class Ties:
    """Rows grouped by equal value, the least value first.

    `place`, shape (n,), is each row's group. What does not change with the draw is sorted once.
    """

    place: IntArray

    def __init__(self, values: FloatArray) -> None:
        _, self.place, sizes = np.unique(values, return_inverse=True, return_counts=True)
        self._order = np.argsort(self.place, kind="stable")
        self._starts = np.cumsum(sizes) - sizes

    def sums(self, amounts: FloatArray) -> FloatArray:
        """Amounts of shape (resamples, n) summed within groups: shape (resamples, groups)."""
        # Nothing is out of bounds; told to clip, numpy does not look, in half the time.
        ordered: FloatArray = np.take(amounts, self._order, axis=1, mode="clip")
        if len(self._starts) == len(self._order):
            return ordered
        summed: FloatArray = np.add.reduceat(ordered, self._starts, axis=1)
        return summed
