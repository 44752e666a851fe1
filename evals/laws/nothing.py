"""Answers that are known beforehand: a reference, nothing, the question."""

from __future__ import annotations

from random import Random

from evals.cases import Case


def as_it_is(case: Case, chance: Random) -> str | None:
    """The answer itself."""
    return case.answer


def emptied(case: Case, chance: Random) -> str | None:
    """Nothing: no text, or white space."""
    return chance.choice(("", " ", "\n", "　"))


def question_repeated(case: Case, chance: Random) -> str | None:
    """The question itself."""
    return case.item.question
