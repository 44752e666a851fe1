"""Length: how much is said at all."""

from __future__ import annotations

from math import log1p

from tutor.grading.evidence import Evidence
from tutor.grading.terms import TermSet, terms_of


def log_length(evidence: Evidence) -> float:
    """Natural logarithm of one plus the answer's content in words."""
    return log1p(_content(evidence.answer))


def length_ratio(evidence: Evidence) -> float:
    """The answer's content over the reference's, 0 to 1; longer answers count as 1."""
    return min(1.0, _content(evidence.answer) / max(_content(terms_of(evidence.reference)), 0.5))


def _content(terms: TermSet) -> float:
    return sum(term.weight for term in terms.terms)
