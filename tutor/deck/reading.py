"""Reading lines into blocks: cards in draft, and everything between them.

One reader serves both readings, since they differ in what lines are (`lines.py`) and in where
an answer ends. Strictly an answer runs to the next tag or `---`, and other text between cards
is an error. In the default reading a heading or a comment ends an answer too, and so does a
plain paragraph after a blank line: such a paragraph is seldom the answer's, and what is part
of the reference by accident makes right answers wrong. Lists, indented lines, fences, tables,
images and display maths after a blank line continue the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NoReturn

from tutor.deck.card import CardKind, RubricLine
from tutor.deck.draft import Draft
from tutor.deck.fault import DeckFault, shown
from tutor.deck.lines import LineKind, heading_of, trim
from tutor.deck.rubric import check_tolerances, read_rubric_line

AsideKind = Literal["paragraph", "table", "quote", "list", "fence", "comment"]
BlockKind = Literal["front matter", "heading", "separator", "card"] | AsideKind

_CARD_ENDS = frozenset({"Q", "A", "C", "R", "separator", "heading", "comment"})
_CONTINUES = re.compile(
    r"[ \t\u3000]"
    r"|[-*+•·][ \t]|\(?\d{1,3}[.)](?!\d)|\d{1,3}[、．）]|（\d{1,3}）|[①-⑳]"
    r"|\||\$\$|\\\[|!\["
)
_CLOZE_BLANK = re.compile(r"(?<![!\\\]])\[[^\[\]]+\](?![(\[:])")
_RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_ASIDE_KINDS: tuple[tuple[re.Pattern[str], AsideKind], ...] = (
    (re.compile(r"\s*\|"), "table"),
    (re.compile(r"\s*>"), "quote"),
    (re.compile(r"\s*(?:[-*+•]\s|\d{1,3}[.)、]|（\d|[①-⑳])"), "list"),
)
_WHILE = {
    "Q": "new question without an answer to the one on line {0}",
    "C": "found a cloze tag while reading the question on line {0}",
    "R": "found a rubric line while reading the question on line {0}",
    "separator": "found a card separator while reading the question on line {0}",
    "heading": "found a heading while reading the question on line {0}",
}


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of the deck that belong together, `first` to `last`, 1-based and inclusive.

    The blocks of a deck cover every line that is not blank, once and in order.
    `trailing` marks text below a blank line under a card that was not taken for its answer.
    """

    kind: BlockKind
    first: int
    last: int
    text: str
    trailing: bool = False


def starts_paragraph(line: str) -> bool:
    """Whether a line below a blank one starts a plain paragraph rather than goes on."""
    return not _CONTINUES.match(line)


