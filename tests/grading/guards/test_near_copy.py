from __future__ import annotations

import pytest

from tutor.grading.guards.near_copy import find

LONG = "奖励模型的参数量是 6B，因为训练 175B 的奖励模型不稳定，也不适合当价值函数"


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("第一步训练奖励模型", "第二步训练奖励模型"),
        ("y_w 是受偏好的输出，y_l 是落选的输出", "y_l 是受偏好的输出，y_w 是落选的输出"),
        ("训练时优先有用，评估时优先真实", "评估时优先有用，训练时优先真实"),
        (LONG, LONG.replace("不稳定", "稳定")),
        (LONG, LONG.replace("奖励模型不", "策略模型不")),
        ("the encoder reads and the decoder writes", "the decoder reads and the encoder writes"),
        ("It lengthens the note by half of its original value",
         "It lengthens the following rest by half of its original value"),
        ("The lessee pays rent to the lessor", "The lessee receives rent from the lessor"),
        ("The model can generalise to other languages", "The model cannot generalise to other languages"),
    ],
)  # fmt: skip
def test_a_changed_word_in_a_copy_is_a_doubt(attempt, reference, answer):
    (finding,) = find(attempt(answer, reference))
    assert (finding.name, finding.effect) == ("near_copy", "doubt")


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        (LONG, LONG),
        (LONG, LONG.replace("的", "")),
        ("标注员写的提示；用户提交的提示", "用户提交的提示；标注员写的提示"),
        ("降低训练的计算成本和时间", "减少训练的计算成本和时间"),
        ("用强化学习优化语言模型的策略", "用 RL 优化语言模型的策略"),
        (LONG, "大的训练起来容易崩"),
        ("PPO", "SFT"),
        (LONG, ""),
    ],
)
def test_a_harmless_change_or_no_copy_is_none(attempt, reference, answer):
    assert find(attempt(answer, reference)) == []


def test_the_changed_key_point_is_named_where_it_stands(attempt):
    points = ("先用示范做监督微调", "再用比较数据训练奖励模型")
    answer = "首先收集很多人写的文字。然后模仿。再用比较数据训练价值模型"
    (finding,) = find(attempt(answer, "；".join(points), points=points))
    assert finding.point == 1
    assert answer[slice(*finding.span)] == "再用比较数据训练价值模型"
