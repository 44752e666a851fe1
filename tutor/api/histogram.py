"""A histogram of times, in the text format that Prometheus reads."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence


class Histogram:
    """Times in seconds, counted by the first of the rising `bounds` that each is not above."""

    def __init__(self, bounds: Sequence[float]) -> None:
        self._bounds = bounds
        self._counts = [0] * (len(bounds) + 1)
        self._seconds = 0.0

    def add(self, seconds: float) -> None:
        """Count one time."""
        self._counts[bisect_left(self._bounds, seconds)] += 1
        self._seconds += seconds

    def lines(self, name: str, label: str = "") -> Iterator[str]:
        """Its samples; `label` as `route="/v1/grade"` tells it apart from others of the name."""
        before = f"{label}," if label else ""
        own = f"{{{label}}}" if label else ""
        total = 0
        for bound, count in zip((*self._bounds, "+Inf"), self._counts, strict=True):
            total += count
            yield f'{name}_bucket{{{before}le="{bound}"}} {total}'
        yield f"{name}_sum{own} {self._seconds}"
        yield f"{name}_count{own} {total}"
