"""Copying: how much of the answer only repeats the question."""

from __future__ import annotations

from tutor.grading.alignment import GIVEN_STRENGTH, remembered
from tutor.grading.evidence import Evidence


def question_share(evidence: Evidence) -> float:
    """Share, 0 to 1, of the answer's content that stands in the question."""
    known = remembered(evidence.question)
    total = sum(term.weight for term in evidence.answer.terms)
    copied = sum(t.weight for t in evidence.answer.terms if known(t.form) >= GIVEN_STRENGTH)
    return copied / total if total else 1.0
