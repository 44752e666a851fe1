"""Quantities: numbers with their units, and whether two of them are the same.

`16 个 epoch`, `16 epochs` and `十六 epochs` are one quantity; so are `2k` and `2000` or `2048`,
`10^-6` and `1e-6`, `85%` and `0.85`.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from itertools import islice

from tutor.grading.item import Tolerance
from tutor.grading.reading import units
from tutor.grading.reading.figures import Figure, figures
from tutor.grading.reading.memory import MANY, remember
from tutor.grading.reading.text import Text, length_of


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit.

    `value` is in `unit`: 85 % has the value 85 and the unit `%`. `unit` is canonical, None for
    an unknown noun or none at all. With a `margin` the quantity is value ± margin; with an
    `end` it is the range from value to end. `binary` is the value when k, M or G mean powers of
    1024. An `ordinal` (第三, 3rd) names a place and never equals a count. `span` is raw offsets.
    """

    value: float
    unit: str | None
    span: tuple[int, int]
    margin: float | None = None
    end: float | None = None
    binary: float | None = None
    ordinal: bool = False

    @property
    def bounds(self) -> tuple[float, float]:
        """Smallest and largest value that the quantity stands for, in its unit."""
        if self.end is not None:
            return self.value, self.end
        margin = self.margin or 0.0
        return self.value - margin, self.value + margin


MOST = 200
_SCALES = {"摄氏": "degree", "华氏": "fahrenheit"}
_MARGIN = re.compile(r"\s?(?:±|\+/-|\+-|正负|plus or minus )\s?")
_RANGE = re.compile(r"\s?(?:-|~|到|至|to(?= ))\s?")


@remember(MANY, length_of)
def quantities(text: Text) -> tuple[Quantity, ...]:
    """The quantities in a text, in order; the first 200, since each is compared with all others."""
    found: list[tuple[Quantity, int, int]] = []
    for figure in islice(figures(text), MOST):
        quantity, end = _measured(text, figure)
        joined = _joined(text, found[-1], quantity, figure.start) if found else None
        if joined:
            quantity = joined
            found.pop()
        found.append((quantity, figure.start, end))
    return tuple(_in_celsius(quantity) for quantity, _, _ in found)


def _in_celsius(quantity: Quantity) -> Quantity:
    """A temperature in degrees Celsius, as people convert it: Fahrenheit to the tenth, and
    kelvins by 273 where they are whole."""
    value, end = quantity.value, quantity.end
    match quantity.unit:
        case "fahrenheit":
            margin = quantity.margin and round(quantity.margin / 1.8, 1)
            value, end = _from_fahrenheit(value), None if end is None else _from_fahrenheit(end)
        case "kelvin":
            margin = quantity.margin
            value, end = _from_kelvin(value), None if end is None else _from_kelvin(end)
        case _:
            return quantity
    return replace(quantity, value=value, end=end, margin=margin, unit="degree")


def _from_fahrenheit(value: float) -> float:
    return round((value - 32) / 1.8, 1)


def _from_kelvin(value: float) -> float:
    whole = value.is_integer() and value != 0  # absolute zero is known to the hundredth
    return value - 273 if whole else round(value - 273.15, 2)


def _measured(text: Text, figure: Figure) -> tuple[Quantity, int]:
    """The quantity of a figure, and where it ends in the normal form."""
    unit, end = _unit(text, figure)
    start = figure.start
    if unit == "degree" and (scale := _SCALES.get(text.normal[max(0, start - 2) : start])):
        unit, start = scale, start - 2  # 华氏212度
    span = text.raw_span(start, end)
    found = Quantity(figure.value, unit, span, binary=figure.binary, ordinal=figure.ordinal)
    if unit is None and text.raw[slice(*span)].endswith(" K"):  # 2k and 2K are 2,000, 300 K is not
        found = replace(found, value=figure.value / 1000, unit="kelvin", binary=None)
    return found, end


def _unit(text: Text, figure: Figure) -> tuple[str | None, int]:
    if figure.percent:
        return "%", figure.end
    if figure.times:
        return "times", figure.end
    match = units.unit_at(text.normal, figure.end)
    return (match.name, match.end) if match else (None, figure.end)


def _joined(
    text: Text, left: tuple[Quantity, int, int], right: Quantity, start: int
) -> Quantity | None:
    """`85±3%` or `82-88%` as one quantity, or None when the two stand for themselves."""
    first, _, end = left
    between = text.normal[end:start]
    unit = right.unit or first.unit
    if first.ordinal or right.ordinal or first.margin:
        return None
    if right.unit == "jiao" and first.unit == "yuan" and not between:
        value = first.value + right.value / 10  # 二元五角
        return replace(first, value=value, span=(first.span[0], right.span[1]))
    if first.unit not in (None, unit):
        return None
    whole = replace(first, unit=unit, span=(first.span[0], right.span[1]))
    if _MARGIN.fullmatch(between):
        return replace(whole, margin=abs(right.value))
    if _RANGE.fullmatch(between) and first.end is None and first.value < abs(right.value):
        return replace(whole, end=abs(right.value))
    return None


def same_quantity(left: Quantity, right: Quantity, tolerance: Tolerance | None = None) -> bool:
    """Whether two quantities say the same; `left` is the reference for a relative tolerance.

    Units must agree or one must be missing. A plain number agrees with the middle of `±`.
    """
    if left.ordinal != right.ordinal:
        return False
    scale = unit_scale(left, right)
    if scale is None:
        return False
    if (left.end is None) != (right.end is None) or (left.margin and right.margin):
        pairs = zip(left.bounds, right.bounds, strict=True)
        return all(_equal(a, b * scale, tolerance) for a, b in pairs)
    if left.end is not None and right.end is not None:
        return _equal(left.value, right.value * scale, tolerance) and _equal(
            left.end, right.end * scale, tolerance
        )
    return _equal(left.value, right.value * scale, tolerance) or _same_binary(left, right)


def within(reference: Quantity, stated: Quantity) -> bool:
    """Whether a stated value lies inside the reference's margin or range."""
    scale = unit_scale(reference, stated)
    low, high = reference.bounds
    return scale is not None and all(low <= end * scale <= high for end in stated.bounds)


def unit_scale(left: Quantity, right: Quantity) -> float | None:
    """Factor that takes `right` into the unit of `left`, or None when the units disagree.

    A bare number up to 1 is read as a share beside a percentage.
    """
    if left.unit and right.unit:
        return units.ratio(right.unit, left.unit)
    if left.unit == "%" and abs(right.value) <= 1:
        return 100.0
    if right.unit == "%" and abs(left.value) <= 1:
        return 0.01
    return 1.0


def _equal(reference: float, stated: float, tolerance: Tolerance | None) -> bool:
    if tolerance is None:
        return math.isclose(reference, stated, rel_tol=1e-9, abs_tol=1e-15)
    room = tolerance.value * (abs(reference) if tolerance.relative else 1.0)
    return abs(reference - stated) <= room * (1 + 1e-9) + 1e-15


def _same_binary(left: Quantity, right: Quantity) -> bool:
    return (left.binary is not None and _equal(left.binary, right.value, None)) or (
        right.binary is not None and _equal(left.value, right.binary, None)
    )
