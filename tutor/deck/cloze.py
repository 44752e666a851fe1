r"""Cloze texts: where the blanks are, what is shown, and what upstream makes of the same text.

A blank is an innermost pair of brackets. Upstream drops every other bracket; it knows images
and the escapes `\[` `\]` and nothing else. The default reading keeps other brackets in what is
shown (`E[log σ([a] - [b])]` keeps `E[ ]`) and finds no blank in links, empty brackets, LaTeX
delimiters and, as long as there is a blank outside them, code. Display maths `\[x^2\]` keeps
its delimiters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

SHOWN_BLANK = "[...]"

_MARK = re.compile(r"[\[\]\\]|!(?=\[)")
_CODE = (
    r"(?P<fence>^[ \t]*(?P<ticks>`{3,}|~{3,})[^\n]*\n(?:.*?\n)??[ \t]*(?P=ticks)[ \t]*$)"
    r"|(?P<code>``[^\n]+?``|`[^`\n]+`)|"
)
_BRACKETS = (
    r"(?P<image>!\[(?:[^\[\]]|\[[^\[\]]*\])*\](?:\([^()\n]*\))?)"
    r"|(?P<link>\[[^\[\]]*\]\((?:\w[\w+.-]*://|mailto:|[#<]|@?/|\.\.?/)[^()\n]*\)"
    r"|\[[^\[\]]*\]\([^()\s]+\.\w{2,5}(?:#[^()\s]*)?\))"
    r"|(?P<latex>\\(?:left|right|[bB]igg?[lrm]?)\s*[\[\]]|\\sqrt\[[^\[\]]*\])"
    r"|(?P<escape>\\[\[\]])"
    r"|(?P<empty>\[\s*\])"
    r"|(?P<open>\[)|(?P<close>\])"
)
_OUTSIDE_CODE = re.compile(_CODE + _BRACKETS, re.DOTALL | re.MULTILINE)
_EVERYWHERE = re.compile(_BRACKETS)
_DISPLAY_MATHS = re.compile(r"\\\[((?:(?!\\[\[\]]).)*)\\\]", re.DOTALL)
_MATHS = re.compile(r"[\\^_=+<>{}]")


@dataclass(frozen=True, slots=True)
class Deletion:
    """One blank to upstream: its raw bracket offsets, and its bytes in the clean text.

    `last` is the last byte, inclusive; an empty blank has `last == first - 1`.
    """

    opened: int
    closed: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class ClozeText:
    """A cloze text in pieces: text, fill, text, fill, ..., text; `places` are raw offsets."""

    pieces: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    unmatched: bool
    """Whether a bracket is left without its partner."""

    @property
    def fills(self) -> tuple[str, ...]:
        """What each blank was, in order."""
        return self.pieces[1::2]

    @property
    def text(self) -> str:
        """The text with all blanks filled in."""
        return "".join(self.pieces)

    def question(self, blank: int) -> str:
        """The text with this blank shown as `[...]` and the others filled in."""
        at = 2 * blank + 1
        return "".join((*self.pieces[:at], SHOWN_BLANK, *self.pieces[at + 1 :]))

    def byte_offsets(self) -> tuple[tuple[int, int], ...]:
        """First and last byte of each fill in `text`, in the form that upstream has them."""
        ends = list(accumulate(len(piece.encode()) for piece in self.pieces))
        return tuple((ends[at - 1], ends[at] - 1) for at in range(1, len(ends), 2))


def read_cloze(text: str) -> ClozeText:
    """Find the blanks as the default reading has them; a text may turn out to have none."""
    outside = _scan(text, _OUTSIDE_CODE)
    return outside if outside.places else _scan(text, _EVERYWHERE)


def _scan(text: str, tokens: re.Pattern[str]) -> ClozeText:
    pieces: list[str] = [""]
    places: list[tuple[int, int]] = []
    opened: int | None = None  # raw offset of the last open bracket
    held = ""  # text from that bracket on, until it is known to be a blank or not
    depth, unmatched = 0, False
    for kind, start, part in _tokens(text, tokens):
        depth += (kind == "open") - (kind == "close")
        unmatched = unmatched or depth < 0
        if kind == "close" and opened is not None:
            pieces += [held[1:], ""]
            places.append((opened, start))
            opened, held = None, ""
        elif kind == "open":
            pieces[-1] += held
            opened, held = start, part
        elif opened is None:
            pieces[-1] += part
        else:
            held += part
    pieces[-1] += held
    return ClozeText(tuple(pieces), tuple(places), unmatched or depth > 0)


def _tokens(text: str, tokens: re.Pattern[str]) -> Iterator[tuple[str, int, str]]:
    """Kind, raw offset and shown form of each part of the text, in order and without gaps."""
    maths = _display_maths(text)
    at = 0
    for token in tokens.finditer(text):
        if token.start() > at:
            yield "text", at, text[at : token.start()]
        kind, part = str(token.lastgroup), token.group()
        if kind == "code" or (kind == "escape" and token.start() not in maths):
            part = part.replace("\\[", "[").replace("\\]", "]")
        yield kind, token.start(), part
        at = token.end()
    if at < len(text):
        yield "text", at, text[at:]


def _display_maths(text: str) -> set[int]:
    r"""Offsets of the `\[` and `\]` that delimit maths rather than escape a bracket."""
    if "\\[" not in text:
        return set()
    found = [match for match in _DISPLAY_MATHS.finditer(text) if _MATHS.search(match[1])]
    return {match.start() for match in found} | {match.end() - 2 for match in found}


def upstream_text(text: str) -> str:
    """The text without brackets as upstream has it: what its hash is made from."""
    kept: list[str] = []
    image = escaped = False
    at = 0
    for mark in _MARK.finditer(text):
        kept.append(text[at : mark.start()])
        at = mark.end()
        match mark.group():
            case "[":
                kept.append("[" * (image + escaped))
                escaped = False
            case "]" if image or escaped:
                kept.append("]")
                image, escaped = False, escaped and image
            case "!":
                kept.append("!")
                image = True
            case "\\" if not escaped:
                escaped = text[at : at + 1] in {"[", "]"}
                kept.append("" if escaped else "\\")
    return "".join(kept) + text[at:]


def upstream_deletions(text: str) -> tuple[Deletion, ...]:
    """The blanks as upstream finds them, with byte offsets in `upstream_text`."""
    found: list[Deletion] = []
    opened, first = -1, -1
    image = escaped = False
    index = at = 0
    for mark in _MARK.finditer(text):
        index += len(text[at : mark.start()].encode())
        at = mark.end()
        match mark.group():
            case "[" | "]" as bracket if image or escaped:
                index += 1
                image, escaped = image and bracket == "[", escaped and image
            case "[":
                opened, first = mark.start(), index
            case "]" if first >= 0:
                found.append(Deletion(opened, mark.start(), first, index - 1))
                first = -1
            case "!":
                index += 1
                image = True
            case "\\" if not escaped:
                escaped = text[at : at + 1] in {"[", "]"}
                index += not escaped
    return tuple(found)
