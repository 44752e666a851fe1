"""All guards, in the order in which they look at an answer."""

from __future__ import annotations

from collections.abc import Callable

from tutor.grading.attempt import Attempt
from tutor.grading.guards import (
    dont_know,
    empty,
    fill,
    formula,
    instructions,
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
    sequence.find,
    fill.find,
    question_copy.find,
    quantity.find,
    formula.find,
    swapped_numbers.find,
    role_swap.find,
    polarity.find,
    opposite.find,
    near_copy.find,
    padding.find,
)


def find_all(attempt: Attempt) -> list[Finding]:
    """What the guards find; nothing is looked for after the first reason to reject or accept,
    and nothing that contradicts a key point is accepted."""
    findings: list[Finding] = []
    for guard in GUARDS:
        found = guard(attempt)
        wrong = any(finding.effect == "contradict" for finding in findings)
        findings += [finding for finding in found if not (wrong and finding.effect == "accept")]
        if any(finding.effect in ("reject", "accept") for finding in findings):
            break
    return findings
