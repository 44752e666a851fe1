"""Nothing was written: white space and invisible characters only."""

from __future__ import annotations

from tutor.grading.attempt import Attempt
from tutor.grading.guards.finding import Finding

_FINDING = Finding("empty", "reject", "没有写下内容。", "Nothing was written.")


def find(attempt: Attempt) -> list[Finding]:
    """Reject an answer that nobody could read."""
    return [] if attempt.answer.normal else [_FINDING]
