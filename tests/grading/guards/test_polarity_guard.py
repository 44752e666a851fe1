from __future__ import annotations

import pytest

from tutor.grading.guards.polarity import find


@pytest.mark.parametrize(
    ("answer", "reference"),
    [
        ("训练不稳定的 6B 模型", "6B 模型训练稳定"),
        ("被要求尊重时，生成毒性输出增加", "被要求尊重时，生成毒性输出减少"),
        ("服务对象是确定的", "服务对象是不确定的"),
        ("The pitch will be lower", "When the string is tighter, the pitch will be higher"),
        ("Fruity cream cookies are pure sugar", "Fruity cream cookies are not pure sugar"),
        ("it minimises the expected reward", "it maximizes the expected reward"),
        ("出货量较多", "出货量较少"),
        ("对齐成本高", "对齐成本低"),
        ("the two terminals are no longer connected", "the two terminals are connected"),
        ("不是因为地球离太阳更近", "因为地球离太阳更近"),
        ("而不是由于地球离太阳更近", "因为地球离太阳更近"),
        (
            "it is not because the earth is nearer to the sun",
            "because the earth is nearer to the sun",
        ),
    ],
)
def test_a_clause_turned_around_contradicts(attempt, answer, reference):
    (finding,) = find(attempt(answer, reference))
    assert (finding.name, finding.effect, finding.point) == ("polarity", "contradict", 0)
    assert finding.span is not None


@pytest.mark.parametrize(
    ("answer", "reference"),
    [
        ("6B 模型训练更稳定", "6B 模型训练更稳定"),
        ("损失并没有增加", "损失减少"),
        ("bulb B is not in a closed path with the battery",
         "bulb B is no longer in a closed path with the battery"),
        ("Bulb C had an open path with the battery",
         "Bulb C was no longer in a closed path with the battery"),
        ("不仅真实而且无害", "真实且无害"),
        ("不同群体有不同偏好", "各种群体有各种偏好"),
        ("非常稳定的训练过程", "稳定的训练过程"),
        ("奖励上升，损失不再下降，而是上升", "损失上升"),
        ("collisions can occur at B", "no collision would occur"),
        ("没有写相关内容", "奖励模型预测人类偏好"),
        ("学习率太大会发散，太小则收敛慢", "学习率太小收敛慢，太大会发散"),
        ("链表随机访问比数组慢", "数组随机访问比链表快"),
        ("价格下降时，需求量上升", "价格上升时，需求量下降"),
        ("不要用 SGD，建议用 AdamW", "建议用 AdamW 而不是 SGD"),
        ("过拟合是测试误差大而训练误差小", "过拟合是训练误差小而测试误差大"),
        ("进程切换的开销更大", "线程切换的开销更小"),
        ("因为白昼长，而不是由于地球离太阳更近", "因为白昼长，而不是因为地球离太阳更近"),
        ("由于白昼长，并非因为地球离太阳更近", "因为白昼长，而不是由于地球离太阳更近"),
        ("It is warm because days are long, not due to the distance from the sun being less",
         "It is warm because days are long, not because the distance from the sun is less"),
    ],
)  # fmt: skip
def test_what_says_the_same_or_something_else_does_not(attempt, answer, reference):
    assert [f for f in find(attempt(answer, reference)) if f.effect == "contradict"] == []


def test_a_reference_that_says_it_the_same_way_round_excuses_it(attempt):
    other = "the path is not closed by the switch"
    assert find(attempt(other, "the path is closed by the switch", other)) == []


def test_a_condition_on_one_side_only_is_a_doubt(attempt):
    (finding,) = find(attempt("如果没有对齐模型会输出有害内容", "对齐模型会输出有害内容"))
    assert finding.effect == "doubt"


@pytest.mark.parametrize(
    ("answer", "reference"),
    [
        ("不可以", "可以，能遵循其他语言的指令"),
        ("不能，数据都是英语", "可以，能遵循其他语言的指令"),
        ("InstructGPT 不能泛化", "可以，能遵循其他语言的指令"),
        ("No, it uses water", "Yes, all metals conduct"),
        ("Yes", "No. Only one circuit can be complete"),
    ],
)
def test_no_for_yes_and_yes_for_no(attempt, answer, reference):
    question = "InstructGPT 能否泛化到其他语言？"
    (finding,) = find(attempt(answer, reference, question=question))
    assert (finding.effect, finding.point) == ("contradict", 0)


@pytest.mark.parametrize("answer", ["可以", "能，能泛化", "训练数据不能覆盖所有语言但它能泛化"])
def test_the_same_reply_is_right(attempt, answer):
    question = "InstructGPT 能否泛化到其他语言？"
    assert find(attempt(answer, "可以，能遵循其他语言的指令", question=question)) == []


def test_every_point_is_named_at_most_once(attempt):
    points = ("学习率逐渐增大", "损失逐渐减小")
    found = find(attempt("学习率逐渐减小，学习率逐渐减小，损失逐渐增大", *points, points=points))
    assert [finding.point for finding in found] == [0, 1]


def test_a_proof_outweighs_a_doubt_about_the_same_point(attempt):
    answer = "6B 模型训练不稳定。如果没有人看着，6B 模型训练不稳定"
    (finding,) = find(attempt(answer, "6B 模型训练稳定"))
    assert finding.effect == "contradict"


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("Stocks are riskier than bonds but yield more on average",
         "Bonds are safer than stocks but yield less on average"),
        ("When the price of a good rises, the quantity demanded falls",
         "Consumers buy more of a good when its price is lower"),
        ("平分后必须连续赢得两分才能赢下这一局", "平分后若不连续赢得两分，就不能赢下这一局"),
    ],
)  # fmt: skip
def test_what_may_be_said_from_the_other_end_is_no_proof(attempt, reference, answer):
    assert all(finding.effect == "doubt" for finding in find(attempt(answer, reference)))
