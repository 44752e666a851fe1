"""Text that a terminal can show without obeying it.

Decks and answers are written by anybody. Escape sequences could recolour, retitle or rewrite
the screen, and direction overrides could make a text read as something else, so every such
character is shown by name instead of sent.
"""

from __future__ import annotations

import json
import re
from typing import Any

_TAB = "    "
_PICTURE = 0x2400  # the control pictures block repeats the C0 controls in order
_UNSAFE = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # C0, delete, C1
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction marks and overrides
    "\u2028\u2029\ufeff\ufff9-\ufffb"  # line separators, byte order mark, annotations
    "\ud800-\udfff"  # half a surrogate pair cannot be encoded
    "\U000e0000-\U000e007f"  # invisible tags
    "]"
)


def printable(text: str) -> str:
    """The text with tabs expanded and every character that acts on a terminal made visible."""
    return _UNSAFE.sub(_shown, text.replace("\r\n", "\n"))


def one_line(text: str) -> str:
    """`printable` text on a single line: runs of white space become one space."""
    return printable(" ".join(text.split()))


def shortened(text: str, longest: int = 60) -> str:
    """`one_line` text cut to `longest` characters, the last of them an ellipsis when cut."""
    line = one_line(text)
    return line if len(line) <= longest else line[: longest - 1] + "…"


def json_line(value: Any) -> str:
    """One line of JSON in readable Unicode; characters that act on a terminal are escaped."""
    return _UNSAFE.sub(_escaped, json.dumps(value, ensure_ascii=False, allow_nan=False))


def _shown(match: re.Match[str]) -> str:
    char = match.group()
    if char == "\n":
        return char
    if char == "\t":
        return _TAB
    if char < " ":
        return chr(_PICTURE + ord(char))
    return f"⟨U+{ord(char):04X}⟩"


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1]
