"""Numerals spelled out in words: sixteen, two hundred and five, 十六, 三千五百, 二〇二四."""

from __future__ import annotations

from math import isinf

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}

CHINESE_CHARS = "".join({**_DIGITS, **_TENS, **_MYRIADS})

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_ROUND = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {word: value for value, word in enumerate(_SMALL)}
_WORDS |= {word: 10 * (index + 2) for index, word in enumerate(_ROUND)}
_WORDS |= {"dozen": 12}
_SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_SCALES |= {"trillion": 10**12}

ENGLISH_WORDS = (*_WORDS, *_SCALES)

_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_A_PART = f"(?:{'|'.join(_PARTS)})"
ENGLISH_PART = rf"(?:one|two|three|four|five|six|seven)[ -]{_A_PART}s?|an? {_A_PART}(?= of)"
"""A pattern of shares in words: two thirds, a quarter of."""


def chinese(numeral: str) -> float | None:
    """Value of a Chinese numeral without decimals, or None for what is not one.

    Digit strings are read as such (二〇二四 is 2024). Two neighbouring digits, as in 七八,
    mean "seven or eight" and are no number; neither are 万千 and the like. A last digit right
    after a unit counts the next smaller one, as it is spoken: 三万一 is 31,000, 三万零一 30,001.
    """
    if all(char in _DIGITS for char in numeral):
        return _digit_string(numeral)
    return _positional(numeral)


def chinese_decimal(numeral: str) -> float | None:
    """Value of a Chinese numeral that may have decimals: 一点三 is 1.3."""
    whole, point, decimals = numeral.partition("点")
    value = chinese(whole)
    if not point or value is None:
        return value
    if not decimals or isinf(value) or any(char not in _DIGITS for char in decimals):
        return None
    return float(f"{value:.0f}." + "".join(str(_DIGITS[char]) for char in decimals))


def _digit_string(numeral: str) -> float | None:
    if len(numeral) == 2 and not set(numeral) & {"零", "〇"}:
        return None
    return float("".join(str(_DIGITS[char]) for char in numeral))


def _positional(numeral: str) -> float | None:
    total = section = 0
    unit = 1  # what the digits so far were last multiplied by; 零 sets it back
    digit: int | None = None
    for char in numeral:
        if char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
            unit = unit if digit else 1
        elif char in _TENS:
            if digit is None and (char != "十" or section % 100):
                return None
            unit = _TENS[char]
            section += (1 if digit is None else digit) * unit
            digit = None
        else:
            section += digit or 0
            if not section and not total:
                return None
            unit = _MYRIADS[char]
            total, section, digit = _raised(total, section, unit), 0, None
    return float(total + section + (digit or 0) * max(1, unit // 10))


def _raised(total: int, section: int, myriad: int) -> int:
    """三千万 adds to 一亿 but 亿 multiplies all of 十二万三千."""
    return total + section * myriad if total >= myriad else (total + section) * myriad


def english(words: list[str]) -> float | None:
    """Value of an English numeral given as words without hyphens, or None.

    `a hundred`, `two hundred and fifty` and `twenty five` are numerals; a bare `hundred` is
    not, and neither is `five six`.
    """
    total = section = 0
    last = 0  # size of the last small word, so that "five six" is refused
    spoken = False
    for word in words:
        if word in ("a", "an"):
            section, spoken = 1, True
        elif word in _WORDS:
            if last and not (last >= 20 and _WORDS[word] < 10):
                return None
            last = _WORDS[word] or 1
            section, spoken = section + _WORDS[word], True
        elif word in _SCALES:
            if not spoken:
                return None
            total, section, last = _scaled(total, section, _SCALES[word])
    return float(total + section) if spoken else None


def _scaled(total: int, section: int, scale: int) -> tuple[int, int, int]:
    if scale == 100:
        return total, section * 100, 0
    return total + section * scale, 0, 0


def english_part(written: str) -> float:
    """Value of what `ENGLISH_PART` matches: `two thirds` is 2/3."""
    count, part = written.replace("-", " ").split()
    return _WORDS.get(count, 1) / _PARTS[part.removesuffix("s")]
