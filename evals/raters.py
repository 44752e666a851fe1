"""Agreement of the people who rated a data set, pair by pair and all together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np
from pydantic import BaseModel, ConfigDict

from evals.cases import VERDICTS, Case, CaseFile
from evals.metrics import Estimate, Resampling, Rows, estimate
from tutor.agreement import Measure, accuracy, cohen_kappa, krippendorff_alpha
from tutor.errors import InvalidInputError
from tutor.grading.grade import Verdict


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
        alpha=_alpha(cases, resampling),
        pairs=tuple(pair for pair in pairs if pair is not None),
    )


def _alpha(cases: Sequence[Case], resampling: Resampling) -> Estimate:
    ratings = [[rating.verdict for rating in case.ratings] for case in cases]

    def alpha(rows: Rows) -> Measure:
        return krippendorff_alpha([ratings[row] for row in rows], scale=VERDICTS, level="ordinal")

    return estimate(alpha, _questions(cases), resampling)


def _pair(
    first: str, second: str, cases: Sequence[Case], resampling: Resampling
) -> RaterPair | None:
    both = [case for case in cases if {first, second} <= {r.rater for r in case.ratings}]
    if not both:
        return None
    left, right = _verdicts_of(first, both), _verdicts_of(second, both)

    def estimated(of: Callable[[Rows], Measure]) -> Estimate:
        return estimate(of, _questions(both), resampling)

    return RaterPair(
        first=first,
        second=second,
        cases=len(both),
        same=estimated(lambda rows: accuracy(left[rows], right[rows])),
        kappa=estimated(lambda rows: cohen_kappa(left[rows], right[rows], scale=VERDICTS)),
        quadratic_kappa=estimated(
            lambda rows: cohen_kappa(left[rows], right[rows], scale=VERDICTS, weights="quadratic")
        ),
    )


def _questions(cases: Sequence[Case]) -> np.ndarray:
    return np.array([case.question for case in cases])


def _verdicts_of(rater: str, cases: Sequence[Case]) -> np.ndarray:
    verdicts: list[Verdict] = [
        rating.verdict for case in cases for rating in case.ratings if rating.rater == rater
    ]
    return np.array(verdicts)
