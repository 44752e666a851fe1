"""All guards, in the order in which they look at an answer."""

from __future__ import annotations

from collections.abc import Callable

from tutor.grading.attempt import Attempt
from tutor.grading.guards import (
    alternatives,
    denial,
    dont_know,
    empty,
    fill,
    formula,
    hidden_characters,
    instructions,
    keywords,
    near_copy,
    opposite,
    padding,
    polarity,
    punctuation,
    quantity,
    question_copy,
    reference_opener,
    role_swap,
    sequence,
    swapped_numbers,
)
from tutor.grading.guards.finding import Finding

Guard = Callable[[Attempt], list[Finding]]

GUARDS: tuple[Guard, ...] = (
    empty.find,
    dont_know.find,
    punctuation.find,
    reference_opener.find,
    instructions.find,
    hidden_characters.find,
    sequence.find,
    fill.find,
    question_copy.find,
    quantity.find,
    formula.find,
    swapped_numbers.find,
    role_swap.find,
    polarity.find,
    denial.find,
    opposite.find,
    near_copy.find,
    padding.find,
    keywords.find,
    alternatives.find,
)


def find_all(attempt: Attempt) -> list[Finding]:
    """What the guards find.

    Nothing is looked for after the first reason to reject, or a reference letter for letter.
    What is accepted for being like a reference is still looked at: what contradicts a key point
    is not accepted.
    """
    findings: list[Finding] = []
    for guard in GUARDS:
        findings += guard(attempt)
        if any(_settles(finding, attempt) for finding in findings):
            break
    if any(finding.effect == "contradict" for finding in findings):
        return [finding for finding in findings if finding.effect != "accept"]
    return findings


def _settles(finding: Finding, attempt: Attempt) -> bool:
    if finding.effect == "accept":
        return finding.name == "same_text" or attempt.item.kind == "cloze"
    return finding.effect == "reject"
