"""How strictly a deck is graded: a policy to begin with, then what people's verdicts teach.

Which answers are better transfers from deck to deck, where the verdicts begin does not. So
the two intercepts of a calibration are unknown on a new deck: their prior is normal, with the
mean and covariance that they have over the sets that the calibration was fitted on. A policy
moves the mean; every verdict that a person gave moves it further and narrows the spread
(Laplace's approximation of the posterior; MacKay 1992, "The evidence framework applied to
classification networks").

Which answers were ruled on may depend on what the grader made of them: the likelihood is that
of the verdict given the signals, so answers chosen because the grader was unsure bias nothing.
Overrides alone do, since they are chosen by their verdicts; with what is written here they
still help, as `python -m training.strictness` measures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, sqrt
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from tutor.grading.grade import Verdict

Policy = Literal["lenient", "standard", "strict"]

POLICY_SHIFT: dict[Policy, float] = {"lenient": 0.75, "standard": 0.0, "strict": -0.75}
"""What a policy adds to the intercepts, in their standard deviations over the sets. The mean
of one half of a normal distribution lies 0.8 from its centre; on the development sets that are
stricter than most the log loss is least at -0.6, on those that are more lenient at 1.0."""
VERDICT_WEIGHT = 0.5
"""A verdict is an observation in both regressions, so it counts one half in each."""
SCORED_SHARE = 0.5
"""Share of what was learned that moves score and verdict; confidence takes all of it. Where
most answers get the same verdict, cuts that followed all the way would give that verdict to
nearly every answer: more often right, and of no use. On left-out sets one half has the best
macro-F1 after 5 to 50 verdicts."""

_STEPS = 200
_LONGEST_STEP = 0.5
_CLOSE = 1e-9


class Threshold(BaseModel):
    """Intercept of one regression, and the standard deviation of what is not known of it."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    intercept: float
    spread: float = Field(ge=0)


class Thresholds(NamedTuple):
    """Where "at least partial" and "correct" begin; a higher intercept is more lenient."""

    partial: Threshold
    correct: Threshold


class Prior(NamedTuple):
    """What is known of an unseen deck; `correlation` of the intercepts is in [0, 1)."""

    thresholds: Thresholds
    correlation: float


class Weighed(NamedTuple):
    """An answer's two logits without the intercepts, and a person's verdict on it."""

    partial: float
    correct: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Strictness:
    """How strictly one deck is graded: `believed` makes confidence, `scored` the score.

    `verdicts` is the number of people's verdicts that it was learned from; with 0 both are
    what the policy says.
    """

    policy: Policy
    verdicts: int
    believed: Thresholds
    scored: Thresholds


def learn_strictness(prior: Prior, ruled: Sequence[Weighed], policy: Policy) -> Strictness:
    """The strictness of a deck under a policy, after people's verdicts on answers to it.

    More lenient verdicts on the same answers never lower an intercept.
    """
    start = Thresholds(*(_shifted(one, POLICY_SHIFT[policy]) for one in prior.thresholds))
    # Without a spread there is nothing to learn: the intercepts are known already.
    if not ruled or not all(one.spread for one in start):
        return Strictness(policy, len(ruled), start, start)
    believed = _posterior(start, prior.correlation, ruled)
    scored = Thresholds(*map(_part_of_the_way, start, believed))
    return Strictness(policy, len(ruled), believed, scored)


def sigmoid(x: float) -> float:
    """The logistic function, for any x without overflow."""
    return 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))


class _Matrix(NamedTuple):
    """A symmetric, positive definite matrix of two rows."""

    first: float
    both: float
    second: float

    def solve(self, left: float, right: float) -> tuple[float, float]:
        size = self.first * self.second - self.both**2
        return (
            (self.second * left - self.both * right) / size,
            (self.first * right - self.both * left) / size,
        )


def _shifted(threshold: Threshold, deviations: float) -> Threshold:
    moved = threshold.intercept + deviations * threshold.spread
    return threshold.model_copy(update={"intercept": moved})


def _part_of_the_way(start: Threshold, end: Threshold) -> Threshold:
    learned = end.intercept - start.intercept
    moved = start.intercept + SCORED_SHARE * learned
    return start.model_copy(update={"intercept": moved})


def _posterior(start: Thresholds, correlation: float, ruled: Sequence[Weighed]) -> Thresholds:
    """Mode, and spread by the curvature there.

    Newton's method; a step of half a logit changes the curvature by less than a factor of
    e^0.5, so it lowers the convex loss, and the steps end at its one minimum.
    """
    precision = _precision(start, correlation)
    here = start.partial.intercept, start.correct.intercept
    curvature = precision
    for _ in range(_STEPS):
        away = here[0] - start.partial.intercept, here[1] - start.correct.intercept
        slope, curvature = _derivatives(here, away, precision, ruled)
        step = curvature.solve(*slope)
        longest = max(map(abs, step))
        share = min(1.0, _LONGEST_STEP / max(longest, _CLOSE))
        here = here[0] - share * step[0], here[1] - share * step[1]
        if longest < _CLOSE:
            break
    variances = curvature.solve(1.0, 0.0)[0], curvature.solve(0.0, 1.0)[1]
    return Thresholds(
        *(
            Threshold(intercept=intercept, spread=sqrt(variance))
            for intercept, variance in zip(here, variances, strict=True)
        )
    )


def _derivatives(
    here: tuple[float, float],
    away: tuple[float, float],
    precision: _Matrix,
    ruled: Sequence[Weighed],
) -> tuple[tuple[float, float], _Matrix]:
    """Slope and curvature of the loss at the intercepts `here`, `away` from the prior's mean."""
    first = precision.first * away[0] + precision.both * away[1]
    second = precision.both * away[0] + precision.second * away[1]
    bend_first, bend_second = precision.first, precision.second
    for one in ruled:
        least, full = sigmoid(one.partial + here[0]), sigmoid(one.correct + here[1])
        first += VERDICT_WEIGHT * (least - (one.verdict != "incorrect"))
        second += VERDICT_WEIGHT * (full - (one.verdict == "correct"))
        bend_first += VERDICT_WEIGHT * least * (1 - least)
        bend_second += VERDICT_WEIGHT * full * (1 - full)
    return (first, second), _Matrix(bend_first, precision.both, bend_second)


def _precision(start: Thresholds, correlation: float) -> _Matrix:
    """Inverse of the covariance of the intercepts."""
    first, second = start.partial.spread, start.correct.spread
    free = 1 - correlation**2
    return _Matrix(
        1 / (free * first**2), -correlation / (free * first * second), 1 / (free * second**2)
    )
