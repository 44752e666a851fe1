"""Doubt: what the guards hold against the answer."""

from __future__ import annotations

from tutor.grading.evidence import Evidence


def doubts(evidence: Evidence) -> float:
    """Number of findings that only suspect, at most 3."""
    return float(min(3, sum(finding.effect == "doubt" for finding in evidence.findings)))
