"""The answer is longer than what is read of any: its end counts for nothing."""

from __future__ import annotations

from tutor.grading.extent import LONGEST_ANSWER
from tutor.grading.guards.finding import Finding


def find_unread(answer: str) -> list[Finding]:
    """Doubt an answer that is read in part only."""
    if len(answer) <= LONGEST_ANSWER:
        return []
    return [
        Finding(
            "overlong",
            "doubt",
            f"回答太长，只读了前 {LONGEST_ANSWER} 个字符。",
            f"The answer is too long; only its first {LONGEST_ANSWER} characters were read.",
        )
    ]
