"""Figures: the numbers written in a text, in digits or in words, before their unit is read.

Not every digit is a figure. List markers (`1)`), names (`GPT-3`, `fp16`), dates, indices and
coefficients of formulas (`2n-1`), and articles (一个, one of) are left alone: a number that is
none makes a wrong accusation, so precision comes before recall.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from tutor.grading.reading import numerals, units
from tutor.grading.reading.text import Text, is_han


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at [start, end) of the normal form.

    `binary` is its value when k, M or G mean powers of 1024; `times` says that the numeral
    itself means a factor (twice); an `ordinal` (第三, 3rd) names a place.
    """

    value: float
    start: int
    end: int
    binary: float | None = None
    percent: bool = False
    times: bool = False
    ordinal: bool = False


_HAN = f"[{numerals.CHINESE_CHARS}]"
_PLAIN = r"(?:(?<!\d)0,\d+(?![\d,])|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?|(?<!\d)\.\d+)"
_WORD = f"(?:{'|'.join(sorted(numerals.ENGLISH_WORDS, key=len, reverse=True))})(?![a-z])"
_PATTERNS = {
    "date": r"\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d+(?:\.\d+){2,}",
    "half": r"一半|(?<![a-z])half(?![a-z-])",
    "twice": r"(?<![a-z])twice(?![a-z])",
    "hundredths": rf"百分之(?:{_PLAIN}|{_HAN}+(?:点{_HAN}+)?)",
    "power": rf"(?:{_PLAIN}\s?[*·x]\s?)?\d+\s?(?:\^|\*\*)\s?[({{]?[-+]?\d+[)}}]?(?![\w(^])",
    "fraction": r"\d+\s?/\s?\d+(?![\d/]|\.\d|\s?[a-z%])",
    "place": rf"第\s?(?:\d+|{_HAN}+)|\d+(?:st|nd|rd|th)(?![a-z])"
    r"|(?<![a-z])(?:step|stage|phase|chapter|section|figure|table|terminal|bulb) ?\d+(?![\d.])",
    "share": rf"{_HAN}+分之{_HAN}+",
    "part": rf"(?<![a-z])(?:{numerals.ENGLISH_PART})(?![a-z])",
    "digits": rf"{_PLAIN}(?:e[-+]?\d+)?",
    "han": rf"{_HAN}+(?:点{_HAN}+)?",
    "words": rf"(?<![a-z])(?:an? )?{_WORD}(?:[ -](?:and )?{_WORD})*",
}
_FIGURE = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS.items()))
_NUMERAL = re.compile(rf"\d+|{_HAN}+")
_HINT = re.compile(rf"[\d{numerals.CHINESE_CHARS}]|half|twice|third|quarter|{_WORD}")

_MAGNITUDES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "百": 1e2, "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "万亿": 1e12,
    "k": 1e3, "m": 1e6, "b": 1e9, "g": 1e9, "t": 1e12,
}  # fmt: skip
_BINARY = {"k": 2.0**10, "m": 2.0**20, "g": 2.0**30}
_MAGNITUDE = re.compile(
    r"\s?(?P<word>hundred|thousand|million|billion|trillion)(?![a-z])"
    r"|\s?(?P<letter>[kmbgt])(?![a-z0-9^_*(]|/[a-z]|\s?[-+]\s?1(?!\d))"
    r"|\s?(?P<han>百万|千万|万亿|百|千|万|亿)(?!分)"
)
_TAIL = re.compile(r"[1-9](?![\d%万亿千百/:-]|[.,]\d)", re.ASCII)
_PERCENT = re.compile(r"\s?(?:%|percent(?:age points?)?(?![a-z])|per cent(?![a-z])|个?百分点)")
_NAME_BEFORE = re.compile(
    r"(?:[a-zα-ω_^\\]|[_^]\{|[a-z]-|[a-z],\s?|\d[.:/]"
    r"|(?<![a-z])[a-zα-ω]\s?[-+*]\s?|(?<![a-z0-9])[a-zα-ω]\s?/\s?)$"
)
_MINUS_BEFORE = re.compile(r"(?<![a-z0-9_)%\]])(?<![a-z0-9_)%\]] )-$|(?<!正)负$")
_FORMULA_AFTER = re.compile(r"\s?[-+*/·^]\s?(?:[a-zα-ω](?![a-z])|[a-z]+[(_])|[a-zα-ω_\\(^]")
_TIMES = re.compile(r"\s?[*x](?![\w*(])(?!\s?\d)|[ -]?fold(?![a-z])")
_DECIMAL_COMMA = re.compile(r"(?<=^0),")
_FIRST_MARKER = re.compile(r"(?<![\d.])1\)")
_MARKER_AFTER = re.compile(r"[).,]")
_COMPOUND_AFTER = re.compile(r"-[a-z]")
_LONGEST_INTEGER = 18
"""Digits up to which a part of a power or fraction is read."""
_NOT_NUMERALS = (
    "十分", "万一", "一一", "百度", "千万不", "千万别", "千万要", "万能", "三角", "七夕", "五官"
)  # fmt: skip
_INEXACT = "几数多好近余来"
_OTHER_ONE = "进下每同某另任上单统唯之"


