"""A cause: why a grade is unsure, and what a person can do to settle it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CauseName = Literal[
    "alarm", "point", "strictness", "language", "wording", "between",
    "disputed", "addressed", "open", "unproved", "unsettled", "cut",
]  # fmt: skip
"""The first six are the local grader's, the others concern a judge's grade."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that makes a grade unsure, in the learner's language.

    `why` says what it is, `settle` what would settle it; each is one or two short sentences
    with their full stop. Like all feedback on an attempt they may name key points.
    """

    name: CauseName
    why: str
    settle: str
