from __future__ import annotations

import pytest

from tutor.grading.reading.quantities import quantities, same_quantity
from tutor.grading.reading.text import read


def same(left: str, right: str) -> bool:
    (one,), (other,) = quantities(read(left)), quantities(read(right))
    return same_quantity(one, other)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("50 kilometres per hour", "50 km/h"),
        ("60 km/min", "1 km/s"),  # 60 km in 60 s
        ("72 千米每小时", "20 m/s"),  # 72000 / 3600
        ("1 mile", "1609.344 m"),
        ("2 feet", "24 inches"),
        ("32 位", "4 字节"),
        ("一个世纪", "100 年"),
        ("250 mg/ml", "250 milligrams per millilitre"),
    ],
)
def test_a_quantity_in_another_unit(left, right):
    assert same(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("50 kilometres per hour", "50 kilometres per minute"),
        ("9.46 trillion miles", "9.46 trillion kilometres"),
        ("32 位", "32 字节"),
        ("145 ounces", "145 grams"),
    ],
)
def test_the_same_number_of_another_unit_is_another_quantity(left, right):
    assert not same(left, right)


@pytest.mark.parametrize("text", ["3 位同学", "2 m/v", "5 ways per day"])
def test_what_only_looks_like_a_unit(text):
    assert quantities(read(text))[0].unit is None
