"""Character n-grams: overlap that survives inflection, typos and segmentation."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from math import sqrt

from tutor.grading.evidence import Evidence


def ngram_recall(evidence: Evidence) -> float:
    """Share, 0 to 1, of the reference's character trigrams that the answer has."""
    wanted, _ = _counts(evidence.reference.compact, 3, 3)
    found, _ = _counts(evidence.attempt.answer.compact, 3, 3)
    total = sum(wanted.values())
    return sum((wanted & found).values()) / total if total else 0.0


def ngram_cosine(evidence: Evidence) -> float:
    """Cosine, 0 to 1, of the counts of character 2- to 4-grams."""
    left, left_norm = _counts(evidence.reference.compact, 2, 4)
    right, right_norm = _counts(evidence.attempt.answer.compact, 2, 4)
    if not left_norm or not right_norm:
        return 0.0
    return sum(n * right[gram] for gram, n in left.items() if gram in right) / (
        left_norm * right_norm
    )


@lru_cache(maxsize=8192)
def _counts(text: str, shortest: int, longest: int) -> tuple[Counter[str], float]:
    counts = Counter(
        text[i : i + n] for n in range(shortest, longest + 1) for i in range(len(text) - n + 1)
    )
    return counts, sqrt(sum(n * n for n in counts.values()))
