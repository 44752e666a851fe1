"""Coverage: how much of the reference the answer says."""

from __future__ import annotations

from tutor.grading.evidence import Evidence


def new_coverage(evidence: Evidence) -> float:
    """Covered share, 0 to 1, of what the question does not give away."""
    return evidence.whole.new
