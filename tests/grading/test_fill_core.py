from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.fill_core import LONGEST, before_remark, cores

QUESTION = "后进先出的线性表叫[...]，这种物质的 β 默认为多少"


@pytest.mark.parametrize(
    ("answer", "core"),
    [
        ("应该是栈", "栈"),
        ("我记得好像是 栈 吧。", "栈"),
        ("I think it's Westphalia", "Westphalia"),
        ("I'm pretty sure that it is called recall", "recall"),
        ("栈，因为后进先出", "栈"),
        ("primacy, because they are rehearsed more", "primacy"),
        ("ubiquitous, i.e. present everywhere", "ubiquitous"),
        ("Scale AI（数据标注公司）", "Scale AI"),
        ("massed (all in one go)", "massed"),
        ("这种物质叫催化剂", "催化剂"),
        ("β 默认为 0.02", "0.02"),
        ("β = 0.02", "0.02"),
        ("Scale AI 公司", "Scale AI"),
    ],
)
def test_what_is_wrapped_around_a_fill_comes_off(answer, core):
    assert core in cores(answer, QUESTION)


@pytest.mark.parametrize(
    ("answer", "core"),
    [
        ("不是栈", "栈"),
        ("not a stack", "a stack"),
        ("栈（或者队列）", "栈"),
        ("栈，不对，是队列", "栈"),
        ("cos(x)", "cos"),
        ("监督微调（PPO）", "监督微调"),
        ("价值模型是奖励模型", "奖励模型"),
        ("x != 0", "0"),
    ],
)
def test_what_denies_doubles_or_names_something_is_no_wrapping(answer, core):
    assert core not in cores(answer, QUESTION)


def test_a_remark_is_long_or_about_the_fill_and_no_list_of_guesses():
    assert before_remark("cosine，余弦退火") == "cosine"
    assert before_remark("r(x,y)，被比下去的那个回答的奖励") == "r(x,y)"
    assert before_remark("cosine, linear") is None
    assert before_remark("奖励模型，价值模型和策略模型") is None
    assert before_remark("奖励模型，要不就是价值模型") is None


@given(st.text("应该是不叫栈即，,。()（）=: abit's or-[]1", max_size=40))
@settings(deadline=None, max_examples=200)
def test_the_answer_comes_first_and_every_core_is_part_of_it(answer):
    found = cores(answer, QUESTION)
    assert len(answer) <= LONGEST
    assert all(core in answer for core in found)
    assert not found or found[0] == answer


def test_a_long_dash_explains():
    assert before_remark("长安——唐代的都城") == "长安"
    assert before_remark("长安——洛阳") is None
    assert before_remark("长安，唐代的都城") is None
