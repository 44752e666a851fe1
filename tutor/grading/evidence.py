"""The evidence about an attempt that signals are computed from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tutor.grading.alignment import Alignment, align
from tutor.grading.attempt import Attempt, closest
from tutor.grading.guards.finding import Finding
from tutor.grading.reading.terms import TermSet, terms_of
from tutor.grading.reading.text import Text, read

Cosines = tuple[tuple[float, ...], ...]
"""For every key point in order, for every term of its alignment in order, the cosine, -1 to 1,
of the answer's nearest word; -1 for a term that is compared with nothing: a number, a function
word, and what the answer says the opposite of."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """An attempt with the reference that its answer comes closest to.

    Of a reference that offers more items than are asked for it is the items chosen.
    """

    attempt: Attempt
    answer: TermSet
    question: TermSet
    reference: Text
    whole: Alignment
    """The closest reference laid beside the answer."""
    back: Alignment
    """The answer laid beside the closest reference."""
    points: tuple[Alignment, ...]
    findings: tuple[Finding, ...] = ()
    cosines: Cosines | None = None


def gather(
    attempt: Attempt, findings: Sequence[Finding] = (), cosines: Cosines | None = None
) -> Evidence:
    """Align the answer with its closest reference and every key point."""
    answer, question = terms_of(attempt.answer), terms_of(attempt.question)
    reference, whole = closest(attempt.references, attempt.answer, attempt.question)
    back = align(answer, terms_of(reference), question)
    if attempt.chosen:  # what is asked for is less than the reference offers
        reference = read("\n".join(text.raw for spec, text in attempt.points if spec.required))
        whole = align(terms_of(reference), answer, question)
    points = tuple(align(terms_of(text), answer, question) for _, text in attempt.points)
    return Evidence(
        attempt, answer, question, reference, whole, back, points, tuple(findings), cosines
    )
