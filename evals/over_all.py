"""Graders over all data sets: the mean of what they reach on each, every set counting alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import hypot

from pydantic import BaseModel, ConfigDict

from evals.metrics import METRICS, Estimate
from evals.result import Result


class OverAll(BaseModel):
    """Means over the `sets` that every grader was run on; figures by grader, then by metric.

    `gaps` are each later grader minus the first. `people` is there only where every one of the
    sets has several raters: a ceiling from some of them would not be that of the others.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    sets: tuple[str, ...]
    graded: dict[str, int]
    graders: dict[str, dict[str, Estimate]]
    gaps: dict[str, dict[str, Estimate]]
    people: dict[str, Estimate] | None
    rated_sets: int


def mean_over_sets(estimates: Sequence[tuple[str, Estimate]]) -> Estimate:
    """The mean of figures of different data sets, by the name of the set.

    The interval combines those of the sets, which share no question and so are independent:
    the mean minus and plus the root of the summed squared distances of the ends from the values,
    over the number of sets (Zou and Donner 2008, "MOVER"). Undefined where one figure is.
    """
    values = []
    for name, estimate in estimates:
        if estimate.value is None:
            return Estimate(value=None, note=f"{name}: {estimate.note}")
        values.append(estimate.value)
    mean = sum(values) / len(values)
    below, above = [], []
    for name, estimate in estimates:
        if estimate.value is None or estimate.low is None or estimate.high is None:
            return Estimate(value=mean, note=f"{name}: {estimate.note}")
        below.append(estimate.value - estimate.low)
        above.append(estimate.high - estimate.value)
    return Estimate(
        value=mean, low=mean - hypot(*below) / len(values), high=mean + hypot(*above) / len(values)
    )


def over_all(
    sets: Mapping[str, Sequence[Result]], gaps: Mapping[str, Mapping[str, dict[str, Estimate]]]
) -> OverAll | None:
    """The means of every grader; None unless two data sets or more were given to all graders.

    `sets` are results by data set; `gaps` by data set, then by the later grader.
    """
    everyone = {r.grader for results in sets.values() for r in results}
    shared = [name for name, results in sets.items() if len(results) == len(everyone)]
    if len(shared) < 2:
        return None
    graders = [result.grader for result in sets[shared[0]]]
    by_grader = {
        grader: [(name, r) for name in shared for r in sets[name] if r.grader == grader]
        for grader in graders
    }
    return OverAll(
        sets=tuple(shared),
        graded={grader: sum(r.graded for _, r in found) for grader, found in by_grader.items()},
        graders={
            grader: _means([(name, r.metrics) for name, r in found])
            for grader, found in by_grader.items()
        },
        gaps={
            grader: _means([(name, gaps[name][grader]) for name in shared])
            for grader in graders[1:]
            if all(grader in gaps[name] for name in shared)
        },
        people=_people([(name, sets[name][0]) for name in shared]),
        rated_sets=sum(sets[name][0].people is not None for name in shared),
    )


def _people(results: Sequence[tuple[str, Result]]) -> dict[str, Estimate] | None:
    rated = [(name, r.people.metrics) for name, r in results if r.people is not None]
    return _means(rated) if len(rated) == len(results) else None


def _means(figures: Sequence[tuple[str, Mapping[str, Estimate]]]) -> dict[str, Estimate]:
    return {
        metric.name: mean_over_sets([(name, of[metric.name]) for name, of in figures])
        for metric in METRICS
        if all(metric.name in of for _, of in figures)
    }
