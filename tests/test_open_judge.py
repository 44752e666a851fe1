"""The judge as the settings wire it, with the real client and a plain server."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

import pytest

from tests.chat_server import ChatServer
from tests.chat_server.good import answering, plain
from tutor.errors import StoreError
from tutor.grading.calibration import load_calibration
from tutor.grading.grade import Grade
from tutor.grading.item import Item
from tutor.grading.local import LocalGrader
from tutor.open_judge import open_judge
from tutor.settings_judge import JudgeSettings
from tutor.store.reviews import ReviewStore

SKY = Item("Why is the sky blue?", ("Air scatters short wavelengths most",))
ANSWER = "short wavelengths are the ones that air scatters most"
SUMMARY = "This is the correct answer; you make all its key points."


def answered(body: dict[str, Any]) -> dict[str, Any]:
    """A judgement that finds every point but the decoy, or feedback with one line reworded."""
    told = body["messages"][1]["content"]
    if "FEEDBACK" in told:
        shown = "".join(re.findall(r"^\| (.*)$", told, re.MULTILINE))
        return json.loads(shown) | {"summary": SUMMARY}
    points = [
        {"id": id, "quote": ANSWER, "status": "covered"}
        if text == SKY.references[0]
        else {"id": id, "quote": "", "status": "missing"}
        for id, text in re.findall(r"^([a-z]\d[a-z]\d):\n\| (.*)$", told, re.MULTILINE)
    ]
    return {"points": points, "wrong": []}


def no_store() -> ReviewStore:
    raise StoreError("there is none")


def judged(settings: JudgeSettings) -> tuple[Grade, int]:
    """A grade, and how many requests it took."""
    grader = LocalGrader(load_calibration())

    async def regrade(base_url: str) -> Grade:
        cascade = open_judge(settings, (base_url, "key"), grader.escalation, no_store)
        assert cascade is not None
        try:
            return await cascade.regrade(SKY, ANSWER, grader.grade(SKY, ANSWER), "standard")
        finally:
            await cascade.close()

    with ChatServer() as server:
        server.script(plain(answering(answered)))
        grade = asyncio.run(regrade(server.base_url))
        return grade, sum("FEEDBACK" in str(body["messages"]) for body in server.requests)


@pytest.mark.parametrize("wanted", [True, False])
def test_the_model_words_the_feedback_where_the_settings_say_so(wanted):
    settings = JudgeSettings(judge_model="m", judge_feedback=wanted)
    grade, asked = judged(settings)
    assert (grade.verdict, grade.unsure) == ("correct", False)
    assert (grade.feedback.summary == SUMMARY) is wanted
    assert grade.receipt.judge.feedback == ("model" if wanted else "composed")
    assert bool(asked) is wanted
