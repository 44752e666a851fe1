"""Marks without words: no letter, no digit, and no sign that a reference asks for."""

from __future__ import annotations

from tutor.grading.attempt import Attempt
from tutor.grading.guards.finding import Finding
from tutor.grading.reading.text import Text

_FINDING = Finding(
    "punctuation", "reject", "只有标点或符号，没有文字。", "There are only marks, no words."
)


def find(attempt: Attempt) -> list[Finding]:
    """Reject punctuation and signs, unless a reference is made of signs too."""
    answered_in_signs = attempt.answer.tokens and any(map(_only_signs, attempt.references))
    return [_FINDING] if _only_signs(attempt.answer) and not answered_in_signs else []


def _only_signs(text: Text) -> bool:
    return all(token.kind == "operator" for token in text.tokens)
