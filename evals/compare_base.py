"""Outcomes in brief: what a later run is compared with, small enough to be committed.

The first line says of which grader on which data set they are and who made the grades; each
further line is one case as a list, in the order of `Line`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from evals.files import read_bytes
from evals.outcomes import BriefGrade, BriefOutcome, MadeBy, Opinion, read_brief_outcomes
from tutor.errors import InvalidInputError
from tutor.grading.grade import Unit, Verdict

_WANTED = "outcomes made by run --outcomes or by compare-base, or a folder of them"


class Head(BaseModel):
    """The first line of a file; `makers` are those that the lines point to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["outcomes in brief, 1"] = "outcomes in brief, 1"
    data: str
    grader: str
    makers: tuple[MadeBy, ...]


class Line(NamedTuple):
    """One case: a grade by the maker of that number, or the kind of failure."""

    id: str
    content: str
    question: str
    language: str
    human_verdict: Verdict
    human_score: Unit
    verdict: Verdict | None
    score: Unit | None
    confidence: Unit | None
    unsure: bool
    maker: Annotated[int, Field(ge=0)]
    error: str | None


_LINE = TypeAdapter(Line)


def in_brief(outcomes: Sequence[BriefOutcome]) -> str:
    """The text of a file of outcomes of one grader on one data set, by id.

    What paid models and the clock took is left out, so that the same grades are the same text.
    """
    makers = tuple(sorted({o.grade.made_by for o in outcomes if o.grade is not None}, key=str))
    head = Head(data=outcomes[0].data, grader=outcomes[0].grader, makers=makers)
    lines = (_line(outcome, makers) for outcome in sorted(outcomes, key=lambda one: one.id))
    return "\n".join([head.model_dump_json(), *lines]) + "\n"


def read_side(path: Path) -> tuple[BriefOutcome, ...]:
    """The outcomes of one grader, in brief or whole, in a file or in all `*.jsonl` of a folder.

    Raises `InvalidInputError` naming the file when it holds something else, and when several
    graders are found or none.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    outcomes = tuple(outcome for file in files for outcome in _read(file))
    names = sorted({outcome.grader for outcome in outcomes})
    if len(names) != 1:
        found = ", ".join(names) or "none"
        raise InvalidInputError(f"{path}: outcomes of {found}; name those of one grader")
    return outcomes


def _line(outcome: BriefOutcome, makers: Sequence[MadeBy]) -> str:
    grade = outcome.grade
    return _LINE.dump_json(
        Line(
            id=outcome.id,
            content=outcome.content,
            question=outcome.question,
            language=outcome.language,
            human_verdict=outcome.human.verdict,
            human_score=outcome.human.score,
            verdict=None if grade is None else grade.verdict,
            score=None if grade is None else grade.score,
            confidence=None if grade is None else grade.confidence,
            unsure=grade is not None and grade.unsure,
            maker=0 if grade is None else makers.index(grade.made_by),
            error=outcome.error,
        )
    ).decode()


def _read(path: Path) -> Iterable[BriefOutcome]:
    first, _, rest = read_bytes(path, _WANTED).partition(b"\n")
    try:
        head = Head.model_validate_json(first)
    except ValidationError:
        return read_brief_outcomes(path)
    return _of_lines(path, head, rest.splitlines())


def _of_lines(path: Path, head: Head, lines: Iterable[bytes]) -> Iterator[BriefOutcome]:
    for number, text in enumerate(lines, 2):
        try:
            line = _LINE.validate_json(text)
            yield _outcome(head, line)
        except (ValidationError, IndexError) as error:
            raise InvalidInputError(f"{path}:{number}: not a case; make the file again") from error


def _outcome(head: Head, line: Line) -> BriefOutcome:
    return BriefOutcome(
        data=head.data,
        grader=head.grader,
        id=line.id,
        question=line.question,
        language=line.language,
        human=Opinion(line.human_verdict, line.human_score),
        grade=_grade(head, line),
        error=line.error,
        cost=None,
        content=line.content,
    )


def _grade(head: Head, line: Line) -> BriefGrade | None:
    if line.verdict is None or line.score is None:
        return None
    return BriefGrade(
        verdict=line.verdict,
        score=line.score,
        confidence=line.confidence,
        unsure=line.unsure,
        made_by=head.makers[line.maker],
        elapsed_ms=None,
    )
