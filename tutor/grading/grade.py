"""The grade: the one object that every grader returns and every door shows."""

from __future__ import annotations

from typing import Annotated, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

from tutor.grading.item import Item

Verdict = Literal["correct", "partial", "incorrect"]
PointStatus = Literal["covered", "missing", "contradicted"]
Language = Literal["zh", "en"]
Rating = Literal["again", "hard", "good", "easy"]
JudgeUse = Literal["never", "auto", "always"]
"""When the judge is asked: `auto` where the local grade is not good enough by itself."""
RATINGS: dict[Verdict, Rating] = {"incorrect": "again", "partial": "hard", "correct": "good"}
"""What the scheduler would be told."""
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


class JudgeFailure(_Value):
    """Why there is no judgement: `type` names the kind of `ModelError`."""

    type: str
    detail: str


class JudgeTokens(_Value):
    """Tokens that a judgement cost, all its requests together; `cached` are part of `input`."""

    input: int = Field(default=0, ge=0)
    output: int = Field(default=0, ge=0)
    cached: int = Field(default=0, ge=0)


class FirstGrade(_Value):
    """What the local grader said before the judge was asked."""

    verdict: Verdict
    score: Unit
    confidence: Unit
    unsure: bool


class JudgeReceipt(_Value):
    """Which model judged, how, at what cost; with `error`, why the grade is the local one.

    `model` is the name that the endpoint reported, or the one asked for when none came. `prompt`
    names the prompt with its version, `prompt_hash` is that of its text; both are empty when no
    judgement came. `extras` says whether
    wrong additions cost marks. Of `samples` judgements that were asked for `valid` came;
    `stability` in [0, 1] is the mean share of them behind each key point's status. `money` is
    None where no price is set. `remembered`: no request was sent, the judgement had been made
    before. `disputed`: judge and local grader disagree so much that a person should look.
    `feedback` says whose words the feedback is in: composed by the program, or the model's,
    whose tokens, money, time and attempts are then counted with the judgement's, as they are
    when its words were refused.
    """

    model: str
    endpoint: str
    prompt: str = ""
    prompt_hash: str = ""
    extras: Literal["ignore", "count"] = "count"
    samples: int = Field(default=1, ge=1)
    valid: int = Field(default=0, ge=0)
    stability: Unit | None = None
    format: Literal["schema", "tool", "text"] | None = None
    tokens: JudgeTokens = JudgeTokens()
    money: float | None = Field(default=None, ge=0.0)
    currency: str | None = None
    latency_ms: float = Field(default=0.0, ge=0.0)
    attempts: int = Field(default=0, ge=0)
    remembered: bool = False
    disputed: bool = False
    feedback: Literal["composed", "model"] = "composed"
    local: FirstGrade
    error: JudgeFailure | None = None


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
    judge: JudgeReceipt | None = None
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
