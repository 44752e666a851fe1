"""Plain tables of graded answers, such as a teacher's spreadsheet saved as CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evals.cases import verdict_of
from evals.importing.columns import KNOWN_NAMES, Columns, columns_of
from evals.importing.found import BadRow, Found, found_at
from evals.importing.numbers import number_in
from evals.importing.table import Record, plain, read_table
from tutor.errors import InvalidInputError

_SHOWN = 40


@dataclass(frozen=True)
class Layout:
    """How a table is to be read, where its own header does not say it."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """The column's name for a field: question, reference, answer, label, rater:NAME ..."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """The verdict for a word in a cell: pass: correct."""
    scale: tuple[float, float] | None = None
    """What marks run from and to; without it from 0 to 1."""
    separator: str | None = None
    """What stands between several references, key points or tags in one cell."""
    delimiter: str | None = None
    encoding: str | None = None


def spreadsheet_rows(
    paths: Sequence[Path], layout: Layout, note: Callable[[str], None]
) -> Iterator[Found]:
    """Every record of the tables; `note` is told which columns are not used.

    Raises `InvalidInputError` for what is wrong with a table as a whole: its encoding, a missing
    column, marks above 1 without a scale.
    """
    for path in paths:
        known = KNOWN_NAMES | {plain(name) for name in layout.columns.values()}
        table = read_table(path, known, layout.delimiter, layout.encoding)
        columns = columns_of(path, table.header, layout.columns)
        if columns.unused:
            note(f"{path}: columns not used: {', '.join(columns.unused)}")
        for record in table.records:
            yield _found(path, record, len(table.header), columns, layout)


def _found(path: Path, record: Record, width: int, columns: Columns, layout: Layout) -> Found:
    place = f"{path}:{record.line}"
    # A spreadsheet drops empty cells at the end, or keeps some beyond the header.
    if any(cell.strip() for cell in record.cells[width:]):
        return BadRow(
            f"{place}: {len(record.cells)} cells for {width} columns; put a cell that holds the "
            "delimiter in quotation marks"
        )
    cells = [cell.strip() for cell in record.cells] + [""] * (width - len(record.cells))
    try:
        fields = _fields(cells, columns, layout, place)
    except _BadCellError as error:
        return BadRow(f"{place}: {error}; fix the cell")
    return found_at(place, {"id": f"{path.stem}:{record.line}", **fields})


class _BadCellError(InvalidInputError):
    """What is wrong with one cell."""


def _fields(
    cells: Sequence[str], columns: Columns, layout: Layout, place: str
) -> dict[str, object]:
    plain_fields = ("id", "question_id", "question", "kind", "lang", "split")
    texts = {name: cells[columns.at[name]] or None for name in plain_fields if name in columns.at}
    if not texts["question"]:
        raise _BadCellError("question is empty")
    references = [part for at in columns.references for part in _parts(cells[at], layout, None)]
    if not references:
        raise _BadCellError("reference is empty")
    return {
        **{name: text for name, text in texts.items() if text is not None},
        "references": references,
        "answer": cells[columns.at["answer"]],
        "key_points": _parts(_cell(cells, columns, "key_points"), layout, "\n") or None,
        "tags": _parts(_cell(cells, columns, "tags"), layout, ","),
        **_grades(cells, columns, layout, place),
    }


def _grades(
    cells: Sequence[str], columns: Columns, layout: Layout, place: str
) -> dict[str, object]:
    label, score = _cell(cells, columns, "label"), _cell(cells, columns, "score")
    rated = {rater: cells[at] for rater, at in columns.raters.items() if cells[at]}
    lowest, highest = layout.scale or (0.0, 1.0)
    number = _mark(score, layout, place) if score else None
    ratings = {
        rater: _verdict(cell, layout) or _mark(cell, layout, place) for rater, cell in rated.items()
    }
    return {
        "label": _label(label, layout) if label else None,
        "score": None if number is None else (number - lowest) / (highest - lowest),
        "ratings": ratings,
        "scale": [lowest, highest] if set(map(type, ratings.values())) - {str} else None,
    }


def _label(cell: str, layout: Layout) -> str:
    verdict = _verdict(cell, layout)
    if verdict is None:
        raise _BadCellError(
            f"label {_shown(cell)} is unknown; write correct, partial or incorrect, or say what it "
            "means: --label WORD=correct"
        )
    return verdict


def _verdict(cell: str, layout: Layout) -> str | None:
    """The verdict that a cell stands for; None where it is no known word."""
    told = {plain(word): verdict for word, verdict in layout.labels.items()}
    try:
        return verdict_of(told.get(plain(cell), cell), "")
    except InvalidInputError:
        return None


def _mark(cell: str, layout: Layout, place: str) -> float:
    """A mark on the scale; a percentage is that part of it."""
    lowest, highest = layout.scale or (0.0, 1.0)
    number = number_in(cell)
    if number is None:
        raise _BadCellError(f"{_shown(cell)} is no number and no known label")
    if cell.endswith(("%", "％")):
        number = lowest + number * (highest - lowest)
    if layout.scale is None and number > 1.0:
        raise InvalidInputError(
            f"{place}: {cell} is above 1; say what the marks run from and to: --scale 0 5"
        )
    if not lowest <= number <= highest:
        raise _BadCellError(f"{cell} is outside the scale from {lowest:g} to {highest:g}")
    return number


def _shown(cell: str) -> str:
    """A cell for a message: on one line, and of a long one its beginning."""
    return repr(cell if len(cell) <= _SHOWN else f"{cell[:_SHOWN]}...")


def _cell(cells: Sequence[str], columns: Columns, field: str) -> str:
    return cells[columns.at[field]] if field in columns.at else ""


def _parts(cell: str, layout: Layout, otherwise: str | None) -> list[str]:
    """What a cell holds, cut at the layout's separator or, without one, at `otherwise`."""
    separator = layout.separator or otherwise
    parts = cell.split(separator) if separator else [cell]
    return [part.strip() for part in parts if part.strip()]
