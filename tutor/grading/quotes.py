"""Quotes: the learner's own words that bear on a key point."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from tutor.grading.alignment import remembered
from tutor.grading.reading.memory import FEW, characters_of, remember
from tutor.grading.reading.terms import Term, TermSet, terms_of
from tutor.grading.reading.text import read

Span = tuple[int, int]

# A comma, a colon or a point between digits belongs to the number.
_CLAUSE_END = re.compile(r"[，；;。！？?\n]|!(?!=)|(?<!\d)[,、:：](?!\d)|[,:](?=\s)|\.(?=\s|$)")
MOST_CLAUSES = 300
_MOST_COMPARED = 100_000
"""Pairs of a term and a clause up to which the clauses that bear on a target are looked for."""
_LEAST_SHARE = 0.34
"""A clause is quoted together with the best one when it says at least this much as well."""
_MOSTLY = 0.6
"""A clause is quoted too when this much of what it says is the target's: one item of a list."""


@remember(FEW, characters_of)
def clauses(text: str) -> tuple[Span, ...]:
    """Offsets of the clauses of a text, without the punctuation and spaces around them.

    Beyond 300 clauses the rest counts as one: each is compared with every key point.
    """
    ends = [match.end() for match in islice(_CLAUSE_END.finditer(text), MOST_CLAUSES)]
    bounds = zip([0, *ends], [*ends, len(text)], strict=True)
    trimmed = (_trim(text, start, end) for start, end in bounds)
    return tuple(span for span in trimmed if span and read(text[slice(*span)]).tokens)


@remember(FEW, lambda target, answer: len(target.text.raw + answer))
def best_quote(target: TermSet, answer: str) -> Span | None:
    """Offsets of the clause, or run of neighbouring clauses, that says most of the target.

    None when no clause says any of it, and when both texts are so long that looking for the one
    that does would take seconds.
    """
    spans = clauses(answer)
    if len(spans) * len(target.terms) > _MOST_COMPARED:
        return None
    said_at_all = remembered(terms_of(read(answer)))
    wanted = [term for term in target.terms if said_at_all(term.form)]  # mostly few
    if not spans or not wanted:
        return None
    if len(spans) == 1:
        return spans[0]
    pieces = _pieces(answer)
    said = [_share(wanted, piece) for piece in pieces]
    if max(said) <= 0:
        return None
    first = last = said.index(max(said))
    most = said[first]
    bears = [_bears(share, most, piece) for share, piece in zip(said, pieces, strict=True)]
    while first > 0 and bears[first - 1]:
        first -= 1
    while last + 1 < len(spans) and bears[last + 1]:
        last += 1
    return spans[first][0], spans[last][1]


def _bears(share: float, most: float, clause: TermSet) -> bool:
    """Whether a clause belongs in a quote: it says much of the target, or little else."""
    content = sum(term.weight for term in clause.terms)
    return share >= _LEAST_SHARE * most or share >= _MOSTLY * content > 0


def whole_span(text: str) -> Span | None:
    """Offsets of all clauses together: what to quote when no clause bears on a target by itself,
    as 2048 does not on `2k tokens`. None when the text says nothing."""
    spans = clauses(text)
    return (spans[0][0], spans[-1][1]) if spans else None


@remember(FEW, characters_of)
def _pieces(answer: str) -> tuple[TermSet, ...]:
    """The terms of every clause."""
    whole = terms_of(read(answer))
    return tuple(whole.within(*span) for span in clauses(answer))


def _share(wanted: Sequence[Term], clause: TermSet) -> float:
    said = remembered(clause)
    return sum(term.weight * said(term.form) for term in wanted)


def _trim(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    kept = piece.strip(" \t\r\n，,；;。.！!？?、:：")
    if not kept:
        return None
    offset = start + piece.index(kept)
    return offset, offset + len(kept)
