"""Whether a new run agrees with people more or less than an earlier one, case by case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from evals.metrics import METRICS, Estimate, Metric, Resampling, difference, measure, pairs_of
from evals.outcomes import BriefOutcome, MadeBy
from tutor.errors import InvalidInputError

DEFAULT = ("accuracy", "macro_f1", "quadratic_kappa", "auroc", "brier")
"""Metrics that are compared where none is named: verdicts, their order, scores, confidence."""

NOTHING = 1e-9
"""A difference that the last digits of scores can make, and no change of a grader."""


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Side(_Value):
    """One run on a data set: `ungraded` by kind of failure, among the cases that are shared."""

    grader: str
    cases: int
    ungraded: dict[str, int]
    made_by: tuple[MadeBy, ...]
    metrics: dict[str, Estimate]
    """Over the cases that both graded."""


class Comparison(_Value):
    """Two runs on one data set, compared on the `graded` cases that both graded.

    Cases are `shared` that have the same id, item and answer in both; `changed` ones share the
    id only, and the others stand in one run alone. `gained` are those where only the new verdict
    is people's, `lost` those where only the old one is. `differences` are new - base.
    """

    data: str
    base: Side
    new: Side
    shared: int
    changed: int
    only_base: int
    only_new: int
    graded: int
    questions: int
    gained: int
    lost: int
    differences: dict[str, Estimate]
    level: float


class _Sides(NamedTuple):
    base: Sequence[BriefOutcome]
    new: Sequence[BriefOutcome]


def compare_runs(
    base: Sequence[BriefOutcome],
    new: Sequence[BriefOutcome],
    metrics: Sequence[Metric],
    resampling: Resampling,
) -> tuple[Comparison, ...]:
    """Two graders' outcomes, by data set, in alphabetical order.

    Raises `InvalidInputError` when no case was graded by both, and when people's grades of a
    case differ between the two.
    """
    sides = _Sides(base, new)
    names = sorted({outcome.data for side in sides for outcome in side})
    found = tuple(_compared(name, sides, metrics, resampling) for name in names)
    if not any(comparison.graded for comparison in found):
        raise InvalidInputError(
            f"{base[0].grader} and {new[0].grader} share no graded case; run both on one file"
        )
    return found


def losses(comparisons: Sequence[Comparison], margin: float) -> Iterator[str]:
    """Why the new run is worse, a sentence each; nothing where it is not shown to be.

    Worse is a metric whose interval lies on the wrong side of 0 by more than `margin`, in the
    metric's own unit; it is also more cases without a grade, since only the graded ones are
    compared and those left out may be the hard ones; and it counts against the new run when a
    data set of the base is compared on no case, or no metric could be judged at all.
    """
    judged = False
    for comparison in comparisons:
        yield from _lost_grades(comparison)
        for metric in _judged(comparison):
            judged = True
            yield from _lost_agreement(comparison, metric, margin)
    if not judged:
        yield "nothing could be judged: no difference has an interval"


def _lost_grades(found: Comparison) -> Iterator[str]:
    if found.base.cases and not found.graded:
        yield f"{found.data}: none of the {found.base.cases:,} cases of the base was compared"
    before, now = (sum(side.ungraded.values()) for side in (found.base, found.new))
    if now > before:
        yield (
            f"{found.data}: no grade for {now:,} of {found.shared:,} shared cases, in the base for "
            f"{before:,}; no figure counts them, and they may be the hard ones"
        )


def _lost_agreement(found: Comparison, metric: Metric, margin: float) -> Iterator[str]:
    best = best_gain(metric, found.differences[metric.name])
    if best is not None and best < -margin - NOTHING:
        yield (
            f"{found.data}: {metric.title} is worse by {-100.0 * best:.2f} points even at the "
            f"better end of the interval, and {100.0 * margin:g} are allowed"
        )


def best_gain(metric: Metric, gap: Estimate) -> float | None:
    """The end of the interval that is best for the new run, above 0 for a gain.

    None without an interval, and for a metric that is better in no direction.
    """
    if gap.low is None or gap.high is None or metric.better == "neither":
        return None
    return gap.high if metric.better == "higher" else -gap.low


def _judged(found: Comparison) -> Iterator[Metric]:
    for metric in METRICS:
        gap = found.differences.get(metric.name)
        if gap is not None and best_gain(metric, gap) is not None:
            yield metric


def _compared(
    data: str, sides: _Sides, metrics: Sequence[Metric], resampling: Resampling
) -> Comparison:
    base, new = ({o.id: o for o in side if o.data == data} for side in sides)
    shared = [case for case in base if case in new and base[case].content == new[case].content]
    graded = [case for case in shared if base[case].grade and new[case].grade]
    for case in graded:
        _check(base[case], new[case])
    old, now = (pairs_of([side[case] for case in graded]) for side in (base, new))
    return Comparison(
        data=data,
        base=_side(sides.base[0].grader, base, shared, measure(old, resampling, metrics)),
        new=_side(sides.new[0].grader, new, shared, measure(now, resampling, metrics)),
        shared=len(shared),
        changed=len(base.keys() & new.keys()) - len(shared),
        only_base=len(base.keys() - new.keys()),
        only_new=len(new.keys() - base.keys()),
        graded=len(graded),
        questions=len(set(now.questions)),
        gained=int((now.right & ~old.right).sum()),
        lost=int((old.right & ~now.right).sum()),
        differences=difference(now, old, resampling, metrics),
        level=resampling.level,
    )


def _side(
    grader: str,
    outcomes: Mapping[str, BriefOutcome],
    shared: Sequence[str],
    metrics: dict[str, Estimate],
) -> Side:
    failures = (outcomes[case].error for case in shared)
    makers = (one.grade.made_by for one in outcomes.values() if one.grade is not None)
    return Side(
        grader=grader,
        cases=len(outcomes),
        ungraded=dict(Counter(error for error in failures if error is not None)),
        made_by=tuple(dict.fromkeys(makers)),
        metrics=metrics,
    )


def _check(base: BriefOutcome, new: BriefOutcome) -> None:
    if base.human != new.human:
        raise InvalidInputError(
            f"case {base.id} of {base.data}: people's grades differ between the two runs; run "
            "both on one file with the same cuts"
        )
