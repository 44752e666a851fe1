from __future__ import annotations

from dataclasses import replace

import pytest

from tutor.grading.attempt import lay_out
from tutor.grading.evidence import gather
from tutor.grading.grade import Verdict
from tutor.grading.guards.panel import find_all
from tutor.grading.item import Item, PointSpec
from tutor.grading.point_status import (
    LONG_NEED,
    SHORT_NEED,
    contradicted,
    describe_points,
    is_enumeration,
    need,
)

STEPS = Item("怎样训练？", ("监督微调；训练奖励模型；用 PPO 做强化学习",))


def examined(item: Item, answer: str):
    attempt = lay_out(item, answer, "zh")
    return gather(attempt, find_all(attempt))


def statuses(item: Item, answer: str, verdict: Verdict) -> list[str]:
    return [p.status for p in describe_points(examined(item, answer), answer, verdict)]


def test_points_are_made_one_by_one():
    assert statuses(STEPS, "监督微调，PPO 强化学习", "partial") == ["covered", "missing", "covered"]


def test_a_correct_answer_makes_every_required_point():
    assert statuses(STEPS, "监督微调和强化学习", "correct") == ["covered"] * 3


def test_an_incorrect_answer_keeps_what_it_says():
    assert statuses(STEPS, "监督微调", "incorrect") == ["covered", "missing", "missing"]
    assert statuses(STEPS, "天气很好", "incorrect") == ["missing"] * 3


def test_what_a_guard_disproves_is_contradicted_and_quoted_where_it_stands():
    item = Item("数据有多大？", ("SFT 数据 13k；RM 数据 33k",))
    answer = "SFT 数据 33k，RM 数据 13k"
    evidence = examined(item, answer)
    assert contradicted(evidence) == {0, 1}
    for point in describe_points(evidence, answer, "incorrect"):
        assert point.status == "contradicted"
        assert point.quote in {"SFT 数据 33k", "RM 数据 13k"}


def test_missing_points_have_no_quote_and_others_have_one():
    answer = "先监督微调，然后 PPO 强化学习"
    points = describe_points(examined(STEPS, answer), answer, "partial")
    assert [point.quote for point in points] == ["先监督微调", None, "然后 PPO 强化学习"]


def test_a_name_needs_more_than_a_long_explanation():
    needs = [
        need(examined(Item("?", (text,)), "x").points[0])
        for text in ("模型", "用比较数据训练一个奖励模型", "模型" * 20 + "很长的一段解释")
    ]
    assert needs == sorted(needs, reverse=True)
    assert needs[0] == SHORT_NEED
    assert needs[-1] == pytest.approx(LONG_NEED)


def test_an_enumeration_lists_several_short_names():
    assert is_enumeration(examined(Item("?", ("有帮助；诚实；无害",)), "x").points)
    assert not is_enumeration(examined(Item("?", ("有帮助",)), "x").points)
    long = "用当前最好的策略收集新的比较数据，重新训练奖励模型，再训练新的策略"
    assert not is_enumeration(examined(Item("?", (f"诚实；{long}",)), "x").points)


@pytest.mark.parametrize("answer", ["RLHF", "人类反馈强化学习", "人类反馈强化学习（RLHF）"])
def test_a_term_with_its_abbreviation_is_one_point_that_either_name_makes(answer):
    item = Item("用什么方法对齐？", ("人类反馈强化学习（RLHF）；监督微调（SFT）",))
    assert statuses(item, answer, "partial") == ["covered", "missing"]


def test_points_are_found_in_any_order_and_quoted_where_they_are_said():
    answer = "用 PPO 做强化学习是最后一步，之前训练奖励模型，一开始是监督微调"
    points = describe_points(examined(STEPS, answer), answer, "correct")
    assert [point.quote for point in points] == [
        "一开始是监督微调", "之前训练奖励模型", "用 PPO 做强化学习是最后一步",
    ]  # fmt: skip
    assert all(answer[slice(*point.span)] == point.quote for point in points if point.span)


def test_one_alternative_makes_a_point_that_names_two():
    item = Item("由谁写？", ("标注员或研究人员；审核员",))
    assert statuses(item, "研究人员", "partial") == ["covered", "missing"]
    both = Item("缓冲什么？", ("输入/输出；网络",))
    assert statuses(both, "输入", "incorrect") == ["missing", "missing"]


def test_sentences_that_a_correct_answer_could_do_without_are_not_required():
    prose = Item("What does it do?", ("The pump raises water. Its colour is usually green.",))
    answer = "The pump raises water"
    made, spared = describe_points(examined(prose, answer), answer, "correct")
    assert (made.status, made.required) == ("covered", True)
    assert (spared.status, spared.required, spared.quote) == ("missing", False, None)
    assert all(p.required for p in describe_points(examined(prose, answer), answer, "partial"))
    listed = replace(prose, key_points=(PointSpec("raises water"), PointSpec("usually green")))
    assert all(p.required for p in describe_points(examined(listed, answer), answer, "correct"))
