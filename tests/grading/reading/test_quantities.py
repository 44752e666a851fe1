from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.item import Tolerance
from tutor.grading.reading.quantities import Quantity, quantities, same_quantity, within
from tutor.grading.reading.text import read


def only(raw: str) -> Quantity:
    (quantity,) = quantities(read(raw))
    return quantity


@pytest.mark.parametrize(
    ("raw", "value", "unit"),
    [
        ("16 个 epoch", 16, "epoch"),
        ("16 epochs", 16, "epoch"),
        ("十六 epochs", 16, "epoch"),
        ("sixteen epochs", 16, "epoch"),
        ("训练一个 epoch", 1, "epoch"),
        ("16轮", 16, "epoch"),
        ("2k tokens", 2000, "token"),
        ("13k 提示", 13_000, "prompt"),
        ("40 人", 40, "person"),
        ("一百二十名标注员", 120, None),
        ("175B", 175e9, None),
        ("6 M", 6e6, None),
        ("3.2 million", 3.2e6, None),
        ("1.3 亿", 1.3e8, None),
        ("13万", 130_000, None),
        ("约 1/2。", 0.5, None),
        ("差不多一万三", 13_000, None),
        ("三千五百", 3500, None),
        ("二〇二四", 2024, None),
        ("13,000", 13_000, None),
        ("two hundred and fifty", 250, None),
        ("a hundred people", 100, "person"),
        ("百分之八十五", 85, "%"),
        ("85 percent", 85, "%"),
        ("twenty-five percent", 25, "%"),
        ("9.65e-6", 9.65e-6, None),
        ("9.65×10^-6", 9.65e-6, None),
        ("10⁻⁶", 1e-6, None),
        ("1/2", 0.5, None),
        ("三分之一", 1 / 3, None),
        ("一半", 0.5, None),
        ("两倍", 2, "times"),
        ("twice as often", 2, "times"),
        ("10x faster", 10, "times"),
        ("学习率是-0.5", -0.5, None),
        ("1.5 volts", 1.5, "V"),
        ("2万5", 25_000, None),
        ("two thirds of it", 2 / 3, None),
        ("a quarter of it", 0.25, None),
        ("98.6 °F", 37, "degree"),
        ("两元五角", 2.5, "yuan"),
        ("5 kg/m³", 5, "kg/m3"),
        ("300 km/s", 300, "km/s"),
    ],
)
def test_reads_a_number_with_its_unit(raw, value, unit):
    found = only(raw)
    assert found.value == pytest.approx(value, rel=1e-12)
    assert found.unit == unit


@pytest.mark.parametrize(
    "raw",
    [
        "GPT-3", "fp16", "top-5", "x_1", "y_{12}", "2n-1", "2^(n-1)", "C(K,2)", "O(n^2)", "1 - ε",
        "1) 监督微调；2) 奖励模型", "1. one thing\n2. another", "①将 ②和", "2024-11-24", "10.0.0.1",
        "一些", "一般", "一个模型", "进一步", "十分重要", "万一", "七八个", "几十个", "二叉树",
        "one of them", "no one", "two-dimensional", "hundreds of people", "sentence", "tenth",
    ],
)  # fmt: skip
def test_leaves_digits_alone_that_are_no_quantity(raw):
    assert quantities(read(raw)) == ()


def test_a_range_in_fahrenheit_is_one_in_celsius():
    found = only("97 to 99 °F")
    assert (found.value, found.end) == (36.1, 37.2)  # (97 - 32) / 1.8 and (99 - 32) / 1.8


def test_reads_margins_and_ranges_as_one_quantity():
    assert only("85±3%").bounds == (82, 88)
    assert only("85% ± 3%").bounds == (82, 88)
    assert only("82%–88%").bounds == (82, 88)
    assert only("1-7分").bounds == (1, 7)


