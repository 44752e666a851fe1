"""A comma-separated table: which delimiter it has, its header, and its records by line."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from evals.files import read_bytes
from evals.importing.decoding import exact_text
from tutor.errors import InvalidInputError

_DELIMITERS = ",;\t|"
_WANTED = "a table as .csv or .tsv; save an .xlsx as CSV UTF-8 first"
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Record:
    """The cells of a record, and the line on which it begins."""

    line: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """A table's header and what comes after it, blank records left out."""

    file: Path
    header: tuple[str, ...]
    records: Iterator[Record]


def read_table(
    file: Path, known: Collection[str], delimiter: str | None, encoding: str | None
) -> Table:
    """Open a table; the delimiter, if not given, is that by which most `known` columns appear.

    Names in `known` are as `plain` makes them. Raises `InvalidInputError` for a file that is no
    table, and, when the records are read, for a quotation that never ends.
    """
    text = _text(file, encoding)
    first, _, rest = text.partition("\n")
    skipped = 0
    if first.lower().startswith("sep=") and len(first.strip()) == len("sep=") + 1:
        # Excel's own way of naming the delimiter.
        delimiter, text, skipped = delimiter or first[len("sep=")], rest, 1
    delimiter = delimiter or max(_DELIMITERS, key=lambda each: _fit(text, each, known))
    records = _records(file, text, delimiter, skipped)
    header = next(records, None)
    if header is None:
        raise InvalidInputError(f"{file}: is empty; name {_WANTED}")
    return Table(file, tuple(" ".join(cell.split()) for cell in header.cells), records)


def plain(name: str) -> str:
    """A column's name without what people vary: case, blanks, underscores, full width."""
    return " ".join(name.casefold().replace("_", " ").replace("：", ":").split())


def _text(file: Path, encoding: str | None) -> str:
    content = read_bytes(file, _WANTED)
    if content.startswith(_ZIP):
        raise InvalidInputError(f"{file}: is a workbook, not a table; save it as CSV UTF-8")
    return exact_text(file, content, encoding).replace("\r\n", "\n").replace("\r", "\n")


def _fit(text: str, delimiter: str, known: Collection[str]) -> tuple[int, int]:
    """How many known columns the first record has by this delimiter, and how many columns."""
    try:
        header = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return 0, 0
    return sum(plain(cell) in known for cell in header), len(header)


def _records(file: Path, text: str, delimiter: str, skipped: int) -> Iterator[Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1 + skipped
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise InvalidInputError(
                f"{file}:{line}: the record that begins here cannot be read ({error}); a cell with "
                'quotation marks is written "so ""quoted"" it is"'
            ) from error
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield Record(line, cells)
