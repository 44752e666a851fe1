"""Other spellings of a number or a formula: 九成六, twelve fifteen, K 选 2, cosine x."""

from __future__ import annotations

import re

from tutor.grading.reading import numerals

_TENTHS = re.compile(r"([一二三四五六七八九])成([一二三四五六七八九])?")
_SHARE = re.compile(r"([十百千万亿])分之([一二三四五六七八九])")
_PLACES = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_RATIO = re.compile(r"(\d+)\s?[:∶比]\s?(\d+)")
_YEAR = re.compile(r"(?:in |the year )?([a-z]+)[ -]((?:[a-z]+)(?:[ -][a-z]+)?)")
_ERA = re.compile(
    r"(?:公元(?!前)|(?:in )?the year |in (?=\d{4})|a\.?d\.?|c\.?e\.?)?"
    r"\s?(\d{1,4})\s?(?:年|a\.?d\.?|c\.?e\.?)?"
)
_RADIANS = re.compile(r"(\d*)\s?π\s?(?:/\s?(\d+))?\s?(?:弧度|rad(?:ian)?s?)")
_CHOOSE = re.compile(r"(\w)\s?(?:选|choose)\s?(\w)")
_RECIPROCAL = re.compile(r"(.+?)\s?(?:的倒数|分之一)|(?:the )?reciprocal of (.+)")
_FUNCTION = re.compile(r"(?<![a-z])(cos|sin|tan)(?:in)?(?:gent|e)(?=\s?\(?[a-zα-ω]\b)")
_HALF = re.compile("(?:a|one) half")
_PARTS = {"third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_PART = re.compile(rf"([a-z]+)[ -]({'|'.join(_PARTS)})s?")
_POINT = re.compile("((?:[a-z]+ )?)point((?: [a-z]+)+)")
_LESS_THAN_NOTHING = re.compile("(?:负|minus |negative )(.+)")
_ROOT = re.compile(
    r"(?:根号下?|(?:the )?(?:square )?root of |sqrt)\s?\(?([^()]+)\)?|([^()]+)的平方根"
)
_PLACE = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_PLACED = re.compile(rf"(?:the )?({'|'.join(_PLACE)})(?: one)?")
_REWRITTEN = (
    (re.compile("(?<![a-z])pi(?![a-z])"), "π"),
    (re.compile(r"(?<=[a-zα-ω0-9)])\s?(?:squared|的平方(?!根))"), "^2"),
    (re.compile(r"(?<=[a-zα-ω0-9)])\s?(?:cubed|的立方(?!根))"), "^3"),
    (re.compile(r"\s?\+\s?/?\s?-\s?"), "±"),
    (re.compile(r"百分之\s+"), "百分之"),
    (re.compile(r"\s?(?:per|a) second(?![a-z])"), "/s"),
    (re.compile(r"\s?(?:per|an) hour(?![a-z])"), "/h"),
    (re.compile(r"\s?(?:千米|公里|kilomet(?:er|re)s?)(?:每秒|/s)"), " km/s"),
    (re.compile(r"\s?(?:米|(?<![a-z])met(?:er|re)s?)(?:每秒|/s)(?!每秒|\^)"), " m/s"),
    (re.compile(r"\s?(?:米每二次方秒|米每秒每秒|米/秒\^2|(?<![a-z])m/s2(?!\d))"), " m/s^2"),
    (re.compile(r"(?<=[a-zα-ω0-9)])\s?(?:乘以?|times)\s?(?=[a-zα-ω0-9(])"), "*"),
    (re.compile(r"(?<=[a-z0-9)])\s?(?:除以|divided by)\s?(?=[a-z0-9(])"), "/"),
    (re.compile(r"(?<=[a-z0-9)])\s?(?:加上?|plus)\s?(?=[a-z0-9(])"), "+"),
    (re.compile(r"(?<=[a-z0-9)])\s?(?:减去?|minus)\s?(?=[a-z0-9(])"), "-"),
)


def respelled(normal: str) -> str:
    """The normal form of a fill with what is spelled in words written in signs."""
    for pattern, written in _REWRITTEN:
        normal = pattern.sub(written, normal)
    normal = _FUNCTION.sub(r"\1", normal)
    return _whole(normal.strip()) or normal


def _whole(normal: str) -> str | None:
    """The other spelling of a fill that is one number or one formula."""
    if tenths := _TENTHS.fullmatch(normal):
        tens, ones = (numerals.chinese(digit or "零") or 0 for digit in tenths.groups())
        return f"{10 * tens + ones:.0f}%"
    if share := _SHARE.fullmatch(normal):
        return f"{numerals.chinese(share[2]) or 0:.0f}e-{_PLACES[share[1]]}"
    if ratio := _RATIO.fullmatch(normal):
        return f"{ratio[1]}/{ratio[2]}"
    if choose := _CHOOSE.fullmatch(normal):
        return f"c({choose[1]},{choose[2]})"
    if reciprocal := _RECIPROCAL.fullmatch(normal):
        return f"1/({respelled(reciprocal[1] or reciprocal[2])})"
    if radians := _RADIANS.fullmatch(normal):
        return f"{int(radians[1] or 1) * 180 / int(radians[2] or 1):g}°"
    if era := _ERA.fullmatch(normal):
        return era[1]
    return _number(normal) or _year(normal)


def _number(normal: str) -> str | None:
    """A fraction, a decimal, a negative number, a root or a place in words."""
    if point := _POINT.fullmatch(normal):
        return _decimal((point[1] or "zero").split() + point[2].split())
    if less := _LESS_THAN_NOTHING.fullmatch(normal):
        return f"-{value:g}" if (value := _value(less[1])) is not None else None
    if root := _ROOT.fullmatch(normal):
        of = (root[1] or root[2]).strip()
        return f"√{of if (value := _value(of)) is None else f'{value:g}'}"
    placed = _PLACED.fullmatch(normal)
    return f"第{_PLACE.index(placed[1]) + 1}" if placed else _fraction(normal)


def _fraction(normal: str) -> str | None:
    if _HALF.fullmatch(normal):
        return "1/2"
    if (part := _PART.fullmatch(normal)) is None:
        return None
    count = 1.0 if part[1] in ("a", "an") else _value(part[1])
    return f"{count:g}/{_PARTS[part[2]]}" if count else None


def _decimal(words: list[str]) -> str | None:
    """Digits that are read out one by one, with a point behind the first."""
    values = [_value(word) for word in words]
    digits = [f"{value:g}" for value in values if value is not None and value < 10]
    return f"{digits[0]}.{''.join(digits[1:])}" if len(digits) == len(words) else None


def _value(numeral: str) -> float | None:
    """The value of a numeral in words; digits are left to be read as they are."""
    words = numeral.replace("-", " ").split()
    if all(word in numerals.ENGLISH_WORDS for word in words):
        return numerals.english(words)
    written = all(char in numerals.CHINESE_CHARS + "点" for char in numeral)
    return numerals.chinese_decimal(numeral) if written else None


def _year(normal: str) -> str | None:
    """A year as it is spoken, in two halves: twelve fifteen."""
    if (spoken := _YEAR.fullmatch(normal)) is None:
        return None
    halves = [half.replace("-", " ").split() for half in spoken.groups()]
    if not all(word in numerals.ENGLISH_WORDS for half in halves for word in half):
        return None
    values = [numerals.english(half) or 0 for half in halves]
    return "".join(f"{v:.0f}" for v in values) if all(10 <= v <= 99 for v in values) else None
