"""The grade: the one object that every grader returns and every door shows."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

from tutor.grading.item import Item

Verdict = Literal["correct", "partial", "incorrect"]
PointStatus = Literal["covered", "missing", "contradicted"]
Language = Literal["zh", "en"]
Rating = Literal["again", "hard", "good", "easy"]
Unit = Annotated[float, Field(ge=0.0, le=1.0)]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class KeyPoint(_Value):
    """One material claim of the reference, and what the answer says about it.

    `quote` is verbatim from the answer and `span` its character offsets there,
    `answer[span[0]:span[1]] == quote`; both are None when nothing in the answer bears on it.
    """

    text: str
    status: PointStatus
    quote: str | None = None
    span: tuple[int, int] | None = None
    required: bool = True


class Reason(_Value):
    """A guard or signal that decided, by name, and why in the learner's language."""

    name: str
    detail: str


class Feedback(_Value):
    """What the learner is told: right in her own words, missing, wrong and why, what next."""

    language: Language
    summary: str
    right: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    next_step: str = ""


class Receipt(_Value):
    """Who graded, with what: enough to tell whether two grades are comparable.

    `calibration` is its name and, after a plus sign, the number of people's verdicts that the
    deck's strictness was learned from: `text-1+12`; without any, the name alone. `policy` is
    what that learning began with.
    """

    grader: str
    embedder: str
    calibration: str
    policy: str
    judge: dict[str, Any] | None = None
    elapsed_ms: float = Field(ge=0.0)


class Grade(_Value):
    """A graded answer.

    `score` runs from 0 (nothing right) to 1 (fully right) and orders the verdicts: every
    incorrect grade scores below every partial one, every partial below every correct one.
    `confidence` is the calibrated probability that a human grader gives the same verdict;
    `unsure` says that it is below the policy's threshold. What could not be graded is never
    a Grade: graders raise `TutorError`.
    """

    verdict: Verdict
    score: Unit
    confidence: Unit
    unsure: bool
    key_points: tuple[KeyPoint, ...]
    reasons: tuple[Reason, ...]
    feedback: Feedback
    rating: Rating
    receipt: Receipt


class Grader(Protocol):
    """Grades one answer against one item; raises `TutorError` when it cannot.

    One that also learns from people's verdicts is a `tutor.grading.ruling.LearningGrader`.
    """

    def grade(self, item: Item, answer: str, language: Language | None = None) -> Grade: ...
