"""Where an answer copies a reference or a key point nearly word for word, and what it changes."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache, partial
from typing import NamedTuple

from tutor.grading.attempt import Attempt
from tutor.grading.quotes import Span, clauses
from tutor.grading.reading.content import content_of
from tutor.grading.reading.copies import ALIKE, NEAR, Exchange, changes, is_near, replaces_one
from tutor.grading.reading.memory import FEW, remember
from tutor.grading.reading.terms import terms_of
from tutor.grading.reading.text import Text, length_of, read

_TIMES, _ROOM = 4, 60
"""A text of more than so many times the characters of another, and some more, copies it not."""
_LEAST_SHARED = 0.4
"""F1 of the terms of two texts, as sets, below which none copies the other."""
_OF_THE_POINT = 0.5
"""Share of a clause's units that are the key point's, from which on it belongs to its copy."""


class Copy(NamedTuple):
    """A near copy: the text copied, what was made of it, where that stands, and the changes.

    `point` is the key point's index, None for a whole reference; `changes` is None where the
    same words stand in an order that may mean something else.
    """

    target: Text
    said: Text
    point: int | None
    span: Span
    changes: tuple[Exchange, ...] | None


def copies(attempt: Attempt) -> tuple[Copy, ...]:
    """The near copies in an answer: of a whole reference if there is one, else of key points.

    One that changes nothing settles it: then there is no other.
    """
    points = tuple(text for _, text in attempt.points)
    return _copies(attempt.references, points, attempt.answer)


@lru_cache(maxsize=64)
def _copies(
    references: tuple[Text, ...], points: tuple[Text, ...], answer: Text
) -> tuple[Copy, ...]:
    found = [
        Copy(reference, answer, None, (0, len(answer.raw)), changes(reference, answer))
        for reference in references
        if _is_near(reference, answer)
    ]
    if found:
        return tuple(next(([copy] for copy in found if copy.changes == ()), found))
    if len(points) == 1 and points[0] in references:
        return ()
    return tuple(
        copy for index, point in enumerate(points) if (copy := _of_point(index, point, answer))
    )


def replaces_an_expression(attempt: Attempt) -> bool:
    """Whether an answer is like a reference, less than a copy, and changes one expression."""
    return any(
        _is_near(reference, attempt.answer, ALIKE) and replaces_one(reference, attempt.answer)
        for reference in attempt.references
    )


def _is_near(target: Text, said: Text, least: float = NEAR) -> bool:
    if len(said.raw) > _TIMES * len(target.raw) + _ROOM:
        return False
    ours, theirs = terms_of(target).forms, terms_of(said).forms
    return _share_terms(ours, theirs) and is_near(content_of(target), content_of(said), least)


def _share_terms(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether two texts have so many terms in common that one may copy the other."""
    return 2 * len(ours & theirs) >= _LEAST_SHARED * (len(ours) + len(theirs))


def _of_point(index: int, point: Text, answer: Text) -> Copy | None:
    span = _bearing_on(point, answer)
    if span is None:
        return None
    said = read(answer.raw[slice(*span)])
    if not _is_near(point, said):
        return None
    return Copy(point, said, index, span, changes(point, said))


def _bearing_on(point: Text, answer: Text) -> Span | None:
    """From the first to the last clause of the answer that has mostly the point's words, where
    these are enough of them all for a copy."""
    wanted = terms_of(point).forms
    bearing = [
        span
        for span, forms in _clause_terms(answer)
        if forms and len(forms & wanted) >= _OF_THE_POINT * len(forms)
    ]
    if not bearing:
        return None
    first, last = bearing[0][0], bearing[-1][1]
    between = (forms for span, forms in _clause_terms(answer) if first <= span[0] < last)
    said = frozenset().union(*between)
    return (first, last) if _share_terms(wanted, said) else None


@remember(FEW, length_of)
def _clause_terms(answer: Text) -> tuple[tuple[Span, frozenset[str]], ...]:
    """The clauses of an answer with the terms that stand in them."""
    terms = terms_of(answer).terms
    first_from = partial(bisect_left, [term.start for term in terms])
    return tuple(
        (span, frozenset(term.form for term in terms[first_from(span[0]) : first_from(span[1])]))
        for span in clauses(answer.raw)
    )
