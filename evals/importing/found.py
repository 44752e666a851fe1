"""What a reader finds in a file: a row, a row that is wrong, or one that is not for grading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from evals.cases import Cuts, case_of
from evals.rows import Row, row_at
from tutor.errors import InvalidInputError


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be read; the message names file and line and says what to do."""

    message: str


@dataclass(frozen=True)
class LeftOut:
    """A row that is sound and has no place among the cases; `reason` is shared by its kind."""

    reason: str


Found = Row | BadRow | LeftOut


def found_at(place: str, fields: dict[str, Any]) -> Found:
    """The row of these fields if it makes a case, else what is wrong with it."""
    try:
        row = row_at(place, {name: value for name, value in fields.items() if value is not None})
        case_of(row, Cuts(), place)
    except InvalidInputError as error:
        return BadRow(str(error))
    return row
