"""The answer says many times more than any reference: what is right may be there by chance.

Whoever writes down everything has also written down the answer. A person has to see whether
she knew which part it was.
"""

from __future__ import annotations

from tutor.grading.attempt import Attempt
from tutor.grading.guards.finding import Finding
from tutor.grading.reading.terms import terms_of
from tutor.grading.reading.text import Text

TIMES = 5.0
LEAST = 40.0
"""Content in words up to which an answer is not long, however short the reference is."""


def find(attempt: Attempt) -> list[Finding]:
    """Doubt an answer of more than five times the longest reference's content."""
    longest = max(map(_content, attempt.references), default=0.0)
    if _content(attempt.answer) <= max(LEAST, TIMES * longest):
        return []
    return [
        Finding(
            "padding",
            "doubt",
            "篇幅远远超过所问的内容；哪些是针对这道题的，本地检查看不出来。",
            "Says far more than is asked; which part answers it, the local check cannot tell.",
        )
    ]


def _content(text: Text) -> float:
    return sum(term.weight for term in terms_of(text).terms)
