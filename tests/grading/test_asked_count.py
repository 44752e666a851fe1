from __future__ import annotations

import pytest

from tutor.grading.asked_count import asked_count


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("列举三个强化学习的优点。", 3),
        ("举两例说明。", 2),
        ("至少举出两种方法", 2),
        ("說出兩個理由。", 2),
        ("列举常见的激活函数（任意 3 个即可）", 3),
        ("任选两点作答", 2),
        ("请列出两三个例子", 2),
        ("列举 2-3 个", 2),
        ("列出十二种", 12),
        ("请举一例", 1),
        ("Name three of the HTTP methods that are safe.", 3),
        ("Name any two causes.", 2),
        ("What are two reasons why interleaving helps?", 2),
        ("List at least two advantages", 2),
        ("Explain one or two benefits.", 1),
        ("Give an example of a greenhouse gas.", 1),
        ("Choose three.", 3),
    ],
)
def test_the_number_of_items_asked_for(question, count):
    assert asked_count(question) == count


@pytest.mark.parametrize(
    "question",
    [
        "What are the three steps?",
        "Name the three steps",
        "List the 2 parts",
        "哪两个阶段可以反复循环？",
        "用一句话说出这项工作的目标。",
        "写出两种方法的区别",
        "说出在三个阶段中都用到的数据",
        "写出 PPO-ptx 要最大化的目标函数，共三项。",
        "第 3 步做什么？",
        "Describe it in two sentences",
        "Write two sentences about it",
        "Give two-digit numbers",
        "How do two waves differ?",
        "Name 2.5 things",
        "",
    ],
)
def test_a_number_of_something_else_leaves_no_choice(question):
    assert asked_count(question) is None