def figures(text: Text) -> Iterator[Figure]:
    """The figures in a text, in order, none overlapping another."""
    position = 0 if _HINT.search(text.normal) else len(text.normal)
    while match := _FIGURE.search(text.normal, position):
        figure = _read(text, match)
        position = match.end()
        if figure is not None:
            position = figure.end
            yield figure


def _read(text: Text, match: re.Match[str]) -> Figure | None:
    written, start, end = match.group(), match.start(), match.end()
    match match.lastgroup:
        case "power" | "fraction" | "digits":
            return None if _is_name(text.normal, start) else _in_digits(text, match)
        case "han":
            return _han(text.normal, written, start, end)
        case "words":
            return _words(text.normal, written, start, end)
        case kind:
            return _fixed(str(kind), written, start, end)


def _in_digits(text: Text, match: re.Match[str]) -> Figure | None:
    if match.lastgroup == "power":
        return _power(match.group(), match.start(), match.end())
    if match.lastgroup == "fraction":
        return _fraction(text, match)
    return _digits(text, match.start(), match.end())


def _fixed(kind: str, written: str, start: int, end: int) -> Figure | None:
    match kind:
        case "half":
            return Figure(0.5, start, end)
        case "twice":
            return Figure(2.0, start, end, times=True)
        case "place":
            return _valued(_mixed(_NUMERAL.findall(written)[0]), start, end, ordinal=True)
        case "hundredths":
            return _valued(_mixed(written.removeprefix("百分之")), start, end, percent=True)
        case "share":
            return _share(written, start, end)
        case "part":
            return Figure(numerals.english_part(written), start, end)
        case _:
            return None


def _valued(
    value: float | None, start: int, end: int, *, percent: bool = False, ordinal: bool = False
) -> Figure | None:
    if value is None:
        return None
    return Figure(value, start, end, percent=percent, ordinal=ordinal)


def _mixed(numeral: str) -> float | None:
    """Value of a numeral in digits or in Chinese."""
    if numeral[:1] in tuple("0123456789."):
        return float(numeral.replace(",", ""))
    return numerals.chinese_decimal(numeral)


def _share(written: str, start: int, end: int) -> Figure | None:
    under, over = (numerals.chinese(part) for part in written.split("分之"))
    return Figure(over / under, start, end) if under and over is not None else None


def _power(written: str, start: int, end: int) -> Figure | None:
    left, exponent = re.split(r"\^|\*\*", written, maxsplit=1)
    *mantissa, base = re.split(r"[*·x]", left)
    digits = exponent.strip(" (){}")
    if len(digits) > _LONGEST_INTEGER or abs(power := int(digits)) > 300:
        return None
    value = (_mixed(mantissa[0].strip()) or 0.0) if mantissa else 1.0
    try:
        return Figure(value * float(base) ** power, start, end)
    except (OverflowError, ZeroDivisionError):  # too large to hold, or 0^-1
        return None


def _fraction(text: Text, match: re.Match[str]) -> Figure | None:
    over, under = match.group().split("/")
    if max(len(over), len(under)) <= _LONGEST_INTEGER and 0 < int(over) < int(under) <= 1000:
        return Figure(int(over) / int(under), match.start(), match.end())
    return _digits(text, match.start(), match.start() + len(over.rstrip()))


def _digits(text: Text, start: int, end: int) -> Figure | None:
    normal = text.normal
    if not _is_decimal(text, start) or _is_marker(text, start, end):
        return None
    if "," in normal[start:end] and "," not in text.raw[slice(*text.raw_span(start, end))]:
        end = normal.index(",", start)  # 100、200 is a list, not a hundred thousand
    value = float(_DECIMAL_COMMA.sub(".", normal[start:end]).replace(",", ""))
    figure = _magnified(text, _signed(normal, Figure(value, start, end)))
    if percent := _PERCENT.match(normal, figure.end):
        return replace(figure, end=percent.end(), percent=True)
    if times := _TIMES.match(normal, figure.end):
        return replace(figure, end=times.end(), times=True)
    named = units.unit_at(normal, figure.end) or figure.end > end
    return figure if named or not _FORMULA_AFTER.match(normal, figure.end) else None


