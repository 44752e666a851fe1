"""How far graders agree with people on each slice of a data set, beside how far people agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from pydantic import BaseModel, ConfigDict

from evals.cases import Case
from evals.metrics import METRICS, Estimate, Pairs, Resampling, measure, pairs_of
from evals.outcomes import BriefOutcome
from evals.people import rater_pairs
from evals.slices import Slice, slices_of

QUESTION = "hardest questions"
HARDEST = 10
"""Questions that are shown, those with the lowest accuracy."""
LEAST_ANSWERS = 5
"""Graded answers without which a question is not ranked: its accuracy would be an accident."""

_ACCURACY = tuple(metric for metric in METRICS if metric.name == "accuracy")


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GraderOnSlice(_Value):
    """`higher` and `lower` are the shares of its grades above and below people's verdict."""

    graded: int
    accuracy: Estimate
    higher: float | None
    lower: float | None


class SliceFigures(_Value):
    """A slice, every grader on it by name, and one rater against the others there."""

    dimension: str
    name: str
    cases: int
    questions: int
    graders: dict[str, GraderOnSlice]
    people: Estimate | None


def slice_figures(
    cases: Sequence[Case],
    outcomes: Mapping[str, Sequence[BriefOutcome]],
    resampling: Resampling,
) -> tuple[SliceFigures, ...]:
    """Accuracy on every slice that is not the whole data set, and on the hardest questions.

    `outcomes` are those of every grader on the cases, in any order.
    """
    by_case = {
        grader: {outcome.id: outcome for outcome in found} for grader, found in outcomes.items()
    }
    parts: dict[Slice, list[Case]] = {}
    for case in cases:
        for part in slices_of(case):
            parts.setdefault(part, []).append(case)
    figures = (
        _figures(part, inside, by_case, resampling)
        for part, inside in sorted(parts.items(), key=_order)
        if len(inside) < len(cases)
    )
    return (*figures, *_hardest(cases, by_case, resampling))


_DIMENSIONS = (
    "language", "kind of card", "tag", "length of the answer", "reference",
    "numbers in the reference", "negation in the reference",
)  # fmt: skip


def _order(item: tuple[Slice, list[Case]]) -> tuple[int, int, str]:
    """Dimensions in their order; lengths by length, which is the order of their names' numbers."""
    (dimension, name), _ = item
    number = next((int(word) for word in name.split() if word.isascii() and word.isdigit()), 0)
    return _DIMENSIONS.index(dimension), number * (dimension == "length of the answer"), name


def _hardest(
    cases: Sequence[Case],
    by_case: Mapping[str, Mapping[str, BriefOutcome]],
    resampling: Resampling,
) -> tuple[SliceFigures, ...]:
    questions: dict[str, list[Case]] = {}
    for case in cases:
        questions.setdefault(case.question, []).append(case)
    if len(questions) < 2:
        return ()
    ranked = sorted(
        (accuracy, question)
        for question, inside in questions.items()
        if (accuracy := _mean_accuracy(inside, by_case)) is not None
    )
    return tuple(
        _figures(
            Slice(QUESTION, questions[question][0].item.question),
            questions[question],
            by_case,
            resampling,
        )
        for _, question in ranked[:HARDEST]
    )


def _mean_accuracy(
    cases: Sequence[Case], by_case: Mapping[str, Mapping[str, BriefOutcome]]
) -> float | None:
    """Over graders; None where one of them graded too few of the answers to tell."""
    found = [_pairs(cases, outcomes) for outcomes in by_case.values()]
    if min(pairs.size for pairs in found) < LEAST_ANSWERS:
        return None
    return float(np.mean([pairs.right.mean() for pairs in found]))


def _figures(
    part: Slice,
    cases: Sequence[Case],
    by_case: Mapping[str, Mapping[str, BriefOutcome]],
    resampling: Resampling,
) -> SliceFigures:
    raters = rater_pairs(cases)
    return SliceFigures(
        dimension=part.dimension,
        name=part.name,
        cases=len(cases),
        questions=len({case.question for case in cases}),
        graders={
            grader: _of_grader(_pairs(cases, outcomes), resampling)
            for grader, outcomes in by_case.items()
        },
        people=None if raters is None else measure(raters, resampling, _ACCURACY)["accuracy"],
    )


def _pairs(cases: Sequence[Case], outcomes: Mapping[str, BriefOutcome]) -> Pairs:
    return pairs_of(list(_known(cases, outcomes)))


def _known(cases: Sequence[Case], outcomes: Mapping[str, BriefOutcome]) -> Iterator[BriefOutcome]:
    return (outcomes[case.id] for case in cases if case.id in outcomes)


def _of_grader(pairs: Pairs, resampling: Resampling) -> GraderOnSlice:
    above, below = pairs.other > pairs.human, pairs.other < pairs.human
    return GraderOnSlice(
        graded=pairs.size,
        accuracy=measure(pairs, resampling, _ACCURACY)["accuracy"],
        higher=float(above.mean()) if pairs.size else None,
        lower=float(below.mean()) if pairs.size else None,
    )
