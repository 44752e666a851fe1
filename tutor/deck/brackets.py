"""Brackets outside cloze texts that look like blanks whose `C:` was forgotten."""

from __future__ import annotations

import re

_QUOTED = re.compile(
    r"```.*?```|~~~.*?~~~|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]+\$|\\\[.*?\\\]|\\\(.*?\\\)", re.DOTALL
)
_DOUBLE = re.compile(r"\[\[[^\[\]\n]+\]\]")
# Not after a letter, a closing bracket or an operator (`E[x]`, `-[a]`); not a link, an image, a
# footnote or a reference definition.
_SINGLE = re.compile(r"(?<![A-Za-z0-9_)\]!\\^=+\-*/·])\[([^\[\]\n^]+)\](?![(\[:A-Za-z0-9_^])")
_PLAIN_WORDS = re.compile(r"[^\W\d_]{2}")
_NOTATION = re.compile(r"[=+*/^\\<>|{}_]|\.\.\.|…|^[A-Z0-9 _-]+$|^[\d\s,.;:x×-]+$|^[ xX]$")


def forgotten_blank(text: str) -> str | None:
    """The first bracketed words that look like a blank, or None.

    Formulas, subscripts, intervals, code, links and tokens in capitals like `[MASK]` do not.
    """
    plain = _QUOTED.sub(" ", text)
    if double := _DOUBLE.search(plain):
        return double.group()
    for found in _SINGLE.finditer(plain):
        if _PLAIN_WORDS.search(found[1]) and not _NOTATION.search(found[1]):
            return found.group()
    return None
