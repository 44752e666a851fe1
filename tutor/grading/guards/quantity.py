"""A number of the reference is stated differently by the answer.

Only a number in the same role contradicts: one of the same unit, or one beside the same
words, and no other that could be meant. Numbers that the question gives, numbers that any
reference gives, examples and calculations are no evidence.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from tutor.grading.attempt import Attempt
from tutor.grading.guards.finding import Finding
from tutor.grading.reading.memory import FEW, remember
from tutor.grading.reading.quantities import Quantity, quantities, same_quantity, unit_scale, within
from tutor.grading.reading.terms import Term, terms_of
from tutor.grading.reading.text import Text, read

_NEIGHBOURHOOD = 12
"""Raw characters on either side of a number that may say what it counts."""
_EXAMPLE = re.compile(
    r"例如|比如|譬如|举例|例子|假设|假如|(?<![a-z])(?:e\.g|examples?|for instance|such as|suppose"
    r"|assume|give the|specific|write (?:a|an|down)|list)(?![a-z])"
)


def find(attempt: Attempt) -> list[Finding]:
    """Contradict each key point whose number the answer replaces by another."""
    stated = quantities(attempt.answer)
    if not stated or _EXAMPLE.search(attempt.question.normal):
        return []
    free = _unaccounted(attempt, stated)
    findings = []
    for index, (_, point) in enumerate(attempt.points):
        wrong = None if _is_open(point) else _replaced(attempt, point, stated, free)
        if wrong is not None:
            findings.append(_contradiction(index, wrong))
    return findings


def _is_open(point: Text) -> bool:
    """Whether other numbers than the point's would do: an example, or steps of a calculation."""
    calculated = "=" in point.normal and len(quantities(point)) > 1
    return calculated or _EXAMPLE.search(point.normal) is not None


def _contradiction(point: int, wrong: Quantity) -> Finding:
    return Finding(
        "quantity",
        "contradict",
        "这里的数值与要点不一致。",
        "The number differs from what the key point says.",
        point,
        wrong.span,
    )


def _unaccounted(attempt: Attempt, stated: Sequence[Quantity]) -> list[Quantity]:
    """Numbers of the answer that neither the question nor any reference has."""
    known = [*quantities(attempt.question)]
    for text in (*attempt.references, *(text for _, text in attempt.points)):
        known += quantities(text)
    return [
        each
        for each in stated
        if not each.ordinal and not any(_agrees(other, each, attempt) for other in known)
    ]


def _agrees(reference: Quantity, stated: Quantity, attempt: Attempt) -> bool:
    if same_quantity(reference, stated, attempt.item.tolerance):
        return True
    if (reference.margin and stated.margin) or (reference.end and stated.end):
        return False
    return (
        within(reference, stated)
        or _has_the_number(reference, stated)
        or _rounded(
            reference.value / (unit_scale(reference, stated) or 1.0), stated, attempt.answer
        )
    )


def _has_the_number(reference: Quantity, stated: Quantity) -> bool:
    """Whether the stated number is the reference's, or an end of its range; 3 m is not 3 km."""
    same_dimension = stated.unit and reference.unit and unit_scale(reference, stated) is not None
    if same_dimension and stated.unit != reference.unit:
        return False
    return stated.value in (reference.value, reference.end)


def _rounded(value: float, stated: Quantity, answer: Text) -> bool:
    """Whether the stated number is the reference's with fewer digits: 0.05 for 0.0508."""
    written = read(answer.raw[slice(*stated.span)]).normal
    digits = re.sub(r"e.*|\D", "", written).lstrip("0")
    precise = len(digits) > 1 or (digits != "" and "." in written)
    return precise and float(f"{value:.{min(len(digits), 17)}g}") == stated.value


def _replaced(
    attempt: Attempt, point: Text, stated: Sequence[Quantity], free: Sequence[Quantity]
) -> Quantity | None:
    """The one number of the answer that stands where one of the point's numbers should."""
    asked = quantities(attempt.question)
    for place, wanted in enumerate(quantities(point)):
        given = wanted.ordinal or any(same_quantity(wanted, other) for other in asked)
        if given or any(_agrees(wanted, each, attempt) for each in stated):
            continue
        if _in_order(attempt, quantities(point), stated) and stated[place] in free:
            return stated[place]
        rivals = [each for each in free if _same_role(attempt, point, wanted, each)]
        if len({each.value for each in rivals}) == 1:
            return rivals[0]
    return None


def _in_order(attempt: Attempt, wanted: Sequence[Quantity], stated: Sequence[Quantity]) -> bool:
    """Whether the answer goes through the point's numbers one by one, most of them right."""
    if len(wanted) != len(stated) or len(wanted) < 2:
        return False
    pairs = list(zip(wanted, stated, strict=True))
    right = sum(_agrees(ours, theirs, attempt) for ours, theirs in pairs)
    return 2 * right >= len(pairs) and all(ours.unit == theirs.unit for ours, theirs in pairs)


def _same_role(attempt: Attempt, point: Text, wanted: Quantity, stated: Quantity) -> bool:
    if wanted.unit == stated.unit == "%" and math.isclose(wanted.value + stated.value, 100):
        return False  # 97 % are the rest, where 3 % are not
    if unit_scale(wanted, stated) is None or bool(wanted.unit) != bool(stated.unit):
        return False
    if wanted.unit and sum(each.unit == wanted.unit for each in quantities(point)) == 1:
        return True
    if _is_only_share(wanted, point) and _is_only_share(stated, attempt.answer):
        return True
    ours, theirs = _neighbours(point, wanted), _neighbours(attempt.answer, stated)
    return any(left & right for left, right in zip(ours, theirs, strict=True))


def _is_only_share(quantity: Quantity, text: Text) -> bool:
    """Whether a quantity is a share, as two thirds, and the only one in its text."""
    shares = [each for each in quantities(text) if 0 < each.value < 1 and each.unit is None]
    return shares == [quantity]


@remember(FEW, lambda text, quantity: len(text.raw))
def _neighbours(text: Text, quantity: Quantity) -> tuple[frozenset[str], frozenset[str]]:
    """Content terms right before and right after a number."""
    start, end = quantity.span
    before = terms_of(read(text.raw[max(0, start - _NEIGHBOURHOOD) : start])).terms[-2:]
    after = terms_of(read(text.raw[end : end + _NEIGHBOURHOOD])).terms[:1]
    return _content(before), _content(after)


def _content(terms: Sequence[Term]) -> frozenset[str]:
    return frozenset(t.form for t in terms if t.weight >= 0.25 and not t.form[0].isdigit())
