"""A heap of words where something was to be said.

It may hold every right word, and does not say how they belong together.
"""

from __future__ import annotations

import re

from tutor.grading.attempt import Attempt
from tutor.grading.guards.finding import Finding
from tutor.grading.key_points import split_reference
from tutor.grading.reading.terms import terms_of
from tutor.grading.reading.text import read

_MARK = re.compile(r"[,，、;；/\n]|(?<![a-z])(?:and|or)(?![a-z])|和|以及|或")
_LONGEST = 3
"""Terms up to which a part is a name and no statement."""
_HEAP = 7
"""Names in a row from which an answer is a heap where a sentence was asked for."""
_FINDING = Finding(
    "keywords",
    "doubt",
    "只列了一串词，没有说它们之间的关系。",
    "Lists words only and does not say how they belong together.",
)


def find(attempt: Attempt) -> list[Finding]:
    """Doubt a list of many names where no reference is a list of names."""
    said = attempt.answer.normal
    if len(_MARK.findall(said)) < _HEAP - 1:
        return []
    parts = [part for part in map(read, _MARK.split(said)) if part.tokens]
    if len(parts) < _HEAP or any(len(terms_of(part).terms) > _LONGEST for part in parts):
        return []
    if any(_names_only(reference.raw) for reference in attempt.references):
        return []
    return [_FINDING]


def _names_only(reference: str) -> bool:
    points = split_reference(reference)
    return all(len(terms_of(read(point.text)).terms) <= _LONGEST for point in points)
