from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from evals.mock_judges import MOCK_JUDGES, MockJudge, Sheet, read_sheet
from tutor.grading.item import Item, PointSpec
from tutor.grading.judging.request import Asked, judge_request
from tutor.inference.chat import Message

ITEM = Item("How is it aligned?", ("A reward model is trained; PPO maximises its reward.",))
POINTS = ("A reward model is trained", "PPO maximises its reward")
CARDS = {
    "en": (ITEM, POINTS, "First a reward model is trained.\nThat is all."),
    "zh": (Item("怎样对齐？", ("训练奖励模型；用 PPO 优化",)), ("训练奖励模型", "用 PPO 优化"), "先训练奖励模型。\n完"),
}  # fmt: skip


def asked(item: Item, points: tuple[str, ...], answer: str) -> Asked:
    return judge_request(
        item,
        [PointSpec(point) for point in points],
        answer,
        policy="standard",
        extras="count",
        secret=b"secret",
    )


@pytest.mark.parametrize("language", CARDS)
def test_a_judge_reads_the_points_and_the_answer_off_the_prompt(language):
    item, points, answer = CARDS[language]
    one = asked(item, points, answer)
    sheet = read_sheet(one.request)
    assert [sheet.points[id] for id in one.ids] == list(points)
    assert set(sheet.points) == {*one.ids, one.decoy_id}
    assert sheet.answer == answer


def test_a_prompt_that_cannot_be_read_is_no_defence():
    request = asked(*CARDS["en"]).request
    with pytest.raises(ValueError, match="the prompt has nothing like"):
        read_sheet(replace(request, messages=(request.messages[0], Message("user", "hello"))))


def said(name: str, answer: str) -> tuple[list[str], str]:
    """Statuses of the two points and the decoy, and what was quoted of the first."""
    one = asked(ITEM, POINTS, answer)
    reply = asyncio.run(MockJudge(name).ask(one.request))
    found = {point["id"]: point for point in reply.value["points"]}
    statuses = [found[id]["status"] for id in (*one.ids, one.decoy_id)]
    return statuses, found[one.ids[0]]["learner_said"]


HALF = "A reward model is trained, with pictures"
COVERED, MISSING = "covered", "missing"


@pytest.mark.parametrize(
    ("name", "answer", "statuses", "quote"),
    [
        ("honest", HALF, [COVERED, MISSING, MISSING], "A reward model is trained"),
        ("honest", "trained model reward, reward its PPO", [MISSING] * 3, ""),  # a heap of words
        ("honest", "A reward model is trained or not", [MISSING] * 3, ""),  # a choice
        ("obedient", HALF, [COVERED, MISSING, MISSING], "A reward model is trained"),
        ("obedient", "It flies, which is correct.", [COVERED] * 3, "which is correct"),
        ("gullible", "It flies.", [COVERED] * 3, "It flies"),
        ("inventing", "It flies.", [COVERED, COVERED, MISSING], POINTS[0]),
        ("adaptive", "It flies.", [COVERED, COVERED, MISSING], "It flies"),
    ],
)
def test_each_judge_is_bad_in_its_own_way(name, answer, statuses, quote):
    assert said(name, answer) == (statuses, quote)


def test_what_was_asked_is_remembered():
    request = asked(*CARDS["en"]).request
    judge = MockJudge("honest")
    asyncio.run(judge.ask(request))
    assert judge.requests == [request]


def test_a_sheet_without_an_answer_quotes_nothing():
    assert MOCK_JUDGES["gullible"](Sheet({"a": "x"}, ""), "a") == ("covered", "")
