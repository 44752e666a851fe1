"""Character n-grams: overlap that survives inflection, typos and segmentation."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from tutor.grading.evidence import Evidence

SIZE = 3


def ngram_recall(evidence: Evidence) -> float:
    """Share, 0 to 1, of the reference's character trigrams that the answer has."""
    wanted = _counts(evidence.reference.compact)
    found = _counts(evidence.attempt.answer.compact)
    total = wanted.total()
    return (wanted & found).total() / total if total else 0.0


@lru_cache(maxsize=512)
def _counts(text: str) -> Counter[str]:
    return Counter(text[i : i + SIZE] for i in range(len(text) - SIZE + 1))
