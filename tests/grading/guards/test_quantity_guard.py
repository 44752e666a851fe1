from __future__ import annotations

import pytest

from tutor.grading.guards.quantity import find
from tutor.grading.item import Tolerance


@pytest.mark.parametrize(
    ("answer", "reference", "quote"),
    [
        ("训练 10 个 epoch", "16 epochs", "10 个 epoch"),
        ("大约有五十人", "标注员约 40 人", "五十人"),
        ("90% 的情况下更优", "85±3% 的情况下优于 GPT-3", "90%"),
        ("频率是 GPT-3 的三倍", "频率是 GPT-3 的两倍", "三倍"),
        ("batch size 64, lr 9e-6", "batch size 32, lr 9e-6", "64"),
        ("一致率为 72.6±5%", "一致率为 72.6±1.5%", "72.6±5%"),
        ("SFT 13k 提示，RM 50k 提示", "SFT: 13k 提示；RM: 33k 提示", "50k 提示"),
        ("about twenty percent", "about 25%", "twenty percent"),
        ("每秒 30 万米", "每秒 30 万公里", "30 万米"),
        ("one third of the budget", "two thirds of the budget", "one third"),
    ],
)
def test_another_number_in_the_same_role_contradicts(attempt, answer, reference, quote):
    (finding,) = find(attempt(answer, reference))
    assert (finding.name, finding.effect, finding.point) == ("quantity", "contradict", 0)
    assert answer[slice(*finding.span)] == quote


@pytest.mark.parametrize(
    ("answer", "reference"),
    [
        ("十六个 epoch", "16 epochs"),
        ("85% 的情况下", "85±3% 的情况下"),
        ("82–88% 的情况下", "85±3% 的情况下"),
        ("86% 的情况下", "85±3% 的情况下"),
        ("概率约 0.05", "概率为 0.0508"),
        ("训练了几轮", "16 epochs"),
        ("先 2 轮预热，共 16 轮", "16 epochs"),
        ("5 个人做了 3 天", "训练 16 epochs"),
        ("batch 为 512", "学习率为 9e-6"),
        ("比如 7, 9, 11", "例如 3, 4, 5"),
        ("1) 监督微调 2) 奖励模型", "分为三步：监督微调、奖励模型、PPO"),
        ("40 meters", "40 m, not 20 m"),
        ("2万5的营收", "营收 25000"),
        ("97 % is salt water", "3 % is fresh water"),
    ],
)
def test_right_missing_or_unrelated_numbers_do_not(attempt, answer, reference):
    assert find(attempt(answer, reference)) == []


def test_numbers_of_the_question_are_no_evidence(attempt):
    question = "1.3B InstructGPT 相比 175B GPT-3 表现如何？"
    reference = "1.3B InstructGPT 更受偏好，尽管参数少 100 倍"
    assert find(attempt("175B 的 GPT-3 更差", reference, question=question)) == []
    answer = "更受偏好，参数少 10 倍"
    (finding,) = find(attempt(answer, reference, question=question))
    assert answer[slice(*finding.span)] == "10 倍"


def test_a_number_of_another_reference_is_right(attempt):
    assert find(attempt("16 epochs", "12 epochs", "16 epochs")) == []


def test_the_tolerance_of_the_item_counts(attempt):
    assert find(attempt("210 个提示", "约 200 个提示", tolerance=Tolerance(0.05))) == []
    assert find(attempt("220 个提示", "约 200 个提示", tolerance=Tolerance(0.05)))


def test_names_the_key_point_concerned(attempt):
    points = ("SFT 用 13k 提示", "RM 用 33k 提示")
    (finding,) = find(attempt("SFT 用 13k 提示，RM 用 50k 提示", *points, points=points))
    assert finding.point == 1
