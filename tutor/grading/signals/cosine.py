"""Cosine: what an embedder makes of the texts."""

from __future__ import annotations

from tutor.grading.evidence import Evidence


def whole_cosine(evidence: Evidence) -> float:
    """Cosine of answer and reference, -1 to 1."""
    return evidence.cosines.whole if evidence.cosines else 0.0


def point_cosine(evidence: Evidence) -> float:
    """Mean over the key points of the cosine with the answer's best clause, -1 to 1."""
    if not evidence.cosines or not evidence.cosines.points:
        return whole_cosine(evidence)
    return sum(evidence.cosines.points) / len(evidence.cosines.points)
