"""How strict a deck is graded: a policy to begin with, then what people's verdicts teach.

Which answers are better transfers from deck to deck, where the verdicts begin does not. So
the two intercepts of a calibration are unknown on a new deck: they have a normal prior, whose
spread is that of the sets that the calibration was fitted on. A policy says where it is
centred; every verdict that a person gave narrows it (Laplace's approximation, MacKay 1992).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, sqrt
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from tutor.grading.grade import Verdict

Policy = Literal["lenient", "standard", "strict"]

_STEPS = 50
_CLOSE = 1e-9


class Threshold(BaseModel):
    """Intercept of one regression, and the standard deviation of what is not known of it."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    intercept: float
    spread: float = Field(ge=0)


@dataclass(frozen=True, slots=True)
class Strictness:
    """Where "at least partial" and "correct" begin on one deck.

    `verdicts` is the number of people's verdicts that it was learned from: with 0 it is what
    the policy says. A higher intercept is more lenient.
    """

    policy: Policy
    verdicts: int
    partial: Threshold
    correct: Threshold


class Prior(NamedTuple):
    """What is known before any verdict; `correlation` of the two intercepts is in (-1, 1)."""

    partial: Threshold
    correct: Threshold
    correlation: float


class Weighed(NamedTuple):
    """An answer's two logits without the intercepts, and a person's verdict on it."""

    partial: float
    correct: float
    verdict: Verdict


class _Curvature(NamedTuple):
    """A symmetric matrix of two rows."""

    first: float
    both: float
    second: float

    def solve(self, left: float, right: float) -> tuple[float, float]:
        size = self.first * self.second - self.both**2
        return (
            (self.second * left - self.both * right) / size,
            (self.first * right - self.both * left) / size,
        )


def learn_thresholds(prior: Prior, ruled: Sequence[Weighed]) -> tuple[Threshold, Threshold]:
    """Mode and spread of the two intercepts after the verdicts, "at least partial" first.

    With no verdicts it is the prior. The loss is convex, so Newton's steps, halved where they
    would overshoot, end at its one minimum. An intercept without spread stays where it is.
    """
    if not ruled or not prior.partial.spread or not prior.correct.spread:
        return prior.partial, prior.correct
    precision = _precision(prior)
    start = (prior.partial.intercept, prior.correct.intercept)
    mode, curvature = _mode(start, precision, ruled)
    variance = curvature.solve(1.0, 0.0)[0], curvature.solve(0.0, 1.0)[1]
    partial, correct = (
        Threshold(intercept=intercept, spread=sqrt(spread))
        for intercept, spread in zip(mode, variance, strict=True)
    )
    return partial, correct


def _mode(
    start: tuple[float, float], precision: _Curvature, ruled: Sequence[Weighed]
) -> tuple[tuple[float, float], _Curvature]:
    here = start
    for _ in range(_STEPS):
        slope, curvature = _derivatives(here, start, precision, ruled)
        step = curvature.solve(*slope)
        here = (here[0] - step[0], here[1] - step[1])
        if abs(step[0]) + abs(step[1]) < _CLOSE:
            break
    return here, curvature


def _derivatives(
    here: tuple[float, float],
    start: tuple[float, float],
    precision: _Curvature,
    ruled: Sequence[Weighed],
) -> tuple[tuple[float, float], _Curvature]:
    away = here[0] - start[0], here[1] - start[1]
    first = precision.first * away[0] + precision.both * away[1]
    second = precision.both * away[0] + precision.second * away[1]
    bend_first, bend_second = precision.first, precision.second
    for one in ruled:
        least, full = _sigmoid(one.partial + here[0]), _sigmoid(one.correct + here[1])
        first += least - (one.verdict != "incorrect")
        second += full - (one.verdict == "correct")
        bend_first += least * (1 - least)
        bend_second += full * (1 - full)
    return (first, second), _Curvature(bend_first, precision.both, bend_second)


def _precision(prior: Prior) -> _Curvature:
    free = 1 - prior.correlation**2
    first, second = prior.partial.spread, prior.correct.spread
    return _Curvature(
        1 / (free * first**2), -prior.correlation / (free * first * second), 1 / (free * second**2)
    )


def _sigmoid(x: float) -> float:
    return 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))
