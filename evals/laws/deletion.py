"""Deleting the claim that carries a key point."""

from __future__ import annotations

import re
from random import Random

from evals.cases import Case
from evals.laws.claims import irreplaceable
from tutor.grading.reading.text import is_han, read

_MARKS = " \t\n，,；;、。."
_LEFT_BEHIND = re.compile(
    r"(?:[(（]?\d{1,2}[)）.、]|[①-⑳]|[-*•]|\b(?:and|or|but|while|whereas)|和|及|而)\s*$"
)
"""A list marker or a conjunction before what is deleted."""


def without_a_point(case: Case, chance: Random) -> str | None:
    """The answer without one claim that alone carries a required key point.

    None where there is no such claim, or nothing is left of the answer.
    """
    claims = irreplaceable(case)
    if not claims:
        return None
    claim = chance.choice(claims)
    before = _LEFT_BEHIND.sub("", case.answer[: claim.start]).rstrip(_MARKS)
    after = case.answer[claim.end :].lstrip(_MARKS)
    rest = _joined(before, after)
    return rest if read(rest).tokens else None


def _joined(before: str, after: str) -> str:
    if not (before and after):
        return before or after
    return before + ("；" if is_han(before[-1]) else "; ") + after
