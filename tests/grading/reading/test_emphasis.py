from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.reading.emphasis import without_emphasis


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("The forces are really not equal", "The forces are not equal"),
        ("The cost is certainly higher", "The cost is higher"),
        ("It is clearly continuous", "It is continuous"),
        ("Obviously, it rises. Of course, it falls", ", it rises. , it falls"),
        ("The judiciary makes the important laws", "The judiciary makes the laws"),
        ("其实，因为夏天离太阳更近", "因为夏天离太阳更近"),
        ("购买力上升；当然债务人受损", "购买力上升； 债务人受损"),
        ("货币的典型的购买力上升", "货币的 购买力上升"),
        ("梯度非常稳定", "梯度 稳定"),
    ],
)
def test_words_of_emphasis_are_left_out(said, left):
    assert without_emphasis(said, ("",)).split() == left.split()


@pytest.mark.parametrize(
    "said",
    [
        "It is not really random",
        "The prompt is written clearly",
        "the important",
        "并不非常稳定",
        "最重要的原因在于数据",
        "重要的是数据",
        "当然",
        "really",
    ],
)
def test_what_may_mean_something_stays(said):
    assert without_emphasis(said, ("",)) == said


def test_a_word_of_the_card_stays():
    said = "it is really a proxy, and indeed noisy"
    assert without_emphasis(said, ("Is it Really so?",)).split() == [
        "it", "is", "really", "a", "proxy,", "and", "noisy"
    ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["it is ", "really ", "clearly ", "其实，", "非常", "稳定", "。"])))
def test_offsets_stay(parts):
    said = "".join(parts)
    left = without_emphasis(said, ("",))
    assert len(left) == len(said)
    assert all(new in (old, " ") for old, new in zip(said, left, strict=True))
