"""What every imported row gets, whatever its format: a language, a set, an id of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from evals.importing.found import Found
from evals.rows import Row
from tutor.grading.language import language_of


@dataclass(frozen=True)
class Stated:
    """What the user says of all rows; it goes before what the files say."""

    dataset: str | None = None
    split: str | None = None
    language: str | None = None


def finished(found: Iterator[Found], stated: Stated) -> Iterator[Found]:
    """The same with what is stated filled in, and with `-2`, `-3` ... on an id seen before.

    A spreadsheet's id is often the student's, who answers more than one question.
    """
    taken: set[str] = set()
    next_number: dict[str, Iterator[int]] = {}
    for each in found:
        if not isinstance(each, Row):
            yield each
            continue
        id = each.id
        while id in taken:
            id = f"{each.id}-{next(next_number.setdefault(each.id, count(2)))}"
        taken.add(id)
        yield each.model_copy(update={"id": id, **_said(each, stated)})


def _said(row: Row, stated: Stated) -> dict[str, str | None]:
    return {
        "dataset": stated.dataset or row.dataset,
        "split": stated.split or row.split,
        "lang": stated.language or row.lang or _language(row),
    }


def _language(row: Row) -> str:
    """That of the answer; of the question for a bare number, and English for neither."""
    return language_of(row.answer, language_of(row.question, "en"))
