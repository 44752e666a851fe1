"""The answer names several things and leaves open which: the right one is there by chance."""

from __future__ import annotations

import re

from tutor.grading.attempt import Attempt
from tutor.grading.guards.finding import Finding
from tutor.grading.reading.terms import terms_of
from tutor.grading.reading.text import Text, read

_OPEN = re.compile(
    r"(?<![a-z])(?:or(?! (?:so|something|whatever)\b)|one of|any of|maybe|perhaps|whichever)"
    r"(?![a-z])|或|还是|之一|都行|都可以|可能"
)
_JOINT = re.compile(r"(?<![a-z])or(?![a-z])|或者?|还是|[,;/]")
_LONGEST = 6
"""Terms up to which a part is one of several names; what has more is a sentence."""
_LEAST_FOREIGN = 2
"""Parts that no reference knows; a single one may say the same in other words."""
_FINDING = Finding(
    "alternatives",
    "doubt",
    "列出了好几种可能，没有说定是哪一种。",
    "Names several possibilities and does not say which it is.",
)


def find(attempt: Attempt) -> list[Finding]:
    """Doubt a list of possibilities of which some are the reference's and others are not."""
    said = attempt.answer.normal
    if not _OPEN.search(said) or any(_OPEN.search(text.normal) for text in attempt.references):
        return []
    parts = [forms for part in _JOINT.split(said) if (forms := terms_of(read(part)).forms)]
    if any(len(forms) > _LONGEST for forms in parts):
        return []
    known = _known(attempt)
    foreign = sum(not forms & known for forms in parts)
    return [_FINDING] if _LEAST_FOREIGN <= foreign < len(parts) else []


def _known(attempt: Attempt) -> frozenset[str]:
    texts: list[Text] = [*attempt.references, *(text for _, text in attempt.points)]
    return frozenset[str]().union(*(terms_of(text).forms for text in texts))