def _is_name(normal: str, start: int) -> bool:
    return bool(_NAME_BEFORE.search(normal[max(0, start - 4) : start]))


def _is_decimal(text: Text, start: int) -> bool:
    """Whether the digit was typed as one: ① is a list marker."""
    return unicodedata.category(text.raw[text.raw_span(start, start + 1)[0]]) in ("Nd", "Po")


def _is_marker(text: Text, start: int, end: int) -> bool:
    """Whether the number counts the items of a list: at a line's or clause's start, `1)` or `1.`"""
    after = text.normal[end : end + 2]
    if end - start > 2 or not _MARKER_AFTER.match(after) or after[1:].isdigit() or len(after) < 2:
        return False
    before = _before(text.raw, text.raw_span(start, end)[0])
    if before in "\n;；。.:：，,、":
        return True
    called = before.isascii() and before.isalnum() and text.normal[start - 1] == "("
    return after[0] == ")" and not called and _has_first_marker(text.normal)


def _before(raw: str, end: int) -> str:
    """The last character before `end` that is no space or opening bracket; empty if none is."""
    while end > 0 and raw[end - 1] in " \t(（":
        end -= 1
    return raw[max(0, end - 1) : end]


@lru_cache(maxsize=64)
def _has_first_marker(normal: str) -> bool:
    return _FIRST_MARKER.search(normal) is not None


def _signed(normal: str, figure: Figure) -> Figure:
    if not _MINUS_BEFORE.search(normal[max(0, figure.start - 3) : figure.start]):
        return figure
    return replace(figure, value=-figure.value, start=figure.start - 1)


def _magnified(text: Text, figure: Figure) -> Figure:
    match = _MAGNITUDE.match(text.normal, figure.end)
    if match is None or not _means_magnitude(text, match):
        return figure
    word = match.group().strip()
    binary = figure.value * _BINARY[word] if word in _BINARY else None
    value, end = figure.value * _MAGNITUDES[word], match.end()
    if match["han"] and (tail := _TAIL.match(text.normal, end)):  # 2万5 is 25,000
        value, end = value + int(tail.group()) * _MAGNITUDES[word] / 10, tail.end()
    return replace(figure, value=value, end=end, binary=binary)


def _means_magnitude(text: Text, match: re.Match[str]) -> bool:
    """A letter counts when it is upper case; k and b also glued in lower case (13k, 6b)."""
    if not match["letter"]:
        return True
    raw = text.raw[slice(*text.raw_span(match.start("letter"), match.end()))]
    return raw.isupper() or (match["letter"] in "kb" and match.start() == match.start("letter"))


def _han(normal: str, written: str, start: int, end: int) -> Figure | None:
    before = normal[max(0, start - 4) : start].removesuffix("差不多")[-1:]
    around = before, normal[end : end + 1]
    if normal.startswith(_NOT_NUMERALS, start) or any(char and char in _INEXACT for char in around):
        return None
    value = numerals.chinese_decimal(written)
    if value is None or (len(written) == 1 and not _stands_alone(normal, written, start, end)):
        return None
    percent = _PERCENT.match(normal, end)
    return Figure(value, start, percent.end() if percent else end, percent=bool(percent))


def _stands_alone(normal: str, char: str, start: int, end: int) -> bool:
    """Whether a single Chinese digit is a number here, not a part of a word or an article."""
    if normal.strip() == char:
        return True
    if char == "一":
        other = start > 0 and (normal[start - 1] in _OTHER_ONE or normal[start - 1] == "第")
        return not other and units.unit_at(normal, end) is not None
    if char == "二":
        return False  # before a measure word it is 两
    follower = normal[end : end + 1]
    counted = units.unit_at(normal, end) or units.classifier_at(normal, end) > end
    return bool(counted) or (char != "两" and not is_han(follower or "。"))


def _words(normal: str, written: str, start: int, end: int) -> Figure | None:
    words = written.replace("-", " ").split()
    unit = units.unit_at(normal, end)
    if words == ["one"] and unit is None and normal.strip() != "one":
        return None
    if unit is None and _COMPOUND_AFTER.match(normal, end):
        return None
    value = numerals.english(words)
    if value is None:
        return None
    percent = _PERCENT.match(normal, end)
    return Figure(value, start, percent.end() if percent else end, percent=bool(percent))
