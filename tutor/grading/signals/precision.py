"""Precision: how much of what the answer says stands in the reference, beside coverage."""

from __future__ import annotations

from tutor.grading.evidence import Evidence


def new_f1(evidence: Evidence) -> float:
    """Harmonic mean, 0 to 1, of the shares of the answer's own content that stands in the
    reference and of the reference's that stands in the answer; the question's counts little."""
    said, wanted = evidence.back.new, evidence.whole.new
    return 2 * said * wanted / (said + wanted) if said + wanted else 0.0
