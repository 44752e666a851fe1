"""A line at the bottom of a terminal that lives while something is under way."""

from __future__ import annotations

from rich.cells import chop_cells
from rich.console import Console
from rich.control import Control
from rich.segment import ControlType
from rich.text import Text

FRAMES_A_SECOND = 10
_FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
_PLAIN_FRAMES = "|/-\\"
_ERASED = Control(ControlType.CARRIAGE_RETURN, (ControlType.ERASE_IN_LINE, 2))


class Indicator:
    """Draws its line over the one before, and takes it away without a trace.

    Only a terminal that can go back in a line shows it; a file or a pipe never gets anything.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._able = console.is_terminal and not console.is_dumb_terminal
        self._frames = _FRAMES if console.encoding.startswith("utf") else _PLAIN_FRAMES
        self._shown = ""

    def show(self, seconds: float, text: str) -> None:
        """Show for how long it has been under way, and a text behind that."""
        frame = self._frames[int(seconds * FRAMES_A_SECOND) % len(self._frames)]
        # A line that fills the last column would wrap, and could not be taken back.
        room = max(self._console.width - 1, 1)
        line = chop_cells(f"{frame} {int(seconds)} s  {text}", room)[0]
        if self._able and line != self._shown:
            self._erase()
            self._console.print(Text(line, style="dim"), end="", soft_wrap=True)
            self._shown = line

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            self._erase()
            self._shown = ""

    def _erase(self) -> None:
        self._console.control(_ERASED)
