"""Distinctions that the units of content pass over, or make where there is none.

All words of one direction are one unit, which is wrong where a text tells two of them apart, as
fewer and less. Two negations that take each other back are none: not complete without it.
"""

from __future__ import annotations

import re
from collections import Counter

from tutor.grading.reading.content import Content, Piece
from tutor.grading.reading.polarity import NEGATION
from tutor.grading.reading.text import Text, stem

_TAKEN_BACK = re.compile(
    r"(?:若|如果|假如|要是|除非)[^,;.]{0,20}[不没无][^;.]{1,30}[不没无]|[不没无][^,;.]{1,20},?就[不没无]"
    r"|没有[^,;.]{1,12}不(?!仅)|[不没无]有?不|非[^,;.]{1,16}不[可行能]"
    r"|(?<![a-z])(?:not|no|never|cannot|[a-z]+n't|none|nothing)(?![a-z])[^,;.]{1,80}"
    r"(?<![a-z])(?:without|unless|fails?|not)(?![a-z])"
    r"|(?<![a-z])(?:without|unless)(?![a-z])[^;.]{1,80}(?<![a-z])(?:not|no|never|cannot|[a-z]+n't)(?![a-z])"
)
"""What denies a thing's not being so."""


def told_apart(ours: Content, theirs: Content) -> tuple[Content, Content]:
    """Two contents, with words of one direction kept apart that both texts use beside each
    other."""
    words = [_by_direction(content) for content in (ours, theirs)]
    kept = {
        form for form, found in words[0].items() if len(found) > 1 and words[1].get(form) == found
    }
    if not kept:
        return ours, theirs
    return _as_written(ours, kept), _as_written(theirs, kept)


def _by_direction(content: Content) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for form, word in zip(content.forms, content.words, strict=True):
        if form[0] == "±":
            found.setdefault(form, set()).add(stem(word))
    return found


def _as_written(content: Content, kept: set[str]) -> Content:
    return Content(
        tuple(
            tuple(tuple(_written(piece, kept) for piece in clause) for clause in sentence)
            for sentence in content.sentences
        )
    )


def _written(piece: Piece, kept: set[str]) -> Piece:
    forms = (
        stem(word) if form in kept else form
        for form, word in zip(piece.forms, piece.words, strict=True)
    )
    return Piece(tuple(forms), piece.words)


def takes_back(text: Text) -> bool:
    """Whether a text denies that something is not so."""
    return _TAKEN_BACK.search(text.normal) is not None


def without_double_negation(text: Text, content: Content, other: Content) -> Content:
    """The content of a text without the two negations that it has more than another, where one
    takes the other back."""
    more = content.counts[NEGATION] - other.counts[NEGATION]
    if more != 2 or not takes_back(text):
        return content
    return content.without(Counter({NEGATION: 2}))
