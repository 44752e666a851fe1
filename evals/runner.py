"""Outcomes: for every case a grade, or the named failure that stood in its way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
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
    data: CaseFile,
    name: str,
    grader: Grader,
    advance: Callable[[], None],
    *,
    at_once: int = 1,
) -> tuple[Outcome, ...]:
    """Grade every case; one that cannot be graded becomes a failure and stops nothing.

    `name` is what the grader was asked for as. `advance` is called after every case. `at_once`
    cases are graded at the same time; the outcomes are in the order of the cases.
    """
    if at_once == 1:
        return tuple(_graded(data, name, grader, advance))
    with ThreadPoolExecutor(at_once) as pool:
        running = [pool.submit(_outcome, data.name, name, case, grader) for case in data.cases]
        return tuple(_awaited(running, advance))


def _graded(
    data: CaseFile, name: str, grader: Grader, advance: Callable[[], None]
) -> Iterator[Outcome]:
    for case in data.cases:
        yield _outcome(data.name, name, case, grader)
        advance()


def _awaited(running: Sequence[Future[Outcome]], advance: Callable[[], None]) -> Iterator[Outcome]:
    for one in running:
        yield one.result()
        advance()


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