def test_keeps_numbers_apart_that_only_stand_together():
    assert [q.value for q in quantities(read("从 10 到 5"))] == [10, 5]
    assert [q.value for q in quantities(read("100、200、300"))] == [100, 200, 300]
    assert [q.value for q in quantities(read("1.3B/6B"))] == [1.3e9, 6e9]
    assert [q.unit for q in quantities(read("72.6±1.5%，held-out 为 77.3±1.3%"))] == ["%", "%"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("16 个 epoch", "十六 epochs"),
        ("2k tokens", "2048"),
        ("2k", "2000 tokens"),
        ("10^-6", "1e-6"),
        ("9.65×10⁻⁶", "9.65e-6"),
        ("85%", "0.85"),
        ("一半", "50%"),
        ("85±3%", "82–88%"),
        ("85±3%", "85%"),
        ("1000 ms", "1 秒"),
        ("第三步", "3rd step"),
        ("两倍", "twice"),
    ],
)
def test_same_in_either_direction(left, right):
    assert same_quantity(only(left), only(right))
    assert same_quantity(only(right), only(left))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("16 epochs", "16 steps"),
        ("16 epochs", "15 epochs"),
        ("2000", "2048"),
        ("13k", "31k"),
        ("9.65e-6", "9.65e-5"),
        ("85±3%", "90%"),
        ("85±3%", "85±5%"),
        ("1-7分", "4分"),
        ("第三步", "三步"),
        ("-0.5", "0.5"),
    ],
)
def test_different_in_either_direction(left, right):
    assert not same_quantity(only(left), only(right))
    assert not same_quantity(only(right), only(left))


def test_tolerance_is_a_share_of_the_reference_or_a_distance():
    # 5 % of 200 is 10: 210 is in, 211 is out.
    assert same_quantity(only("200"), only("210"), Tolerance(0.05))
    assert not same_quantity(only("200"), only("211"), Tolerance(0.05))
    assert same_quantity(only("200"), only("203"), Tolerance(3, relative=False))
    assert not same_quantity(only("200"), only("204"), Tolerance(3, relative=False))


def test_within_a_margin_is_not_the_same_but_no_contradiction():
    assert within(only("85±3%"), only("86%"))
    assert not within(only("85±3%"), only("90%"))


@given(st.integers(1, 10**6), st.sampled_from([" epochs", "%", " tokens", ""]))
@settings(deadline=None, max_examples=50)
def test_commas_and_width_change_nothing(number, unit):
    plain = only(f"{number}{unit}")
    assert same_quantity(plain, only(f"{number:,}{unit}"))
    wide = str(number).translate({48 + digit: 0xFF10 + digit for digit in range(10)})
    assert same_quantity(plain, only(f"{wide}{unit}"))


@given(st.text(max_size=60))
@settings(deadline=None, max_examples=200)
def test_any_text_is_read_and_spans_lie_in_it_in_order(raw):
    ends = [0]
    for quantity in quantities(read(raw)):
        start, end = quantity.span
        assert ends[-1] <= start < end <= len(raw)
        ends.append(end)


@pytest.mark.parametrize("text", ["0^-6", "9999999999^60", "10^999", "2 x 0^-1", "1e999 ± 1e999%"])
def test_powers_that_no_number_can_hold_are_no_quantity_and_no_failure(text):
    assert all(quantity.value != 1 for quantity in quantities(read(text)))


@pytest.mark.parametrize(
    "written",
    [
        "212 °F", "212 F", "212F", "212 degrees Fahrenheit", "华氏212度", "212 华氏度", "100 C",
        "100 degrees Celsius", "摄氏100度", "100摄氏度", "373 K", "373.15 K", "373 kelvins", "100 度",
    ],
)  # fmt: skip
def test_a_temperature_is_one_on_every_scale(written):
    # (212 - 32) / 1.8 = 100; 373.15 - 273.15 = 100
    (boiling,), (found,) = quantities(read("100 °C")), quantities(read(written))
    assert same_quantity(boiling, found)
    assert found.span == (0, len(written))


def test_temperatures_differ_where_their_numbers_do():
    (boiling,) = quantities(read("100 °C"))
    for other in ("100 °F", "100 K", "华氏100度", "99 C"):
        assert not same_quantity(boiling, quantities(read(other))[0])
    # Absolute zero is -273.15 °C, though 273 is what people take off whole kelvins.
    assert same_quantity(quantities(read("-273.15 °C"))[0], quantities(read("0 K"))[0])
