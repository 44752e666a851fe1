"""Shares of rows, with intervals that stay honest at none and at all."""

from __future__ import annotations

import math
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

Z_95 = 1.959964
"""Standard normal quantile at 0.975."""


class Share(BaseModel):
    """`count` of `of` rows; `low` and `high`, in [0, 1], are None when there are no rows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    count: int
    of: int
    low: float | None
    high: float | None

    @property
    def value(self) -> float | None:
        return self.count / self.of if self.of else None


def share(hits: Iterable[bool]) -> Share:
    """The share of hits with its 95 % interval, by the score method of Wilson (1927).

    The interval takes rows for independent.
    """
    found = list(hits)
    count, rows = sum(found), len(found)
    low, high = _wilson(count, rows) if rows else (None, None)
    return Share(count=count, of=rows, low=low, high=high)


def _wilson(count: int, rows: int) -> tuple[float, float]:
    portion, spread = count / rows, Z_95**2 / rows
    centre = portion + spread / 2
    half = Z_95 * math.sqrt(portion * (1 - portion) / rows + spread / (4 * rows))
    return max(0.0, (centre - half) / (1 + spread)), min(1.0, (centre + half) / (1 + spread))
