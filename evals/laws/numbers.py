"""Another number in the place of one that a key point names."""

from __future__ import annotations

import re
from random import Random

from evals.cases import Case
from evals.laws.places import Replacement, has_formula, replaced
from tutor.grading.key_points import key_points_of

_ANY = re.compile(r"\d+(?:\.\d+)?")
_ALONE = re.compile(
    r"(?P<since>\b[Ii]n )?(?<![\w.,(（/+*=<>~∶:：^×–-])(?P<number>\d+(?:\.\d+)?)"
    r"(?!\d|[)）、:：/*=^_×²³–-]|\.\d|\w*[A-Za-z])(?P<year>(?= ?年))?"
)
"""A number by itself: no part of a name, a list marker, a ratio, a range or a formula."""
_INSTEAD_OF_ZERO, _FACTOR, _YEARS_ON = "7", 3, 20


def with_another_number(case: Case, chance: Random) -> str | None:
    """The answer with one number of a required key point three times as great, a year 20 on.

    None without a number that a point has and the question has not, and in formulas.
    """
    if has_formula(case.answer):
        return None
    wanted = _wanted(case)
    places = [
        Replacement(*match.span("number"), _other(match))
        for match in _ALONE.finditer(case.answer)
        if match["number"] in wanted and case.answer.count(match["number"]) == 1
    ]
    return replaced(case.answer, places, chance)


def _wanted(case: Case) -> set[str]:
    """Numbers that a required point names and nothing given away or optional does."""
    points = key_points_of(case.item)
    required = {number for point in points if point.required for number in _ANY.findall(point.text)}
    optional = {n for point in points if not point.required for n in _ANY.findall(point.text)}
    return required - optional - set(_ANY.findall(case.item.question))


def _other(match: re.Match[str]) -> str:
    number = match["number"]
    if "." in number:
        decimals = len(number.partition(".")[2])
        return f"{float(number) * _FACTOR:.{decimals}f}" if float(number) else _INSTEAD_OF_ZERO
    if len(number) == 4 and (match["since"] or match["year"] is not None):
        return str(int(number) + _YEARS_ON)
    return str(int(number) * _FACTOR) if int(number) else _INSTEAD_OF_ZERO
