"""String ratio: how much of both texts is one common subsequence."""

from __future__ import annotations

from rapidfuzz import fuzz

from tutor.grading.evidence import Evidence


def string_ratio(evidence: Evidence) -> float:
    """Twice the longest common subsequence over the joint length, 0 to 1."""
    return fuzz.ratio(evidence.reference.compact, evidence.attempt.answer.compact) / 100
