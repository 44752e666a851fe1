"""A token bucket: so much a minute, and a little at once."""

from __future__ import annotations

BURST_SECONDS = 10.0
"""How much of a minute's allowance may be taken at once; servers look at shorter times too."""


class Bucket:
    """Fills at `per_minute`, holds what comes in ten seconds (at least one), pays for requests.

    One that costs more than it holds is let through when it is full, and leaves a debt. Times
    are seconds of one clock, which the caller reads.
    """

    def __init__(self, per_minute: float) -> None:
        self._rate = per_minute / 60
        self._capacity = max(1.0, self._rate * BURST_SECONDS)
        self._level = self._capacity
        self._read_at: float | None = None

    def wait(self, cost: float, now: float) -> float:
        """Return how many seconds remain until `cost` may be taken."""
        self._fill(now)
        return max(0.0, (min(cost, self._capacity) - self._level) / self._rate)

    def take(self, cost: float) -> None:
        """Take what a request costs."""
        self._level -= cost

    def give_back(self, cost: float) -> None:
        """Correct what was taken too much; a negative cost takes what was taken too little."""
        self._level = min(self._capacity, self._level + cost)

    def _fill(self, now: float) -> None:
        # The clock of another event loop may begin anywhere, also earlier.
        passed = 0.0 if self._read_at is None else max(0.0, now - self._read_at)
        self._level = min(self._capacity, self._level + passed * self._rate)
        self._read_at = now
