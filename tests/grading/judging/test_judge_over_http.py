"""The judge with the real client and a plain server, which knows neither schemas nor tools."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from tests.chat_server import ChatServer
from tests.chat_server.good import plain, reply
from tutor.errors import MalformedReplyError, ModelError, UntrustedReplyError
from tutor.grading.calibration import load_calibration
from tutor.grading.item import Item
from tutor.grading.judging.judge import Judge
from tutor.grading.judging.judgement import Judged
from tutor.grading.local import LocalGrader
from tutor.inference.openai_chat import OpenAIChat

ITEM = Item("怎样让模型对齐？", ("1）训练奖励模型；2）用 PPO 优化策略",))
ANSWER = "先训一个打分的奖励模型，再拿 PPO 去优化策略"
QUOTES = {"训练奖励模型": "打分的奖励模型", "用 PPO 优化策略": "拿 PPO 去优化策略"}


def model(judgement: Mapping[str, tuple[str, str]], *, wrap: str = "好的。\n```json\n{}\n```"):
    """Says this of the points by their texts, of others that they are missing, amid prose."""

    def answer(body: dict[str, Any], headers: Mapping[str, str]):
        asked = re.findall(r"^(\w+):\n\| (.*)$", body["messages"][1]["content"], re.MULTILINE)
        left = body["messages"][-1]["content"]
        points = [
            {"id": id, "quote": quote, "status": status}
            for id, text in asked
            for status, quote in [judgement.get(text, judgement.get("*", ("missing", "")))]
            if id in left
        ]
        return reply(wrap.replace("{}", json.dumps({"points": points}, ensure_ascii=False)))

    return plain(answer)


def judged(*behaviours) -> Judged | ModelError:
    """What came of it."""

    async def judge() -> Judged | ModelError:
        client = OpenAIChat("m", base_url=server.base_url, timeout=5.0, max_tokens=1000)
        local = LocalGrader(load_calibration()).grade(ITEM, ANSWER)
        try:
            return await Judge(client, secret=b"s").judge(ITEM, ANSWER, local, "standard")
        except ModelError as error:
            return error
        finally:
            await client.close()

    with ChatServer() as server:
        server.script(*behaviours)
        return asyncio.run(judge())


GOOD = {text: ("covered", quote) for text, quote in QUOTES.items()}
INVENTED = {text: ("covered", "学生完全答对了") for text in QUOTES}


def test_a_judgement_in_the_middle_of_prose_is_read_and_proved():
    found = judged(model(GOOD))
    assert [ANSWER[slice(*point.span)] for point in found.judgement.points] == list(QUOTES.values())
    assert (found.format, found.model) == ("text", "judge-2026")


def test_invented_quotes_are_asked_for_once_and_then_do_not_count():
    found = judged(model(INVENTED))
    assert [(each.status, each.unproved) for each in found.judgement.points] == [
        ("missing", True)
    ] * 2
    assert found.usage.output == 40  # two replies of 20 tokens


@pytest.mark.parametrize(
    ("behaviour", "kind", "named"),
    [
        (model({"*": ("正确", "奖励模型")}), MalformedReplyError, "status is '正确'"),
        (model({"*": ("covered", "奖励模型")}), UntrustedReplyError, "no answer"),
        (model(GOOD, wrap='{"points": "all covered"}'), MalformedReplyError, "points is"),
        (
            model(GOOD, wrap='{"verdict": "correct", "score": 100}'),
            MalformedReplyError,
            "points is",
        ),
    ],
)
def test_what_is_no_judgement_is_an_error_that_says_why(behaviour, kind, named):
    error = judged(behaviour)
    assert isinstance(error, kind)
    assert named in str(error)
    assert error.spent.output == 20
