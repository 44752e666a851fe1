from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.ways import ways_to_make


@pytest.mark.parametrize(
    ("point", "others"),
    [
        ("标注员或研究人员", ["标注员", "研究人员"]),
        ("SFT 或者监督微调", ["SFT", "监督微调"]),
        ("硬件、软件或网络", ["硬件", "软件", "网络"]),
        ("speed, cost, or accuracy", ["speed", "cost", "accuracy"]),
        ("PPO / proximal policy optimization", ["PPO", "proximal policy optimization"]),
        ("colour/color of light", ["colour of light", "color of light"]),
    ],
)
def test_either_alternative_makes_the_point(point, others):
    assert list(ways_to_make(point)) == [point, *others]


@pytest.mark.parametrize(
    ("point", "bare"),
    [
        ("遵循其他语言的指令（如法语、西班牙语）", "遵循其他语言的指令"),
        ("能读懂代码，例如概括代码、回答提问", "能读懂代码"),
        ("业务交流的频繁程度，如人员接触、文件传递等", "业务交流的频繁程度"),
        ("Use a sort (e.g. mergesort; or quicksort), then scan", "Use a sort, then scan"),
        ("Use a standard unit such as centimetres", "Use a standard unit"),
        ("It drops by a factor of 10, e.g. 300m to 30m", "It drops by a factor of 10"),
    ],
)
def test_examples_need_not_be_repeated(point, bare):
    assert list(ways_to_make(point)) == [point, bare]


@pytest.mark.parametrize(
    "point",
    [
        "input/output",
        "read / write",
        "km/h",
        "and/or",
        "TCP/IP",
        "1/2",
        "3 or 4",
        "1.3B/6B",
        "验证/测试集",
        "It rises or falls",
        "增大或减小",
        "可能产生不真实、有毒或无用的输出",
        "它可以在函数内或在函数外声明",
        "It depends on whether or not they are in the same path",
        "删除或修改原有的数据",
        "如果 A，则 B",
        "（例如 X）",
        "人类反馈强化学习（RLHF）",
    ],
)
def test_what_needs_both_sides_has_one_way(point):
    assert ways_to_make(point) == (point,)


@given(st.text("标注员或、/ abor(e.g. )（如），", max_size=60))
@settings(deadline=None, max_examples=200)
def test_a_point_is_always_its_own_first_way(point):
    first, *others = ways_to_make(point)
    assert first == point
    assert all(len(other) < len(point) for other in others)
