"""Agreement of the people who rated a data set, pair by pair and all together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from pydantic import BaseModel, ConfigDict

from evals.cases import VERDICTS, Case, CaseFile, Rating
from evals.metrics import METRICS, Estimate, Figure, Pairs, Resampling, estimates, measure, ranks
from evals.people import each_rater
from tutor.agreement import gwet_ac, krippendorff_alpha
from tutor.agreement.resampled import reliability
from tutor.errors import InvalidInputError

_PAIR = tuple(m for m in METRICS if m.name in ("accuracy", "kappa", "quadratic_kappa", "ac1"))
_STANDING = tuple(m for m in METRICS if m.name in ("accuracy", "quadratic_kappa", "bias"))


class RaterPair(BaseModel):
    """How far two raters agree on the cases that both rated."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    first: str
    second: str
    cases: int
    same: Estimate
    """Share of cases with the same verdict, 0 to 1."""
    kappa: Estimate
    quadratic_kappa: Estimate
    ac1: Estimate
    """Gwet's AC1 on the three verdicts: kappa falls where one verdict prevails, this does not."""


class RaterStanding(BaseModel):
    """One rater against the majority of the others, on the cases that others rated too."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rater: str
    cases: int
    same: Estimate
    quadratic_kappa: Estimate
    bias: Estimate
    """Mean of this rater's score minus the others': above 0 she is milder."""


class RaterAgreement(BaseModel):
    """How far the raters of a data set agree; intervals resample whole questions."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data: str
    cases: int
    """Cases with two ratings or more."""
    questions: int
    raters: tuple[str, ...]
    unanimous: float
    """Share of those cases where every rater gave the same verdict."""
    alpha: Estimate
    """Krippendorff's alpha, ordinal, over all raters."""
    ac1: Estimate
    """Gwet's AC1 over all raters."""
    standings: tuple[RaterStanding, ...]
    pairs: tuple[RaterPair, ...]


def rater_agreement(data: CaseFile, resampling: Resampling) -> RaterAgreement:
    """Agreement of a file's raters; raises `InvalidInputError` when no case has two ratings."""
    cases = [case for case in data.cases if len(case.ratings) > 1]
    if not cases:
        raise InvalidInputError(
            f'{data.file}: no case has two ratings; write "ratings": {{"rater": "label", ...}}'
        )
    raters = sorted({rating.rater for case in cases for rating in case.ratings})
    pairs = (_pair(first, second, cases, resampling) for first, second in combinations(raters, 2))
    return RaterAgreement(
        data=data.name,
        cases=len(cases),
        questions=len({case.question for case in cases}),
        raters=tuple(raters),
        unanimous=sum(len({r.verdict for r in case.ratings}) == 1 for case in cases) / len(cases),
        **_all_together(cases, resampling),
        standings=tuple(_standings(cases, resampling)),
        pairs=tuple(pair for pair in pairs if pair is not None),
    )


def _all_together(cases: Sequence[Case], resampling: Resampling) -> dict[str, Estimate]:
    ratings = [[rating.verdict for rating in case.ratings] for case in cases]
    figures = {
        "alpha": Figure(
            krippendorff_alpha(ratings, scale=VERDICTS, level="ordinal"),
            lambda: reliability.krippendorff_alpha(ratings, scale=VERDICTS, level="ordinal"),
        ),
        "ac1": Figure(
            gwet_ac(ratings, scale=VERDICTS), lambda: reliability.gwet_ac(ratings, scale=VERDICTS)
        ),
    }
    return estimates(figures, np.array([case.question for case in cases]), resampling)


def _standings(cases: Sequence[Case], resampling: Resampling) -> Iterator[RaterStanding]:
    for rater, pairs in each_rater(cases).items():
        found = measure(pairs, resampling, _STANDING)
        yield RaterStanding(
            rater=rater,
            cases=pairs.size,
            same=found["accuracy"],
            quadratic_kappa=found["quadratic_kappa"],
            bias=found["bias"],
        )


def _pair(
    first: str, second: str, cases: Sequence[Case], resampling: Resampling
) -> RaterPair | None:
    both = [
        (case.question, ratings[first], ratings[second])
        for case in cases
        if {first, second} <= (ratings := {r.rater: r for r in case.ratings}).keys()
    ]
    if not both:
        return None
    found = measure(_beside(both), resampling, _PAIR)
    return RaterPair(
        first=first,
        second=second,
        cases=len(both),
        same=found["accuracy"],
        kappa=found["kappa"],
        quadratic_kappa=found["quadratic_kappa"],
        ac1=found["ac1"],
    )


def _beside(both: Sequence[tuple[str, Rating, Rating]]) -> Pairs:
    return Pairs(
        questions=np.array([question for question, _, _ in both], dtype=np.str_),
        human=ranks([left.verdict for _, left, _ in both]),
        other=ranks([right.verdict for _, _, right in both]),
        human_score=np.array([left.score for _, left, _ in both]),
        other_score=np.array([right.score for _, _, right in both]),
    )
