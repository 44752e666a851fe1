"""Precision: how much of what the answer says stands in the reference."""

from __future__ import annotations

from tutor.grading.evidence import Evidence


def precision(evidence: Evidence) -> float:
    """Share, 0 to 1, of the answer's own content (not the question's) found in the reference."""
    return evidence.back.new


def new_f1(evidence: Evidence) -> float:
    """Harmonic mean, 0 to 1, of precision and of the coverage of new content."""
    said, wanted = evidence.back.new, evidence.whole.new
    return 2 * said * wanted / (said + wanted) if said + wanted else 0.0
