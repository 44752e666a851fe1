"""Right numbers in the wrong places: `A 512；B 64` answered as `A 64；B 512`.

Each number is there, so nothing is missing and nothing is strange; what is wrong is which
name it stands beside. It contradicts when a clause that names what one number of the
reference belongs to gives the number of another.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tutor.grading.attempt import Attempt
from tutor.grading.guards.finding import Finding
from tutor.grading.quotes import Span, clauses
from tutor.grading.reading.memory import MANY, remember
from tutor.grading.reading.quantities import Quantity, quantities, same_quantity
from tutor.grading.reading.terms import TermSet, terms_of
from tutor.grading.reading.text import Text, length_of, read

_CONTENT = 0.5


class _Entry(NamedTuple):
    """A clause with exactly one number, and the words that only this clause of its text has."""

    quantity: Quantity
    name: frozenset[str]
    terms: TermSet
    span: Span


def find(attempt: Attempt) -> list[Finding]:
    """Contradict each key point whose number the answer gives to another name."""
    if len(quantities(attempt.answer)) < 2 or len(stated := _entries(attempt.answer)) < 2:
        return []
    findings = []
    for reference in attempt.references:
        wanted = _entries(reference)
        if len(wanted) > 1 and not list(_swapped(wanted, stated)):
            return []
        findings += [_finding(attempt, entry, other) for entry, other in _swapped(wanted, stated)]
    return list({finding.point: finding for finding in findings}.values())


def _swapped(
    wanted: tuple[_Entry, ...], stated: tuple[_Entry, ...]
) -> Iterator[tuple[_Entry, _Entry]]:
    for entry in wanted:
        others = [other for other in wanted if not same_quantity(other.quantity, entry.quantity)]
        named = [given for given in stated if _names(given, entry)]
        if len(named) != 1 or same_quantity(named[0].quantity, entry.quantity):
            continue
        given = named[0]
        if any(same_quantity(given.quantity, other.quantity) for other in others):
            yield entry, given


def _names(given: _Entry, entry: _Entry) -> bool:
    """Whether a clause uses the entry's name as it stands: a synonym may be another name."""
    return bool(entry.name) and entry.name <= given.terms.forms


@remember(MANY, length_of)
def _entries(text: Text) -> tuple[_Entry, ...]:
    spans = clauses(text.raw)
    pieces = [read(text.raw[slice(*span)]) for span in spans]
    sets = [terms_of(piece) for piece in pieces]
    entries = []
    for index, (span, piece, terms) in enumerate(zip(spans, pieces, sets, strict=True)):
        found = quantities(piece)
        if len(found) != 1 or found[0].ordinal:
            continue
        elsewhere = {form for other in (*sets[:index], *sets[index + 1 :]) for form in other.forms}
        name = frozenset(
            term.form
            for term in terms.terms
            if term.weight >= _CONTENT and term.form not in elsewhere and term.form[0].isalpha()
        )
        entries.append(_Entry(found[0], name, terms, span))
    return tuple(entries)


def _finding(attempt: Attempt, entry: _Entry, given: _Entry) -> Finding:
    return Finding(
        "swapped_numbers",
        "contradict",
        "数值放错了对象：这里写的是另一项的数值。",
        "The number belongs to another item of the answer.",
        _point_of(attempt, entry),
        given.span,
    )


def _point_of(attempt: Attempt, entry: _Entry) -> int:
    """The key point that holds the number and most of its name."""
    best, most = 0, -1
    for index, (_, text) in enumerate(attempt.points):
        terms = terms_of(text)
        holds = any(same_quantity(q, entry.quantity) for q in quantities(text))
        score = len(entry.name & terms.forms) + (1 if holds else 0)
        if score > most:
            best, most = index, score
    return best
