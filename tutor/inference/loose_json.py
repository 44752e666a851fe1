"""Reads one object of what is nearly JSON."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

_GAP = re.compile(r"\s*")
_COMMENTS = {"//": "\n", "#": "\n", "/*": "*/"}
_NAME = re.compile(r"[^\W\d]\w*")
_NUMBER = re.compile(r"-?\d{1,300}(?:\.\d{1,300})?(?:[eE][+-]?\d{1,3})?(?![\w.])")
_WORDS = {"true": True, "false": False, "null": None, "True": True, "False": False, "None": None}
_LAST_WORD = re.compile(r"[-+.\w]*\Z")
_CLOSERS = {'"': '"', "'": "'", "“": "”", "‘": "’"}
_STOPS = {closer: re.compile(rf"[\\{closer}]") for closer in _CLOSERS.values()}
_AFTER_STRING = re.compile(r"\s*(?:[,:}\]]|//|/\*|#|\Z)")
_ESCAPED = re.compile(r"\\(u[0-9A-Fa-f]{4}|.)", re.DOTALL)
_CONTROLS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class NotJsonError(ValueError):
    """What stands here cannot be read as an object."""


class HopelessError(NotJsonError):
    """The text ends inside of what had begun as an object, or that nests too deeply.

    What stands inside of it is no object of its own.
    """


class LooseReader:
    """Reads objects of a text; `wasted` counts the characters that were read in vain so far.

    `build` makes an object of its pairs, and may raise `NotJsonError`.
    """

    def __init__(
        self,
        text: str,
        build: Callable[[list[tuple[str, Any]]], dict[str, Any]],
        *,
        deepest: int,
    ) -> None:
        self.wasted = 0
        self._text, self._build, self._deepest = text, build, deepest
        self._at = 0

    def read_object(self, start: int) -> tuple[dict[str, Any], int]:
        """The object whose brace stands at `start`, and where it ends.

        Raises `HopelessError` or, when one may stand further on, another `NotJsonError`.
        """
        self._at, self._keyed = start, False
        try:
            return self._object(1), self._at
        except NotJsonError:
            self.wasted += self._at - start
            raise
        except IndexError:
            self.wasted += len(self._text) - start
            raise (HopelessError if self._keyed else NotJsonError) from None

    def _object(self, depth: int) -> dict[str, Any]:
        pairs: list[tuple[str, Any]] = []
        self._open(depth)
        while not self._closes("}"):
            key = self._key()
            self._expect(":")
            self._keyed = True
            pairs.append((key, self._value(depth + 1)))
            self._separate("}")
        return self._build(pairs)

    def _list(self, depth: int) -> list[Any]:
        values: list[Any] = []
        self._open(depth)
        while not self._closes("]"):
            values.append(self._value(depth + 1))
            self._separate("]")
        return values

    def _value(self, depth: int) -> Any:
        match self._next():
            case "{":
                return self._object(depth)
            case "[":
                return self._list(depth)
            case char if char in _CLOSERS:
                return self._string(_CLOSERS[char])
            case _:
                return self._literal()

    def _key(self) -> str:
        if (char := self._next()) in _CLOSERS:
            return self._string(_CLOSERS[char])
        return self._match(_NAME)

    def _literal(self) -> Any:
        if self._text[self._at] in "-0123456789":
            number = self._match(_NUMBER)
            return int(number) if number.lstrip("-").isdigit() else float(number)
        word = self._match(_NAME)
        if word in _WORDS:
            return _WORDS[word]
        raise IndexError if self._at == len(self._text) else NotJsonError

    def _string(self, closer: str) -> str:
        """A quote closes the string where a comma, a colon or a bracket may follow it."""
        start = self._at = self._at + 1
        while stop := _STOPS[closer].search(self._text, self._at):
            self._at = stop.end()
            if stop[0] == "\\":
                self._at += 1
            elif _AFTER_STRING.match(self._text, self._at):
                return _ESCAPED.sub(_unescape, self._text[start : stop.start()])
        raise IndexError

    def _open(self, depth: int) -> None:
        if depth > self._deepest:
            raise HopelessError
        self._at += 1

    def _closes(self, closer: str) -> bool:
        closed = self._next() == closer
        self._at += closed
        return closed

    def _separate(self, closer: str) -> None:
        if self._next() != closer:
            self._expect(",")

    def _expect(self, char: str) -> None:
        if self._next() != char:
            raise NotJsonError
        self._at += 1

    def _next(self) -> str:
        """The next character that is neither blank nor comment; raises `IndexError` at the end."""
        self._skip_blanks()
        while (end := self._comment_end()) is not None:
            if (found := self._text.find(end, self._at + 1)) < 0:
                raise IndexError
            self._at = found + len(end)
            self._skip_blanks()
        return self._text[self._at]

    def _skip_blanks(self) -> None:
        gap = _GAP.match(self._text, self._at)
        self._at = gap.end() if gap else self._at

    def _comment_end(self) -> str | None:
        for start, end in _COMMENTS.items():
            if self._text.startswith(start, self._at):
                return end
        return None

    def _match(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        if found is None:
            raise IndexError if _LAST_WORD.match(self._text, self._at) else NotJsonError
        self._at = found.end()
        return found[0]


def _unescape(found: re.Match[str]) -> str:
    code = found[1]
    if len(code) > 1:
        return chr(int(code[1:], 16))
    return _CONTROLS.get(code, code)
