from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.reading import numerals

DIGITS = "零一二三四五六七八九"


def spoken(number: int) -> str:
    """A number below 10,000 as it is said in Chinese: 205 is 二百零五."""
    text = ""
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            text += DIGITS[digit] + name
        elif text and not text.endswith("零"):
            text += "零"
    return text.rstrip("零") or "零"


@given(st.integers(0, 9999))
@settings(deadline=None, max_examples=100)
def test_chinese_reads_what_is_said(number):
    assert numerals.chinese(spoken(number)) == number


@given(st.integers(1, 9999), st.integers(1, 9999))
@settings(deadline=None, max_examples=100)
def test_chinese_reads_myriads(high, low):
    assert numerals.chinese(spoken(high) + "万零" + spoken(low)) == high * 10_000 + low


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十", 10), ("十六", 16), ("二十三", 23), ("两千", 2000), ("二〇二四", 2024),
        ("一百零五", 105), ("三千零五", 3005), ("一亿三千万", 130_000_000),
    ],
)  # fmt: skip
def test_chinese(numeral, value):
    assert numerals.chinese(numeral) == value


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("三万一", 31_000), ("一万三", 13_000), ("两千五", 2500), ("三百六", 360),
        ("三万五千六", 35_600), ("一亿三", 130_000_000), ("十二万三", 123_000),
        ("三万零一", 30_001), ("三万零一十", 30_010), ("三百零六", 306),
    ],
)  # fmt: skip
def test_a_last_digit_counts_the_next_smaller_unit_unless_a_zero_stands_before(numeral, value):
    assert numerals.chinese(numeral) == value


@pytest.mark.parametrize("numeral", ["七八", "三四百", "万", "百", "千百"])
def test_what_only_resembles_a_chinese_numeral(numeral):
    assert numerals.chinese(numeral) is None


@pytest.mark.parametrize(
    ("written", "value"), [("two thirds", 2 / 3), ("a quarter", 0.25), ("three-fifths", 0.6)]
)
def test_english_parts(written, value):
    assert numerals.english_part(written) == value


def test_chinese_decimals():
    assert numerals.chinese_decimal("一点三") == 1.3
    assert numerals.chinese_decimal("十二点零五") == 12.05
    assert numerals.chinese_decimal("一点") is None


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("sixteen", 16),
        ("twenty five", 25),
        ("a hundred", 100),
        ("two hundred and fifty", 250),
        ("three thousand two hundred", 3200),
        ("one million two hundred thousand", 1_200_000),
    ],
)
def test_english(words, value):
    assert numerals.english(words.split()) == value


@pytest.mark.parametrize("words", ["hundred", "five six", "thousand", "twenty eleven"])
def test_what_only_resembles_an_english_numeral(words):
    assert numerals.english(words.split()) is None
