"""A figure: one thing measured several times, and how it compares with others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Unit = Literal["s", "ms", "1/s", "MiB", "modules"]


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, every run of it, and its ratio to each baseline by name.

    Noise only ever slows a program down, so the best run is the figure.
    """

    what: str
    unit: Unit
    runs: tuple[float, ...]
    ratios: tuple[tuple[str, float], ...] = ()

    @property
    def best(self) -> float:
        """The most of a rate, the least of anything else."""
        return max(self.runs) if self.unit == "1/s" else min(self.runs)

    def over(self, *baselines: Figure) -> Figure:
        """This figure with its ratios to the baselines; above 1 means more than the baseline."""
        for baseline in baselines:
            if baseline.unit != self.unit:
                raise ValueError(f"{self.what} in {self.unit} over {baseline.what}: not alike")
        return replace(self, ratios=tuple((b.what, self.best / b.best) for b in baselines))
