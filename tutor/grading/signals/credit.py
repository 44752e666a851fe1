"""Credit: what the answer earns on each key point, also by words that only come near.

Square roots, because the first half of a point tells more than the second: an answer with
something on every point is better than one with all of one point and nothing of another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from math import sqrt
from typing import NamedTuple

from tutor.grading.alignment import Alignment
from tutor.grading.evidence import Cosines, Evidence
from tutor.grading.reading.terms import Term, TermSet

NEAR_FROM = 0.1
"""Cosine of two words from which on one says something of the other."""
NEAR_MOST = 0.7
"""Credit for another word with the same vector: kin, not the same."""
DOUBT = 0.5
"""Weight, in words, that `firm_credit` adds to every point as half covered: how little of a
short point is said in its own words proves less than the same share of a long one."""


class _Share(NamedTuple):
    """Weight earned of a point, and its weight in all."""

    earned: float
    wanted: float


def credit(evidence: Evidence) -> float:
    """Mean root, 0 to 1, of the share earned of each required key point by its own words."""
    return _mean_root(earned / wanted for earned, wanted in _shares(evidence) if wanted)


def near_credit(evidence: Evidence) -> float:
    """The same with credit for words that an embedder finds near; `credit` without one."""
    shares = _shares(evidence, evidence.cosines or ())
    return _mean_root(earned / wanted for earned, wanted in shares if wanted)


def firm_credit(evidence: Evidence) -> float:
    """Like `credit`, with `DOUBT`, so that it is never quite 0 or 1."""
    shares = _shares(evidence)
    return _mean_root((earned + DOUBT / 2) / (wanted + DOUBT) for earned, wanted in shares)


def _shares(evidence: Evidence, cosines: Cosines = ()) -> Iterator[_Share]:
    """The share of each required key point, or of the reference when none is required."""
    specs = evidence.attempt.points
    pairs = zip(specs, evidence.points, cosines or repeat(()), strict=False)
    required = [(point, nearest) for (spec, _), point, nearest in pairs if spec.required]
    for point, nearest in required or [(evidence.whole, ())]:
        earned = _earned(point, nearest, evidence.answer)
        yield _Share(earned, sum(point.weights))


def _earned(point: Alignment, nearest: Sequence[float], answer: TermSet) -> float:
    """Weight earned by what matches, and by what comes near where there are cosines."""
    matched = [
        _matched(term, strength, answer) if strength else 0.0 for term, strength in point.strengths
    ]
    if nearest:
        matched = list(map(max, matched, map(_near, nearest)))
    return sum(weight * found for weight, found in zip(point.weights, matched, strict=False))


def _matched(term: Term, strength: float, answer: TermSet) -> float:
    """Credit for a match: its root, since half a match in one language is rarely chance; a
    translation's as it is, since any word may translate another a little."""
    same_script = answer.words if term.form.isascii() else answer.characters
    return sqrt(strength) if same_script else strength


def _near(cosine: float) -> float:
    return NEAR_MOST * max(0.0, cosine - NEAR_FROM) / (1 - NEAR_FROM)


def _mean_root(shares: Iterable[float]) -> float:
    roots = [sqrt(share) for share in shares]
    return sum(roots) / len(roots) if roots else 0.0
