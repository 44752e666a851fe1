"""What the learner types, read line by line from a terminal or a pipe.

An answer may have several lines and ends with an empty line or the end of the input. Empty
lines before an answer are skipped. A line that stands alone before an answer can be a command:
`?` next hint, `s` skip, `q` quit, `o c` / `o p` / `o i` rule the answer before this one
correct, partial or incorrect. With a space before it, such a line is the answer itself.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal, Protocol

from tutor.errors import InvalidInputError
from tutor.grading.grade import Verdict

VERDICT_KEYS: dict[str, Verdict] = {
    "c": "correct",
    "p": "partial",
    "i": "incorrect",
    "1": "correct",
    "2": "partial",
    "3": "incorrect",
}
_COMMANDS: dict[str, Literal["hint", "skip", "quit"]] = {
    "?": "hint",
    "？": "hint",
    "s": "skip",
    "q": "quit",
}


class Lines(Protocol):
    """Where lines come from. `read` gives None at the end of the input."""

    @property
    def interactive(self) -> bool: ...

    def read(self, prompt: str = "") -> str | None: ...

    def wait(self, job: Future[Any], show: Callable[[float], None]) -> bool:
        """Wait for a job, or until a line begins; whether the job is done.

        `show` is called over and over with the seconds since it began to wait.
        """
        ...


class TerminalLines:
    """A person at a terminal, with line editing where Python has it."""

    interactive = True

    def __init__(self) -> None:
        # Without readline the backspace key misplaces wide characters, and a key that was pressed
        # while waiting would not be shown.
        try:
            import readline  # noqa: F401

            from tutor.cli.keys import done_before_key
        except ImportError:
            self._done_before_key = None
        else:
            self._done_before_key = done_before_key

    def read(self, prompt: str = "") -> str | None:
        try:
            return input(prompt)
        except EOFError:
            print()
            return None

    def wait(self, job: Future[Any], show: Callable[[float], None]) -> bool:
        if self._done_before_key is None:
            return job.done()
        return self._done_before_key(sys.stdin.fileno(), job, show)


class PipedLines:
    """A program or a file on standard input, in UTF-8; prompts are left out."""

    interactive = False

    def __init__(self, stream: BinaryIO, name: str = "standard input") -> None:
        self._stream = stream
        self._name = name
        self._number = 0

    def read(self, prompt: str = "") -> str | None:
        line = self._stream.readline()
        self._number += 1
        if not line:
            return None
        try:
            text = line.decode("utf-8-sig" if self._number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise InvalidInputError(
                f"{self._name}:{self._number}: byte {error.start + 1} is not UTF-8;"
                " convert the input to UTF-8"
            ) from error
        return text.rstrip("\r\n")

    def wait(self, job: Future[Any], show: Callable[[float], None]) -> bool:
        wait([job])
        return True


def lines_of_stdin() -> Lines:
    """A person's lines when both ends are a terminal, else piped lines."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        return TerminalLines()
    return PipedLines(sys.stdin.buffer)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said at a question: an answer's text, a command, or a ruling."""

    kind: Literal["answer", "hint", "skip", "quit", "ruling"]
    text: str = ""
    verdict: Verdict | None = None


def listen(lines: Lines, first_prompt: str, next_prompt: str) -> Said | None:
    """The next thing said; None at the end of the input.

    `InvalidInputError` when a piped line is not UTF-8.
    """
    first = _first_line(lines, first_prompt)
    if first is None:
        return None
    return command_of(first) or Said("answer", _answer(first, lines, next_prompt))


def command_of(line: str) -> Said | None:
    """The command that a line is, or None when it is text."""
    line = line.rstrip()
    if line in _COMMANDS:
        return Said(_COMMANDS[line])
    key = line.removeprefix("o ").strip()
    if line.startswith("o ") and key in VERDICT_KEYS:
        return Said("ruling", verdict=VERDICT_KEYS[key])
    return None


def _first_line(lines: Lines, prompt: str) -> str | None:
    while (line := lines.read(prompt)) is not None:
        if line.strip():
            return line
    return None


def _answer(first: str, lines: Lines, prompt: str) -> str:
    parts = [first]
    while (line := lines.read(prompt)) is not None and line.strip():
        parts.append(line)
    return "\n".join(parts).strip()
