"""What the screen is written on: lines broken to the width of the terminal, safe to show."""

from __future__ import annotations

from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.text import Text

from tutor.cli.maths import readable
from tutor.cli.printable import printable
from tutor.cli.wrapping import wrapped

_WIDEST = 96  # longer lines are hard to follow, however wide the window is


class Page:
    """Writes to a rich console; lines are broken to its width only at a terminal."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self._width = min(console.width, _WIDEST) if console.is_terminal else 10_000

    @property
    def is_terminal(self) -> bool:
        """Whether a person is at the other end."""
        return self.console.is_terminal

    def has_room(self, line: str) -> bool:
        """Whether a text fits on one line."""
        return cell_len(line) <= self._width

    def cut(self, line: str) -> str:
        """A text cut to one line, its last character an ellipsis when it was longer."""
        if self.has_room(line):
            return line
        return chop_cells(line, self._width - 1)[0] + "…"

    def text(self, text: str, indent: str = "", style: str = "") -> None:
        """Write what a deck, an answer or a grader says."""
        shown = wrapped(printable(readable(text)), self._width, indent)
        self.line(Text(shown, style=style))

    def say(self, text: str, style: str = "") -> None:
        """Write our own words."""
        self.line(Text(wrapped(text, self._width), style=style))

    def line(self, line: Text) -> None:
        """Write a line as it is."""
        self.console.print(line, soft_wrap=True)

    def gap(self) -> None:
        """Leave a line empty."""
        self.console.print()
