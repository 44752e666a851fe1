"""Precision: how much of what the answer says stands in the reference."""

from __future__ import annotations

from tutor.grading.evidence import Evidence


def precision(evidence: Evidence) -> float:
    """Share, 0 to 1, of the answer's own content (not the question's) found in the reference."""
    return evidence.back.new
