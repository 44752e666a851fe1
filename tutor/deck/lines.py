"""Lines of a deck and what each of them is, in either reading.

The strict reading knows the line classes of `eudoxia0/hashcards` and nothing else: `Q:`,
`A:` and `C:` at column 0, the separator `---`, blank lines and text. The default reading also
knows full-width colons, `R:`, headings, fenced code and HTML comments; what stands inside a
fence or a comment is never a tag there.
"""

from __future__ import annotations

import re
from typing import Literal

from tutor.deck.fault import DeckFault

LineKind = Literal[
    "Q", "A", "C", "R", "separator", "heading", "comment", "fence", "blank", "text"
]  # fmt: skip

# Rust's `char::is_whitespace`. Python's `str.strip` would also take \x1c-\x1f.
_WHITESPACE = (
    "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
_STRICT_TAGS: dict[str, LineKind] = {"Q:": "Q", "A:": "A", "C:": "C"}
_TAGS: dict[str, LineKind] = {
    **_STRICT_TAGS, "R:": "R", "Q：": "Q", "A：": "A", "C：": "C", "R：": "R"
}  # fmt: skip
_DRIVE_PATH = re.compile(r"C:(?:\\(?![\[\]])|/\w)")
_HEADING = re.compile(r"(#{1,6})[ \t]+(\S.*?)(?:[ \t]+#+)?[ \t]*$")
_FENCE = re.compile(r"[ \t]*(`{3,}(?=[^`]*$)|~{3,})")


def trim(text: str) -> str:
    """The text without surrounding white space, as Rust's `trim` has it."""
    return text.strip(_WHITESPACE)


def split_lines(text: str) -> list[str]:
    r"""The lines of a text: only `\n` and `\r\n` end one, and an empty last line is none."""
    lines = text.replace("\r\n", "\n").split("\n")
    return lines if lines[-1] else lines[:-1]


def heading_of(line: str) -> tuple[int, str]:
    """Level (1 to 6) and title of a line of kind `heading`."""
    found = _HEADING.match(line)
    assert found is not None
    return len(found[1]), found[2]


def strict_kinds(lines: list[str]) -> list[LineKind]:
    """What each line is to upstream."""
    return [_STRICT_TAGS.get(line[:2]) or _plain_kind(line) for line in lines]


def loose_kinds(lines: list[str], start: int, file: str) -> list[LineKind]:
    """What each line is in the default reading, counting from index `start`.

    Lines before `start` are front matter and come back as `blank`. Raises `DeckFault` for a
    fence or a comment that is never closed, since the rest of the deck would vanish in it.
    """
    kinds: list[LineKind] = ["blank"] * start
    while (at := len(kinds)) < len(lines):
        line = lines[at]
        kind = _loose_kind(line)
        kinds.append(kind)
        if kind == "comment":
            kinds += ["comment"] * (_comment_end(lines, at, file) - at)
        elif fence := _opened_fence(line[2:] if kind in _TAGS.values() else line):
            kinds += ["fence"] * (_fence_end(lines, at, fence, file) - at)
    return kinds


def _plain_kind(line: str) -> LineKind:
    text = trim(line)
    if not text:
        return "blank"
    return "separator" if text == "---" else "text"


def _loose_kind(line: str) -> LineKind:
    if tag := _TAGS.get(line[:2]):
        return "text" if _DRIVE_PATH.match(line) else tag
    if line.startswith("#") and _HEADING.match(line):
        return "heading"
    if line.startswith("<!--"):
        return "comment"
    return "fence" if _opened_fence(line) else _plain_kind(line)


def _opened_fence(line: str) -> str:
    """The backticks or tildes with which the line opens a fence, or an empty string."""
    if "```" not in line and "~~~" not in line:
        return ""
    found = _FENCE.match(line)
    return found[1] if found else ""


def _fence_end(lines: list[str], opened: int, fence: str, file: str) -> int:
    for at in range(opened + 1, len(lines)):
        mark = lines[at].strip()
        if len(mark) >= len(fence) and mark == fence[0] * len(mark):
            return at
    raise DeckFault(
        file, opened + 1, "the code fence that opens here is never closed", f'add "{fence}" below'
    )


def _comment_end(lines: list[str], opened: int, file: str) -> int:
    start = len("<!--")
    for at in range(opened, len(lines)):
        if "-->" in lines[at][start:]:
            return at
        start = 0
    raise DeckFault(
        file, opened + 1, "the comment that opens here is never closed", 'add "-->" below'
    )
