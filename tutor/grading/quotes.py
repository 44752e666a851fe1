"""Quotes: the learner's own words that bear on a key point."""

from __future__ import annotations

import re
from functools import lru_cache

from tutor.grading.alignment import remembered
from tutor.grading.reading.terms import TermSet, terms_of
from tutor.grading.reading.text import read

Span = tuple[int, int]

# A comma, a colon or a point between digits belongs to the number.
_CLAUSE_END = re.compile(r"[，；;。！？?\n]|!(?!=)|(?<!\d)[,、:：](?!\d)|[,:](?=\s)|\.(?=\s|$)")
_LEAST_SHARE = 0.34
"""A clause is quoted together with the best one when it says at least this much as well."""


@lru_cache(maxsize=1024)
def clauses(text: str) -> tuple[Span, ...]:
    """Offsets of the clauses of a text, without the punctuation and spaces around them."""
    ends = [match.end() for match in _CLAUSE_END.finditer(text)]
    bounds = zip([0, *ends], [*ends, len(text)], strict=True)
    trimmed = (_trim(text, start, end) for start, end in bounds)
    return tuple(span for span in trimmed if span and read(text[slice(*span)]).tokens)


def best_quote(target: TermSet, answer: str) -> Span | None:
    """Offsets of the clause, or run of neighbouring clauses, that says most of the target.

    None when no clause says any of it.
    """
    spans = clauses(answer)
    said = [_share(target, answer[slice(*span)]) for span in spans]
    if not spans or max(said) <= 0:
        return None
    first = last = said.index(max(said))
    least = _LEAST_SHARE * said[first]
    while first > 0 and said[first - 1] >= least:
        first -= 1
    while last + 1 < len(spans) and said[last + 1] >= least:
        last += 1
    return spans[first][0], spans[last][1]


def whole_span(text: str) -> Span | None:
    """Offsets of all clauses together: what to quote when no clause bears on a target by itself,
    as 2048 does not on `2k tokens`. None when the text says nothing."""
    spans = clauses(text)
    return (spans[0][0], spans[-1][1]) if spans else None


def _share(target: TermSet, clause: str) -> float:
    said = remembered(terms_of(read(clause)))
    return sum(term.weight * said(term.form) for term in target.terms)


def _trim(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    kept = piece.strip(" \t\r\n，,；;。.！!？?、:：")
    if not kept:
        return None
    offset = start + piece.index(kept)
    return offset, offset + len(kept)
