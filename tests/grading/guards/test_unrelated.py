from __future__ import annotations

import pytest

from tutor.grading.guards.unrelated import blank_unrelated
from tutor.grading.item import Item

ITEM = Item("How many legs has an insect, and what do its wings do?", ("Six; they carry it up",))


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        ("It has six legs. Paris is the capital of France.", "It has six legs."),
        ("Paris is the capital of France. It has six legs.", "It has six legs."),
        ("I don't know. Paris is the capital of France.", "I don't know."),
        ("不知道。巴黎是法国的首都。", "不知道。"),
        ("six legs.\nHoney tastes sweet. Paris is the capital of France.", "six legs."),
    ],
)
def test_a_sentence_about_another_thing_is_set_aside(answer, left):
    blanked = blank_unrelated(ITEM, answer)
    assert blanked.strip() == left
    assert len(blanked) == len(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "It has six legs, and Paris is the capital of France.",
        "Paris is the capital of France. Honey tastes sweet.",
        "It has six legs. Yes.",
        "It has six legs. a + b = c + d here, promise.",
        "Six legs. These pull down through soil.",
        "Six legs. Honey tastes sweet. Paris is pretty. London bridges dance.",
        "Paris is the capital of France. ?",
        "不知道",
        "",
    ],
)
def test_what_may_belong_to_the_answer_stays(answer):
    assert blank_unrelated(ITEM, answer) == answer
