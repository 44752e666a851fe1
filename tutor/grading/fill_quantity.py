"""Fills that are quantities: compared by value and unit, not by wording."""

from __future__ import annotations

import re

from tutor.grading.fill_match import Level
from tutor.grading.item import Tolerance
from tutor.grading.reading.quantities import Quantity, quantities, same_quantity, unit_scale, within
from tutor.grading.reading.text import Text, read
from tutor.grading.reading.units import classifier_at
from tutor.grading.reading.wording import wording_key

_APPROXIMATELY = re.compile(
    r"(?<![a-z])(?:about|around|approximately|roughly|nearly|approx|some)(?![a-z])"
    r"|大约|大概|约为|约|左右|上下|差不多|~"
)


def compare_quantities(
    expected: Text, answer: Text, tolerance: Tolerance | None
) -> tuple[Level, str] | None:
    """The comparison by value, or None when the fill says more than a quantity."""
    ours, theirs = quantities(expected), quantities(answer)
    if _beside(expected, ours):
        if _numbers_clash(ours, theirs, tolerance):
            return "different", "number"
        same = len(ours) == len(theirs) and _around(expected, ours) == _around(answer, theirs)
        return ("equivalent", "same-value") if same else None
    if not theirs:
        return "different", "unlike"
    if len(ours) != len(theirs) or _numbers_clash(ours, theirs, tolerance):
        return _value_mismatch(ours, theirs)
    if ours[-1].unit == "%" and _counts_things(answer, theirs[-1]):
        return "different", "unit"
    return ("close", "similar") if _beside(answer, theirs) else ("equivalent", "same-value")


def has_other_unit(expected: Text, answer: Text, behind: str) -> bool:
    """Whether a fill brings a unit where another one stands behind the blank: [...] days."""
    ours, theirs = quantities(expected), quantities(answer)
    if not (len(ours) == len(theirs) == 1) or ours[0].unit or theirs[0].unit is None:
        return False
    completed = quantities(read(f"{expected.raw} {behind}"))[0]
    return completed.unit is not None and not same_quantity(completed, theirs[0])


def _counts_things(answer: Text, quantity: Quantity) -> bool:
    """Whether a measure word follows the number: 96 种 is no share."""
    rest = read(answer.raw[quantity.span[1] :]).normal
    return quantity.unit is None and classifier_at(rest, 0) > 0


def _around(text: Text, found: tuple[Quantity, ...]) -> str:
    """A fill with gaps for its quantities, in normal form."""
    raw = text.raw
    for quantity in reversed(found):
        raw = raw[: quantity.span[0]] + " " + raw[quantity.span[1] :]
    return _APPROXIMATELY.sub(" ", read(raw).normal).strip()


def _beside(text: Text, found: tuple[Quantity, ...]) -> str:
    """What a fill says beside its quantities and their measure word, in key form."""
    rest = _around(text, found)
    return wording_key(rest[classifier_at(rest, 0) :])


def _numbers_clash(
    ours: tuple[Quantity, ...], theirs: tuple[Quantity, ...], tolerance: Tolerance | None
) -> bool:
    return len(ours) == len(theirs) and not all(
        same_quantity(our, their, tolerance) for our, their in zip(ours, theirs, strict=True)
    )


def _value_mismatch(ours: tuple[Quantity, ...], theirs: tuple[Quantity, ...]) -> tuple[Level, str]:
    if len(ours) != len(theirs):
        one_agrees = any(same_quantity(our, their) for our in ours for their in theirs)
        return ("close", "similar") if one_agrees else ("different", "number")
    pairs = list(zip(ours, theirs, strict=True))
    if all(within(our, their) and our.margin for our, their in pairs):
        return "close", "similar"
    if any(unit_scale(our, their) is None for our, their in pairs):
        return "different", "unit"
    return "different", "number"
