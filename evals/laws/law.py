"""The law: how an answer is changed, and what must then hold of its grade."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import TypeAlias

from evals.cases import Case

Change: TypeAlias = Callable[[Case, Random], str | None]
"""Rewrites the answer of a case; None where it does not apply. Chance picks among places."""

REFERENCE = "own-reference"
"""Tag of a base whose answer is one of its own references."""


class Must(StrEnum):
    """What holds of the grade of the changed answer, beside the grade of the base."""

    SAME_VERDICT = "same verdict"
    SCORE_NOT_HIGHER = "score not higher"
    NOT_CORRECT = "not correct"
    CORRECT = "correct"
    INCORRECT = "incorrect"
    SAME_GRADE = "same grade"


@dataclass(frozen=True, slots=True)
class Law:
    """A change to the answers that it concerns, and what must hold after it."""

    name: str
    says: str
    must: Must
    concerns: Callable[[Case], bool]
    change: Change


def is_reference(case: Case) -> bool:
    """Whether the answer is one of the item's references."""
    return REFERENCE in case.tags


def is_right(case: Case) -> bool:
    """Whether people, or its being a reference, call a free answer correct."""
    return is_free(case) and case.verdict == "correct"


def is_partly_right(case: Case) -> bool:
    """Whether people call a free answer correct or partial."""
    return is_free(case) and case.verdict != "incorrect"


def has_listed_points(case: Case) -> bool:
    """Whether a right answer is to make key points that somebody has written down."""
    return is_right(case) and bool(case.item.key_points)


def is_flawed(case: Case) -> bool:
    """Whether people call a free answer less than correct."""
    return is_free(case) and case.verdict != "correct"


def is_wrong(case: Case) -> bool:
    """Whether people call a free answer incorrect."""
    return is_free(case) and case.verdict == "incorrect"


def is_free(case: Case) -> bool:
    """Whether the item asks for sentences, not for the fill of a blank."""
    return case.item.kind == "free"


def is_anything(case: Case) -> bool:
    """Whether a law that concerns every answer concerns this one."""
    return True
