"""Key points: how much of each is covered."""

from __future__ import annotations

from tutor.grading.evidence import Evidence


def mean_point(evidence: Evidence) -> float:
    """Mean coverage, 0 to 1, of the required key points, each counting the same."""
    covered = required_coverages(evidence)
    return sum(covered) / len(covered) if covered else evidence.whole.new


def least_point(evidence: Evidence) -> float:
    """Coverage, 0 to 1, of the required key point that is covered least."""
    return min(required_coverages(evidence), default=evidence.whole.new)


def required_coverages(evidence: Evidence) -> list[float]:
    """Coverage of each required key point, in order."""
    specs = evidence.attempt.points
    pairs = zip(specs, evidence.points, strict=True)
    return [alignment.new for (spec, _), alignment in pairs if spec.required]
