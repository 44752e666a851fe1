"""Whether a fill means what the reference means, told by their words and not their spelling.

Two fills that say all of each other are the same. Two that say most of each other, or of which
one is the other made narrower (可优化的奖励信号 for 奖励信号), are only likely to be.
"""

from __future__ import annotations

import re

from tutor.grading.alignment import align
from tutor.grading.fill_match import Level
from tutor.grading.reading import formula
from tutor.grading.reading.polarity import polarity
from tutor.grading.reading.terms import terms_of
from tutor.grading.reading.text import Text, read

SAME = 0.9
"""Least coverage, both ways, of two fills that say the same word for word: on development
data every right fill from there on, and no wrong one."""
LIKE, LIKE_ACROSS_LANGUAGES = 0.75, 0.6
"""The same for two fills that are likely to mean the same."""
_ATTRIBUTE = re.compile(r"[^不无非没未反负逆伪假半和与及或]{1,6}的|训练|进行|得到|构建|计算|学习")
"""What narrows a name without making it that of another thing."""


def meaning(expected: Text, answer: Text) -> Level | None:
    """`equivalent` or `likely` when the answer means what is expected, else None."""
    if re.findall(r"\d+", expected.normal) != re.findall(r"\d+", answer.normal):
        return None
    both = _agreement(expected, answer)
    if both >= SAME:
        return "equivalent"
    if formula.is_formula(expected) or formula.is_formula(answer) or _turned(expected, answer):
        return None
    across = _is_translated(expected, answer)
    words = across or not expected.normal.isascii() or len(answer.normal.split()) > 1
    changed = sum(a != b for a, b in zip(expected.normal, answer.normal, strict=False))
    if len(expected.normal) == len(answer.normal) and changed == 1:
        return None  # 真前提 is no 假前提
    like = words and both >= (LIKE_ACROSS_LANGUAGES if across else LIKE)
    return "likely" if like or _is_narrower(expected.normal, answer.normal) else None


def _agreement(expected: Text, answer: Text) -> float:
    """How much either says of the other, the lesser of the two shares."""
    ours, theirs, nothing = terms_of(expected), terms_of(answer), terms_of(read(""))
    return min(align(ours, theirs, nothing).whole, align(theirs, ours, nothing).whole)


def _is_translated(expected: Text, answer: Text) -> bool:
    """Whether one of the two is all Chinese and the other has none."""
    kinds = [{token.kind for token in text.tokens} for text in (expected, answer)]
    return {frozenset(kind & {"han", "word"}) for kind in kinds} == {
        frozenset({"han"}),
        frozenset({"word"}),
    }


def _turned(expected: Text, answer: Text) -> bool:
    ours, theirs = polarity(expected.normal), polarity(answer.normal)
    across = _is_translated(expected, answer)
    return ours.negations != theirs.negations or (
        not across and ours.directions != theirs.directions
    )


def _is_narrower(expected: str, answer: str) -> bool:
    """Whether a fill is the reference with a Chinese attribute, or a verb of making, before it."""
    return (
        len(expected) > 1
        and answer.endswith(expected)
        and _ATTRIBUTE.fullmatch(answer.removesuffix(expected)) is not None
    )
