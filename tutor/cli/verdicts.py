"""Answers that people have ruled on or labelled, read from JSON Lines."""

from __future__ import annotations

from typing import Any

from tutor.calibrating.answers import LabelledAnswer
from tutor.cli.batch import answered, numbered_lines, record_of
from tutor.cli.human_verdict import human_verdict
from tutor.cli.target import opened_input
from tutor.errors import InvalidInputError
from tutor.grading.grade import Verdict
from tutor.grading.ruling import Ruled
from tutor.submission import check_member, check_submission


def read_verdicts(path: str, limit: int) -> list[Ruled]:
    """The ruled answers in a file, or on standard input for `-`.

    Each line is one to grade with the verdict beside it. `limit` is the most characters of a
    text. Raises `InvalidInputError` that names the first line which is not so.
    """
    with opened_input(path) as stream:
        return [_ruled(raw, f"{path}:{number}", limit) for number, raw in numbered_lines(stream)]


def read_labelled(path: str, limit: int) -> list[LabelledAnswer]:
    """The labelled answers in a file, or on standard input for `-`.

    Each line is one to grade with a label, a score or ratings, as `docs/cases.md` has them.
    `limit` is the most characters of a text. Raises `InvalidInputError` that names the first
    line which is not so.
    """
    with opened_input(path) as stream:
        return [_labelled(raw, f"{path}:{number}", limit) for number, raw in numbered_lines(stream)]


def _labelled(raw: bytes, where: str, limit: int) -> LabelledAnswer:
    try:
        record = record_of(raw)
        item, answer = answered(record)
        check_submission(item, answer, limit)
        return LabelledAnswer(item, answer, human_verdict(record), _question(record))
    except InvalidInputError as error:
        raise type(error)(f"{where}: {error}") from error


def _question(record: dict[str, Any]) -> str:
    """What answers are held together by: the key of the question, or its text."""
    return str(record.get("question_id") or record.get("qid") or record["question"])


def _ruled(raw: bytes, where: str, limit: int) -> Ruled:
    try:
        record = record_of(raw)
        item, answer = answered(record)
        check_submission(item, answer, limit)
        return Ruled(item, answer, _verdict(record))
    except InvalidInputError as error:
        raise type(error)(f"{where}: {error}") from error


def _verdict(record: dict[str, Any]) -> Verdict:
    named = next((name for name in ("verdict", "label") if name in record), None)
    if named is None:
        raise InvalidInputError('"verdict" is missing; add correct, partial or incorrect')
    check_member(f'"{named}"', record[named], Verdict)
    verdict: Verdict = record[named]
    return verdict
