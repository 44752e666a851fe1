"""Characters that nobody sees but a model reads: tags, runs of zero width, text turned around.

Single invisible characters come along when text is pasted, and joiners belong into some scripts
and emoji; they are read over. Many in a row are no accident.
"""

from __future__ import annotations

import re

from tutor.grading.attempt import Attempt
from tutor.grading.guards.finding import Finding

Span = tuple[int, int]

_HIDDEN = re.compile(
    r"(?<!\U0001f3f4)(?<![\U000e0020-\U000e007f])[\U000e0001\U000e0020-\U000e007f]{2,}"  # tags
    r"|[\U000e0100-\U000e01ef]{2,}"  # bytes as variation selectors
    r"|[\u200b-\u200d\u2060-\u2064\ufeff\u180e]{3,}"
    r"|[\u202d\u202e][^\u202c\n]*\u202c?"  # text turned around
)
_ZERO_WIDTH = re.compile(r"[\u200b\u2060-\u2064\ufeff\u180e]")
_MOST_ZERO_WIDTH = 5
_LEAST_SHARE = 0.1
"""Share of all characters from which on zero widths were put there one by one."""
_FINDING = Finding(
    "hidden_characters",
    "doubt",
    "含有看不见的字符，这部分不计入。",
    "There are characters that nobody can see; they do not count.",
)


def find(attempt: Attempt) -> list[Finding]:
    """Doubt an answer with hidden text, unless the card has some too."""
    if not _hides(attempt.answer.raw) or any(_hides(text.raw) for text in attempt.references):
        return []
    return [_FINDING]


def hidden_spans(answer: str) -> list[Span]:
    """The runs of hidden characters, in order."""
    return [] if answer.isascii() else [match.span() for match in _HIDDEN.finditer(answer)]


def _hides(text: str) -> bool:
    if text.isascii():
        return False
    sprinkled = len(_ZERO_WIDTH.findall(text))
    return bool(
        _HIDDEN.search(text)
        or (sprinkled > _MOST_ZERO_WIDTH and sprinkled >= _LEAST_SHARE * len(text))
    )