class Reader:
    """Walks once over the lines from index `start`, gathering `blocks` on the way."""

    def __init__(
        self, lines: list[str], kinds: list[LineKind], start: int, file: str, *, strict: bool
    ) -> None:
        self.blocks: list[Block] = []
        self._lines = lines
        self._kinds = kinds
        self._at = start
        self._file = file
        self._strict = strict
        self._title = _title_line(lines, kinds, start)
        self._headings: list[tuple[int, str]] = []

    def drafts(self) -> Iterator[Draft]:
        """Read to the end, card by card; raises `DeckFault` at a line that fits nowhere."""
        while (kind := self._kind()) is not None:
            if kind == "blank":
                self._at += 1
            elif kind == "Q":
                yield self._read_card("basic")
            elif kind == "C":
                yield self._read_card("cloze")
            else:
                self._read_between(kind)

    def _read_between(self, kind: LineKind) -> None:
        match kind:
            case "A":
                self._fail("found an answer tag without a question", 'write its "Q:" line above it')
            case "R":
                self._fail(
                    "found a rubric line without a card",
                    "put it right under the answer that it belongs to",
                )
            case "heading":
                self._read_heading()
            case "separator":
                self._at += 1
                self._add("separator", self._at - 1)
            case _:
                self._read_aside()

    def _read_heading(self) -> None:
        level, title = heading_of(self._lines[self._at])
        self._headings = [outer for outer in self._headings if outer[0] < level]
        if self._at != self._title:
            self._headings.append((level, title))
        self._at += 1
        self._add("heading", self._at - 1)

    def _read_card(self, kind: CardKind) -> Draft:
        start = self._at
        question = self._read_question() if kind == "basic" else self._read_body(kind)
        answer = self._read_body(kind) if kind == "basic" else ""
        rubric = self._read_rubric()
        if self._kind() == "A":
            what = "an answer" if kind == "basic" else "a cloze text"
            self._fail(
                f"found an answer tag while reading {what}, in the card on line {start + 1}",
                'write one "A:" for each "Q:"',
            )
        section = tuple(title for _, title in self._headings)
        self._add("card", start)
        if self._kind() == "text" and not self._strict:
            self._read_trailing()
        return Draft(kind, start + 1, question, answer, rubric, section)

    def _read_question(self) -> str:
        start = self._at
        parts = [trim(self._lines[start][2:])]
        self._at += 1
        while self._kind() != "A":
            self._check_question(start)
            parts.append(self._lines[self._at])
            self._at += 1
        return trim("\n".join(parts))

    def _check_question(self, start: int) -> None:
        if self._at == len(self._lines):
            self._at -= 1
            what = f"file ended while reading the question on line {start + 1} without an answer"
        elif what := _WHILE.get(self._kinds[self._at], ""):
            what = what.format(start + 1)
        else:
            return
        self._fail(what, 'write its answer after "A:"')

    def _read_body(self, kind: CardKind) -> str:
        parts = [trim(self._lines[self._at][2:])]
        self._at += 1
        while self._goes_on(kind, parts):
            parts.append(self._lines[self._at])
            self._at += 1
        return trim("\n".join(parts))

    def _goes_on(self, kind: CardKind, parts: list[str]) -> bool:
        line_kind = self._kind()
        if line_kind is None or line_kind in _CARD_ENDS:
            return False
        if line_kind != "text" or self._strict or self._kinds[self._at - 1] != "blank":
            return True
        line = self._lines[self._at]
        if kind == "cloze" and _CLOZE_BLANK.search(line):
            return True
        return not starts_paragraph(line) or not trim("".join(parts))

    def _read_rubric(self) -> tuple[RubricLine, ...]:
        found: list[RubricLine] = []
        while self._kind() == "R":
            start = self._at
            self._at += 1
            while self._kind() == "text":
                self._at += 1
            parts = [self._lines[start][2:], *self._lines[start + 1 : self._at]]
            found.append(read_rubric_line(" ".join(map(trim, parts)), self._file, start + 1))
            while self._kind() == "blank":
                self._at += 1
        check_tolerances(found, self._file)
        return tuple(found)

    def _read_trailing(self) -> None:
        start = self._at
        while self._kind() in {"text", "blank", "fence"}:
            self._at += 1
        self._add("paragraph", start, trailing=True)

    def _read_aside(self) -> None:
        start = self._at
        kind, line = self._kinds[start], self._lines[start]
        if kind == "text" and self._strict:
            self._fail(
                f"found text that is no flashcard: {shown(line)}",
                'write a "Q:" or "C:" tag before it',
            )
        while self._kind() == kind:
            self._at += 1
        if kind == "text" and self._at == start + 1 and _RULE.match(line):
            self._add("separator", start)
        else:
            self._add(_aside_kind(kind, line), start)

    def _kind(self) -> LineKind | None:
        return self._kinds[self._at] if self._at < len(self._kinds) else None

    def _add(self, kind: BlockKind, start: int, *, trailing: bool = False) -> None:
        end = self._at
        while self._kinds[end - 1] == "blank":
            end -= 1
        text = "\n".join(self._lines[start:end])
        self.blocks.append(Block(kind, start + 1, end, text, trailing))

    def _fail(self, what: str, mend: str) -> NoReturn:
        raise DeckFault(self._file, self._at + 1, what, mend)


def _title_line(lines: list[str], kinds: list[LineKind], start: int) -> int | None:
    """Index of the heading that is the deck's title: first in the file, alone at level 1."""
    first = next((at for at in range(start, len(kinds)) if kinds[at] != "blank"), None)
    if first is None or kinds[first] != "heading":
        return None
    top = [at for at, kind in enumerate(kinds) if kind == "heading" and _level(lines[at]) == 1]
    return first if top == [first] else None


def _level(line: str) -> int:
    return heading_of(line)[0]


def _aside_kind(kind: LineKind, line: str) -> AsideKind:
    if kind == "fence" or kind == "comment":
        return kind
    return next((name for pattern, name in _ASIDE_KINDS if pattern.match(line)), "paragraph")
