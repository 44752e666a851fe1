"""The worst disagreements of a grader with people: where it was most confident, and wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import nsmallest

from pydantic import BaseModel, ConfigDict

from evals.cases import VERDICTS, Case
from evals.outcomes import BriefGrade, BriefOutcome, Outcome
from tutor.grading.grade import Grade, Verdict


class RaterVerdict(BaseModel):
    """What one person said."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rater: str
    verdict: Verdict


class Disagreement(BaseModel):
    """An answer that a grader and people see otherwise, with all that a reader needs to judge."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    grader: str
    id: str
    question: str
    references: tuple[str, ...]
    answer: str
    verdict: Verdict
    """What people said, all in all."""
    score: float
    ratings: tuple[RaterVerdict, ...]
    grade: Grade
    states_confidence: bool


def worst(outcomes: Iterable[BriefOutcome], most: int) -> list[BriefOutcome]:
    """The `most` graded outcomes whose verdict is not people's, the most confident first.

    Equal confidence, and none, is told apart by how far the verdicts lie apart, then the scores.
    """
    wrong = (o for o in outcomes if o.grade is not None and o.grade.verdict != o.human.verdict)
    return nsmallest(most, wrong, key=_order)


def disagreement(outcome: Outcome, grade: Grade, case: Case, *, confident: bool) -> Disagreement:
    """A graded outcome beside its case; `confident`: its grader states confidence."""
    return Disagreement(
        grader=outcome.grader,
        id=outcome.id,
        question=case.item.question,
        references=case.item.references,
        answer=case.answer,
        verdict=case.verdict,
        score=case.score,
        ratings=tuple(RaterVerdict(rater=r.rater, verdict=r.verdict) for r in case.ratings),
        grade=grade,
        states_confidence=confident,
    )


def disagreements(
    chosen: Iterable[BriefOutcome], whole: Mapping[str, Outcome], cases: Mapping[str, Case]
) -> tuple[Disagreement, ...]:
    """The chosen outcomes as they are read, from the whole outcomes and the cases by id."""
    return tuple(
        disagreement(whole[one.id], grade, cases[one.id], confident=_states_confidence(one.grade))
        for one in chosen
        if (grade := whole[one.id].grade) is not None
    )


def _states_confidence(grade: BriefGrade | None) -> bool:
    return grade is not None and grade.confidence is not None


def _order(outcome: BriefOutcome) -> tuple[float, int, float, str]:
    grade, human = outcome.grade, outcome.human
    if grade is None:
        raise ValueError(f"{outcome.id}: not graded, so there is no disagreement")
    apart = VERDICTS.index(grade.verdict) - VERDICTS.index(human.verdict)
    return (-(grade.confidence or 0.0), -abs(apart), -abs(grade.score - human.score), outcome.id)
