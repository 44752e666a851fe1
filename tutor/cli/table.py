"""Tables for people."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, chop_cells
from rich.console import Console

_GAP = "  "
_NARROWEST = 8  # columns that a text column keeps however narrow the terminal is


def show_table(columns: Sequence[str], rows: Sequence[Sequence[str | int]]) -> None:
    """Print a table, a row a line; at a terminal the widest cells are cut until it fits.

    Numbers stand on the right. Through a pipe nothing is cut.
    """
    console = Console(markup=False, highlight=False, emoji=False)
    cells = [list(columns), *([str(cell) for cell in row] for row in rows)]
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    if console.is_terminal:
        widths = _fitted(widths, console.width - len(_GAP) * (len(widths) - 1))
    numeric = [all(isinstance(row[index], int) for row in rows) for index in range(len(columns))]
    for line in cells:
        parts = map(_placed, line, widths, numeric)
        console.out(_GAP.join(parts).rstrip(), highlight=False)


def _fitted(widths: list[int], room: int) -> list[int]:
    """The widths with the widest made narrower until they fit or none can be."""
    fitted = list(widths)
    while sum(fitted) > room and max(fitted) > _NARROWEST:
        fitted[fitted.index(max(fitted))] -= 1
    return fitted


def _placed(cell: str, width: int, numeric: bool) -> str:
    if cell_len(cell) > width:
        cell = chop_cells(cell, width - 1)[0] + "…"
    padding = " " * (width - cell_len(cell))
    return padding + cell if numeric else cell + padding
