from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.reading.content import content_of
from tutor.grading.reading.copies import changes, is_near
from tutor.grading.reading.text import read


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("夏季直射点北移，北半球白天变长，夜晚变短", "夏季直射点北移，北半球夜晚变短，白天变长"),
        ("Carbon dioxide and water go in", "Water and carbon dioxide go in"),
        ("保持静止或匀速直线运动状态不变", "保持匀速直线运动或静止状态不变"),
        ("过拟合是训练误差小而测试误差大", "过拟合是测试误差大而训练误差小"),
        ("Terminal 1 and the positive terminal are separated by a gap",
         "the positive terminal is separated from terminal 1 by a gap"),
        ("because there were 13 original colonies", "represents the original 13 colonies"),
        ("The puck moves in a straight line with a constant speed",
         "The puck moves with a constant speed in a straight line"),
        ("A location in memory that can store a value", "a location in memory where a value can be stored"),
        ("After feedback, most errors are corrected in full", "Most errors are corrected in full after feedback"),
        ("The voltage of the bulb decreases", "The voltage of the bulb does not increase"),
        ("其他条件不变时，价格上升，需求量减少", "其他条件不变时，价格上涨，需求量下降"),
        ("在 GLUE 上 BERT 的准确率优于 ELMo", "在 GLUE 上 ELMo 的准确率不如 BERT"),
        ("胰岛素由 β 细胞分泌", "β 细胞分泌胰岛素"),
        ("保存 fp32 主副本", "fp32 主副本保存"),
    ],
)  # fmt: skip
def test_rewording_changes_nothing(reference, answer):
    assert changes(read(reference), read(answer)) == ()


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("训练时优先有用，评估时优先真实", "评估时优先有用，训练时优先真实"),
        ("the drug kills the others and the resistant ones survive",
         "the drug kills the resistant ones and the others survive"),
        ("价格上升，需求减少；价格下降，需求增加", "价格上升，需求增加；价格下降，需求减少"),
        ("保持静止状态不变", "不保持静止状态变"),
        ("The ocean plate sinks beneath the land plate because it is dense",
         "The land plate sinks beneath the ocean plate because it is dense"),
        ("A 与 T 配对，G 与 C 配对", "A 与 C 配对，G 与 T 配对"),
        ("先监督微调，再训练奖励模型", "再监督微调，先训练奖励模型"),
    ],
)  # fmt: skip
def test_the_same_words_in_another_place_may_change_everything(reference, answer):
    assert changes(read(reference), read(answer)) is None


def test_what_is_exchanged_is_told():
    (change,) = changes(read("胰岛素由胰岛 β 细胞分泌"), read("胰岛素由胰岛 α 细胞分泌")) or ()
    assert (change.lost.words, change.added.words) == (("β",), ("α",))


@pytest.mark.parametrize("word", ["不", "只"])
def test_a_word_that_turns_a_sentence_around_is_no_small_addition(word):
    assert changes(read("奖励模型会过拟合"), read(f"奖励模型{word}会过拟合"))


@given(st.permutations(["red", "green", "blue", "white"]))
@settings(max_examples=24, deadline=None)
def test_a_list_may_come_in_any_order(colours):
    listed = read(", ".join(colours))
    assert changes(read("red, green, blue, white"), listed) == ()


@given(st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_a_text_changes_nothing_in_itself(raw):
    assert changes(read(raw), read(raw)) == ()


def test_nearness_needs_most_of_the_words_of_both():
    long = content_of(read("The reward model predicts which output people prefer"))
    assert is_near(long, content_of(read("the reward model predicts which output people like")))
    assert not is_near(long, content_of(read("the reward model")))
