from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.reading.content import content_of
from tutor.grading.reading.copies import changes, is_near, replaces_one
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
        ("资产等于负债加所有者权益", "资产等于所有者权益加负债"),
        ("GET sends parameters in the URL, while POST sends them in the request body",
         "POST sends parameters in the request body, while GET sends them in the URL"),
        ("The legislature makes the laws and the judiciary interprets them",
         "Laws are made by the legislature and interpreted by the judiciary"),
        ("Current liabilities exceed current assets of the firm",
         "Current assets are less than current liabilities of the firm"),
        ("在场的人越多，每个人伸出援手的可能性越小", "在场的人越少，每个人伸出援手的可能性越大"),
        ("移动可能损伤脊髓，造成瘫痪", "移动可能损伤脊髓，导致瘫痪"),
        ("represents the original 13 colonies", "represents the original 13 colonnies"),
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
        ("替代品涨价，本商品需求增加；互补品涨价，本商品需求减少",
         "互补品涨价，本商品需求增加；替代品涨价，本商品需求减少"),
        ("固体中最快，液体中次之，气体中最慢", "液体中最快，固体中次之，气体中最慢"),
        ("价格上升，需求量减少", "需求量减少，价格就上升"),
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


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("进攻球员在对方半场，比球更靠近球门线", "进攻球员在己方半场，比球更靠近球门线"),
        ("表示过去发生的动作对现在造成的影响", "表示过去发生的动作对将来造成的影响"),
        ("标准误与样本量的平方根成反比", "标准误与样本量的平方成反比"),
        ("标准误与样本量成反比，样本量增大时减小", "标准误与样本量成正比，样本量增大时增大"),
        (
            "表面温度越高颜色越偏蓝，温度越低颜色越偏红",
            "表面温度越低颜色越偏蓝，温度越高颜色越偏红",
        ),
    ],
)
def test_small_words_may_change_much(reference, answer):
    assert changes(read(reference), read(answer)) != ()


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("It lengthens the note by half of its original value",
         "It lengthens the following rest by half of its original value"),
        ("When all the data are skewed or contain outliers", "When all the data are not skewed and contain no outliers"),
    ],
)  # fmt: skip
def test_one_expression_is_replaced(reference, answer):
    assert replaces_one(read(reference), read(answer))


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("It lengthens the note by half of its original value", "It plays the note by half of its initial length"),
        ("It lengthens the note by half of its original value", "It lengthens the note by half of its original value, always"),
        ("13 original colonies", "13 british colonies"),
    ],
)  # fmt: skip
def test_several_expressions_or_few_words_are_another_wording(reference, answer):
    assert not replaces_one(read(reference), read(answer))
