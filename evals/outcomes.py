"""Outcomes: for every case a grade, or the named failure that stood in its way."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypeAlias

from pydantic import BaseModel, ConfigDict, ValidationError

from evals.cases import Case
from evals.files import open_bytes
from tutor.errors import InvalidInputError
from tutor.grading.grade import Grade, Receipt, Unit, Verdict

NO_CONFIDENCE = "none, states no confidence"
"""Calibration in the receipt of a grade whose `confidence` and `unsure` mean nothing."""


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What people said about an answer."""

    verdict: Verdict
    score: Unit


class Failure(_Value):
    """Why an answer has no grade: `type` names the kind of `TutorError`."""

    type: str
    detail: str


@dataclass(frozen=True, slots=True)
class Cost:
    """What one outcome took of a paid model; `money` is None where no price is known.

    `remembered`: the reply had been paid for before, so the tokens cost nothing this time.
    """

    input_tokens: int = 0
    output_tokens: int = 0
    money: float | None = None
    currency: str | None = None
    remembered: bool = False


class Outcome(_Value):
    """A case and what became of it: exactly one of `grade` and `error` is there.

    `key` says which answer was graded by what, so that a later run knows whether the outcome is
    still that of the case. `content` says which answer to which item that was, whoever graded it.
    Both are empty in files of older versions. `cost` is there where the grade's receipt cannot
    name it: for a failure, and for a grader of the user's own.
    """

    data: str
    grader: str
    id: str
    question: str
    language: str
    human: Opinion
    grade: Grade | None = None
    error: Failure | None = None
    cost: Cost | None = None
    key: str = ""
    content: str = ""


class MadeBy(NamedTuple):
    """Who made a grade, as its receipt says."""

    grader: str
    embedder: str
    calibration: str
    policy: str
    judge: str | None


@dataclass(frozen=True, slots=True)
class BriefGrade:
    """What statistics need of a grade; `confidence` is None where the grader states none."""

    verdict: Verdict
    score: float
    confidence: float | None
    unsure: bool
    made_by: MadeBy
    elapsed_ms: float | None
    """None where it was not kept."""


@dataclass(frozen=True, slots=True)
class BriefOutcome:
    """What statistics need of an outcome, in a tenth of its memory."""

    data: str
    grader: str
    id: str
    question: str
    language: str
    human: Opinion
    grade: BriefGrade | None
    error: str | None
    """The kind of failure."""
    cost: Cost | None
    content: str = ""


AnyOutcome: TypeAlias = Outcome | BriefOutcome


def opinion_of(case: Case) -> Opinion:
    """What people said about a case."""
    return Opinion(case.verdict, case.score)


def content_of(case: Case) -> str:
    """Hash of the item and the answer, in 16 hexadecimal digits; people's grades are no part."""
    content = json.dumps([asdict(case.item), case.answer])
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def brief(outcome: AnyOutcome) -> BriefOutcome:
    """An outcome without what only a reader wants: key points, reasons, feedback."""
    if isinstance(outcome, BriefOutcome):
        return outcome
    return BriefOutcome(
        data=outcome.data,
        grader=outcome.grader,
        id=outcome.id,
        question=outcome.question,
        language=outcome.language,
        human=outcome.human,
        grade=None if outcome.grade is None else _brief_grade(outcome.grade),
        error=None if outcome.error is None else outcome.error.type,
        cost=_cost(outcome),
        content=outcome.content,
    )


def read_brief_outcomes(path: Path) -> tuple[BriefOutcome, ...]:
    """What statistics need of the outcomes that a file made by `run --outcomes` ends with.

    Of several on one case by one grader the last counts. Raises `InvalidInputError` naming file
    and line.
    """
    return tuple({(o.data, o.grader, o.id): brief(o) for o in each_outcome(path)}.values())


def each_outcome(path: Path) -> Iterator[Outcome]:
    """Every line of a file of outcomes, without a last one that a killed run left unfinished.

    Raises `InvalidInputError` naming file and line.
    """
    with open_bytes(path, "a file made by run --outcomes") as file:
        for number, line in enumerate(file, 1):
            try:
                yield Outcome.model_validate_json(line)
            except ValidationError as error:
                if is_unfinished(line):
                    return
                raise InvalidInputError(
                    f"{path}:{number}: not an outcome; name a file made by run --outcomes"
                ) from error


_BEGINNING = b'{"data":"'


def is_unfinished(line: bytes) -> bool:
    """Whether a line is the beginning of an outcome without its end."""
    return not line.endswith(b"\n") and line[: len(_BEGINNING)] == _BEGINNING[: len(line)]


def _brief_grade(grade: Grade) -> BriefGrade:
    made_by = _made_by(grade.receipt)
    return BriefGrade(
        verdict=grade.verdict,
        score=grade.score,
        confidence=None if made_by.calibration == NO_CONFIDENCE else grade.confidence,
        unsure=grade.unsure,
        made_by=made_by,
        elapsed_ms=grade.receipt.elapsed_ms,
    )


def _made_by(receipt: Receipt) -> MadeBy:
    judge = None if receipt.judge is None else receipt.judge.model
    return _one(
        MadeBy(receipt.grader, receipt.embedder, receipt.calibration, receipt.policy, judge)
    )


@lru_cache(maxsize=256)
def _one(made_by: MadeBy) -> MadeBy:
    """The same object for all equal ones: a hundred thousand grades have a handful of makers."""
    return made_by


def _cost(outcome: Outcome) -> Cost | None:
    judge = None if outcome.grade is None else outcome.grade.receipt.judge
    if judge is None:
        return outcome.cost
    return Cost(
        judge.tokens.input, judge.tokens.output, judge.money, judge.currency, judge.remembered
    )
