"""A fault in a deck: where it is, what is wrong, and what the author can do about it."""

from __future__ import annotations

from tutor.errors import DeckError


class DeckFault(DeckError):
    """A deck cannot be read; `str()` is `file:line: what; mend`.

    `line` is the true 1-based line of the file, or None when the fault is the file's own.
    """

    def __init__(self, file: str, line: int | None, what: str, mend: str) -> None:
        place = file if line is None else f"{file}:{line}"
        super().__init__(f"{place}: {what}; {mend}")
        self.file = file
        self.line = line
        self.detail = f"{what}; {mend}"


def shown(text: str, width: int = 40) -> str:
    """The text quoted on one line, cut to `width` characters: for messages."""
    flat = " ".join(text.split())
    return f'"{flat}"' if len(flat) <= width else f'"{flat[: width - 1]}…"'
