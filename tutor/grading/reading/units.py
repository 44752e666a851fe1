"""Units of measure and of counting, with their English and Chinese names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_CLASSIFIERS = "个名位条种项类份次张篇组台块层步轮对句段点件"
_NAMES = (
    re.compile(r"[a-zμ°]{1,14}/[a-z]{1,7}(?:\^\(?\d\)?)?(?![a-z])"),
    re.compile(r"[a-zμ°]+(?:/s)?"),
)
"""A unit of two, as kg/m^3, comes before its first half alone."""
_SCALE = re.compile(r" ?(?:(?:c|celsius|centigrade)|(f|fahrenheit))(?![a-z])")
"""What says of which scale degrees are; the group is Fahrenheit's."""
_PER = re.compile(r"([a-z]{1,14}) per ([a-z]{1,14})(?![a-z])")
_RATES = {("length", "time"): "speed", ("data", "time"): "rate"}
"""Dimensions of two others, in whose first units they are told."""
_RAISED = re.compile(r"[()^]")
_LONGEST_HAN = 5
_BITS = re.compile("位(?=$|[^\u4e00-\u9fff]|[的地二长宽整系])")
"""A measure word of people and digits, and at the end of an expression a bit."""
_OTHER_WORDS = {
    "人": "工类机为们格", "分": "类布别为成之支数析离配", "次": "要序于", "元": "素", "周": "期",
    "度": "量", "日": "志", "层": "次级", "年": "级", "天": "然", "角": "形度色落膜质星",
    "升": "高到级至", "里": "面边程", "斤": "两", "英里": "程", "亩": "产",
    "提示": "学", "样本": "量",
}  # fmt: skip
"""What must not follow a Chinese unit: 分类 is no 分."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by its canonical name; `size` converts it to the first unit of its dimension.

    Things that are counted (epochs, people) share the dimension `count` but never convert.
    """

    name: str
    dimension: str
    size: float


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """Where a unit's name ends in the normal form, and which unit it is."""

    name: str
    end: int


@cache
def _units() -> dict[str, Unit]:
    """Units by every name they have."""
    table: dict[str, Unit] = {}
    for line in (files("tutor.grading") / "data/units.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, dimension, size, names = line.split("\t")
            unit = Unit(name, dimension, float(size))
            table |= dict.fromkeys(names.split(), unit) | {name: unit}
    return table


@cache
def _unit(name: str) -> Unit | None:
    """A unit by one of its names, or by those of two: km/min."""
    if known := _units().get(name):
        return known
    over, slash, under = name.partition("/")
    above, below = _units().get(over), _units().get(under)
    if not (slash and above and below and len(over) > 1):  # m/v are more likely variables
        return None
    together = f"{above.name}/{below.name}"
    if together in _units():
        return _units()[together]
    dimension = _RATES.get((above.dimension, below.dimension), "count")
    return Unit(together, dimension, above.size / below.size)


def unit_at(normal: str, start: int) -> UnitMatch | None:
    """The unit named at `start` of a normal form, past a space and a measure word."""
    start = _past_space(normal, start)
    found = _named_at(normal, start)
    if found is None and normal[start : start + 1] in _CLASSIFIERS and start < len(normal):
        found = _named_at(normal, _past_space(normal, start + 1))
    if found and found.name == "degree" and (scale := _SCALE.match(normal, found.end)):
        return UnitMatch("fahrenheit" if scale[1] else "degree", scale.end())
    return found


def classifier_at(normal: str, start: int) -> int:
    """End of the measure word at `start`, or `start` when there is none."""
    return start + 1 if normal[start : start + 1] and normal[start] in _CLASSIFIERS else start


def ratio(unit: str, other: str) -> float | None:
    """How many of `other` one `unit` is, or None when they do not convert."""
    if unit == other:
        return 1.0
    left, right = _unit(unit), _unit(other)
    if not left or not right or left.dimension != right.dimension or left.dimension == "count":
        return None
    return left.size / right.size


def in_first_unit(value: float, unit: str | None) -> tuple[float, str | None]:
    """A value in the first unit of its dimension, with that dimension; a share has none, and
    what is counted is its own."""
    if unit == "%":
        return value / 100, None
    known = _unit(unit or "")
    if known is None or known.dimension == "count":
        return value, unit
    return value * known.size, known.dimension


def _past_space(normal: str, start: int) -> int:
    return start + 1 if normal[start : start + 1] in (" ", "-") else start


def _named_at(normal: str, start: int) -> UnitMatch | None:
    if (rate := _PER.match(normal, start)) and (unit := _unit("/".join(rate.groups()))):
        return UnitMatch(unit.name, rate.end())
    for pattern in _NAMES:
        word = pattern.match(normal, start)
        found = _latin(normal, word) if word else None
        if found or (word and pattern is _NAMES[-1]):
            return found
    if match := _BITS.match(normal, start):
        return UnitMatch("bit", match.end())
    for length in range(_LONGEST_HAN, 0, -1):
        name = normal[start : start + length]
        follower = normal[start + length : start + length + 1]
        if len(name) == length and name in _units() and follower not in _not_after(name):
            return UnitMatch(_units()[name].name, start + length)
    return None


def _not_after(name: str) -> tuple[str, ...]:
    return tuple(_OTHER_WORDS.get(name, ""))


def _latin(normal: str, word: re.Match[str]) -> UnitMatch | None:
    unit = _unit(_RAISED.sub("", word.group()))
    follower = normal[word.end() : word.end() + 1]
    if unit is None or follower.isdigit():
        return None
    if len(word.group()) == 1 and follower in tuple("^_(*-+/"):
        return None
    return UnitMatch(unit.name, word.end())
