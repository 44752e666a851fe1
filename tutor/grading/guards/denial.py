"""A claim of the key points is denied in other words than the reference's.

Where the words are nearly the reference's, `polarity` can prove it. Here the same thing is said
in another language, by a synonym or in brief, so a denial is only ever a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tutor.grading.alignment import align
from tutor.grading.attempt import Attempt
from tutor.grading.guards.finding import Finding
from tutor.grading.quotes import Span
from tutor.grading.reading.clauses import MOST, Clause, clauses
from tutor.grading.reading.polarity import polarity
from tutor.grading.reading.terms import TermSet, terms_of
from tutor.grading.reading.text import Text, read

_MADE = 0.5
"""Share that a clause of a key point and one of the answer have in common, each way, from which
on they say one thing: so at most 1.4 % of the right answers of any labelled set are doubted."""
_MADE_AND_DENIED = 0.3
"""Share of a key point's clause that is enough after words that do nothing but deny."""
_ACCEPTED = 0.3
"""Share of what a reference denies that the answer's denial may be about."""
_DENIES_ALL = re.compile(
    r"\W{0,3}(?:并非|(?:it|this|that) (?:is|was) (?:not (?:true|so|the case)|untrue|false) that)"
)
"""What denies all that follows in its sentence."""
_FALSE = re.compile(r"\W{0,3}(?:it|this|that) (?:is|was) (?:untrue|false) that")
_SENTENCE_END = re.compile(r"[。；;！!？?\n]|\.(?!\d)")


class _Denial(NamedTuple):
    """Words of an answer that deny something; `open` where they begin by doing nothing else."""

    span: Span
    said: TermSet
    open: bool


def find(attempt: Attempt) -> list[Finding]:
    """Doubt a key point that the answer seems to make, but for a negation that it has not."""
    denials = [*_denials(attempt.answer)]
    if not denials or _is_negated(attempt.question.normal):
        return []
    for denial in denials:
        for index, (_, point) in enumerate(attempt.points):
            if _makes(point, denial, attempt) and not _is_accepted(denial.said, attempt):
                return [_finding(index, denial.span)]
    return []


def _finding(point: int, span: Span) -> Finding:
    return Finding(
        "denial",
        "doubt",
        "这里否定的可能正是要点所说的。",
        "This may deny what the key point says.",
        point,
        span,
    )


def _is_negated(normal: str) -> bool:
    return polarity(normal).negations % 2 == 1


def _denials(answer: Text) -> Iterator[_Denial]:
    for clause in clauses(answer):
        if _is_negated(clause.normal) or _FALSE.match(clause.normal):
            denies_all = _DENIES_ALL.match(clause.normal) is not None or (
                clause.start == 0 and clause.normal.startswith("not ")
            )
            ends = {clause.end, _sentence_end(answer, clause) if denies_all else clause.end}
            for end in sorted(ends):
                said = terms_of(read(answer.raw[clause.start : end]))
                yield _Denial((clause.start, end), said, denies_all)


def _sentence_end(answer: Text, clause: Clause) -> int:
    end = _SENTENCE_END.search(answer.raw, clause.end)
    return end.start() if end else len(answer.raw)


def _makes(point: Text, denial: _Denial, attempt: Attempt) -> bool:
    """Whether words would make a clause of a key point, were it not for their negation."""
    if denial.open:
        return _expresses(denial, point, attempt, _MADE_AND_DENIED)
    return (
        not _takes_itself_back(point, denial.said)
        and align(denial.said, terms_of(point), terms_of(attempt.question)).whole >= _MADE
        and _expresses(denial, point, attempt, _MADE)
    )


def _takes_itself_back(point: Text, said: TermSet) -> bool:
    """Whether the point is negated as well, or names no such direction: does not rise, falls."""
    ours, theirs = polarity(point.normal), polarity(said.text.normal)
    return ours.negations > 0 or not theirs.directions <= ours.directions


def _expresses(denial: _Denial, point: Text, attempt: Attempt, least: float) -> bool:
    question = terms_of(attempt.question)
    return any(
        align(terms_of(read(clause.normal)), denial.said, question).new >= least
        for clause in clauses(point)[: 1 + MOST // len(attempt.points)]
        if not _is_negated(clause.normal)
    )


def _is_accepted(said: TermSet, attempt: Attempt) -> bool:
    """Whether a reference or a key point denies the like."""
    texts = (*attempt.references, *(point for _, point in attempt.points))
    return any(
        align(terms_of(read(clause.normal)), said, terms_of(attempt.question)).whole >= _ACCEPTED
        for text in texts
        for clause in clauses(text)
        if _is_negated(clause.normal)
    )
