from __future__ import annotations

import pytest

from tutor.grading.reading.sequence import asks_for_order, asks_for_steps, items, tells_order
from tutor.grading.reading.text import read


@pytest.mark.parametrize(
    "question",
    [
        "依次经过哪三个阶段？",
        "按时间先后排列",
        "Put these in order",
        "Order these by size, largest first",
    ],
)
def test_a_question_asks_for_the_order(question):
    assert asks_for_order(read(question))


@pytest.mark.parametrize(
    "question", ["优先次序有何不同？", "What do seeds need in order to germinate?", "列出三种颜色"]
)
def test_a_question_that_does_not(question):
    assert not asks_for_order(read(question))


def test_steps_are_not_quite_an_order():
    asked = read("What are the steps of mitosis?")
    assert asks_for_steps(asked)
    assert not asks_for_order(asked)


@pytest.mark.parametrize(
    ("told", "expected"),
    [("先做 A，再做 B", True), ("A → B → C", True), ("first A, then B", True), ("A 和 B", False)],
)
def test_a_text_tells_the_order(told, expected):
    assert tells_order(read(told)) is expected


def test_an_item_is_known_by_what_no_other_item_has():
    found = items(read("先监督微调模型，再训练奖励模型"))
    assert len(found) == 2
    assert "微调" in found[0]
    assert "奖励" in found[1]
    assert not any("模型" in forms for forms in found)
