from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.item import Item, PointSpec
from tutor.grading.key_points import is_list, key_points_of, split_reference
from tutor.grading.reading.text import read


def points(text: str) -> list[str]:
    return [point.text for point in split_reference(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. 监督微调 2. 奖励模型 3. PPO", ["监督微调", "奖励模型", "PPO"]),
        ("（1）监督微调；（2）训练奖励模型；（3）PPO。", ["监督微调", "训练奖励模型", "PPO"]),
        ("① 有帮助 ② 诚实 ③ 无害", ["有帮助", "诚实", "无害"]),
        ("一、有帮助 二、诚实", ["有帮助", "诚实"]),
        ("- collect demonstrations\n- train a model\n- run PPO",
         ["collect demonstrations", "train a model", "run PPO"]),
        ("It is fast. It is cheap.", ["It is fast", "It is cheap"]),
        ("减轻过拟合；节省计算，每个输出只要一次前向", ["减轻过拟合", "节省计算，每个输出只要一次前向"]),
        ("硬件、软件、人员", ["硬件", "软件", "人员"]),
        ("speed, cost, and accuracy", ["speed", "cost", "accuracy"]),
        ("它包括：\n- 有帮助\n- 诚实", ["有帮助", "诚实"]),
        ("被要求尊重时毒性减少，但在偏见上改进不明显", ["被要求尊重时毒性减少", "在偏见上改进不明显"]),
        ("三个 H：helpful, honest, harmless", ["helpful", "honest", "harmless"]),
    ],
)  # fmt: skip
def test_lists_and_sentences_are_cut(text, expected):
    assert points(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Use a sort (e.g. mergesort; or quicksort), then scan",
        "It was found by Dr. Smith",
        "A vs. B was tested",
        "学习率从 0.02 降到 1.5e-6",
        "min(ratio·A, clip(ratio, 1−ε, 1+ε)·A)",
        "loss = −E[log σ(r(x, y_w) − r(x, y_l))]",
        "奖励是（r；减去 KL）",
        "x != 0",
        "先用硬件、软件、人员三样，再做评估",
        "第 3) 步",
        "人类反馈强化学习（RLHF）",
        "硬件、软件或人员",
        "speed, cost, or accuracy",
        "能遵循其他语言的指令（例如法语、西班牙语）",
    ],
)
def test_what_belongs_together_stays_whole(text):
    assert points(text) == [text]


@given(
    st.one_of(
        st.text(max_size=60),
        st.text("监督微调 ab.;；。、,：:()（）1)2.\n-•！? 等", max_size=50),
    )
)
@settings(deadline=None, max_examples=200)
def test_points_are_verbatim_parts_in_order_and_lose_no_word(text):
    found = points(text)
    position = 0
    for point in found:
        position = text.index(point, position) + len(point)
        assert read(point).tokens
    assert bool(found) == bool(read(text).tokens)


def test_the_authors_points_come_first():
    own = (PointSpec("一"), PointSpec("二", required=False))
    assert key_points_of(Item("?", ("三；四",), own)) == own
    assert key_points_of(Item("?", ("三；四",))) == (PointSpec("三"), PointSpec("四"))
    assert key_points_of(Item("[...]", ("三；四",), kind="cloze")) == (PointSpec("三；四"),)
    assert key_points_of(Item("?", ())) == ()


@pytest.mark.parametrize(
    ("reference", "points"),
    [
        ("物流信息系统的组成：硬件、软件和人员", ["硬件", "软件", "人员"]),
        ("配送按经营形式分为销售配送、供应配送。", ["销售配送", "供应配送"]),
        ("验收方式分为全验和抽验", ["全验", "抽验"]),
        ("指标：周转率；储存量", ["周转率", "储存量"]),
        ("SFT: 13k；RM: 33k", ["SFT: 13k", "RM: 33k"]),
        ("诚实和无害", ["诚实和无害"]),
    ],
)
def test_an_introduction_makes_a_list_and_is_no_item_of_it(reference, points):
    assert [point.text for point in split_reference(reference)] == points


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("硬件；软件；人员", True),
        ("硬件、软件、人员", True),
        ("1. Honest. 2. Harmless.", True),
        ("Militarism. Alliances. Nationalism.", True),
        (
            "It was expensive to label the data by hand. It was slow to train such a big model.",
            False,
        ),
        ("硬件", False),
        ("", False),
    ],
)
def test_a_list_has_marks_between_its_points_or_is_made_of_names(text, listed):
    assert is_list(text) == listed
