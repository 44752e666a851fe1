"""Outcomes: for every case a grade, or the named failure that stood in its way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from evals.cases import Case, CaseFile
from evals.files import read_bytes, write_text
from tutor.errors import InvalidInputError, TutorError
from tutor.grading.grade import Grade, Grader, Unit, Verdict


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Opinion(_Value):
    """What people said about an answer."""

    verdict: Verdict
    score: Unit


class Failure(_Value):
    """Why an answer has no grade: `type` names the kind of `TutorError`."""

    type: str
    detail: str


class Outcome(_Value):
    """A case and what became of it: exactly one of `grade` and `error` is there."""

    data: str
    grader: str
    id: str
    question: str
    language: str
    human: Opinion
    grade: Grade | None = None
    error: Failure | None = None


def run(
    data: CaseFile, name: str, grader: Grader, advance: Callable[[], None]
) -> tuple[Outcome, ...]:
    """Grade every case; one that cannot be graded becomes a failure and stops nothing.

    `name` is what the grader was asked for as. `advance` is called after every case.
    """
    outcomes = []
    for case in data.cases:
        outcomes.append(_outcome(data.name, name, case, grader))
        advance()
    return tuple(outcomes)


def _outcome(data: str, name: str, case: Case, grader: Grader) -> Outcome:
    grade, failure = None, None
    try:
        grade = grader.grade(case.item, case.answer)
    except TutorError as error:
        failure = Failure(type=error.type, detail=str(error))
    return Outcome(
        data=data,
        grader=name,
        id=case.id,
        question=case.question,
        language=case.language,
        human=Opinion(verdict=case.verdict, score=case.score),
        grade=grade,
        error=failure,
    )


def write_outcomes(path: Path, outcomes: Sequence[Outcome]) -> None:
    """Write one JSON object a line."""
    write_text(path, "".join(outcome.model_dump_json() + "\n" for outcome in outcomes))


def read_outcomes(path: Path) -> tuple[Outcome, ...]:
    """Read what `write_outcomes` wrote; raises `InvalidInputError` naming file and line."""
    lines = read_bytes(path, "a file made by run --outcomes").split(b"\n")
    return tuple(_read(line, path, number) for number, line in enumerate(lines, 1) if line)


def _read(line: bytes, path: Path, number: int) -> Outcome:
    try:
        return Outcome.model_validate_json(line)
    except ValidationError as error:
        raise InvalidInputError(
            f"{path}:{number}: not an outcome; name a file made by run --outcomes"
        ) from error
