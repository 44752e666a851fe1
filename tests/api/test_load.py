"""Many answers at once over HTTP, through every part that a real judge goes through."""

from __future__ import annotations

import asyncio
import json

import httpx2
import pytest

from evals.mock_judges import findings, honest
from tests.api.judged import SKY, judged_by, serving
from tests.chat_server import ChatServer, plain, reply, slow
from tutor.api.app import create_app
from tutor.inference.chat import ChatRequest, Message
from tutor.settings import Settings, open_tutor

ANSWERS = 60
PLACES = 20


def judging(body, headers):
    """An honest judge; the ids of the points stand at the end of what it is asked."""
    messages = tuple(Message(turn["role"], turn["content"]) for turn in body["messages"])
    ids = messages[1].content.rpartition(": ")[2].split(", ")
    points = {"items": {"properties": {"id": {"enum": ids}}}}
    request = ChatRequest(messages, {"properties": {"points": points}}, "judgement")
    return reply(json.dumps(findings(request, honest)))


@pytest.fixture
def settings(monkeypatch, tmp_path):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)

    def made(server):
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        return Settings(
            database_url=f"sqlite:///{tmp_path}/reviews.db",
            embedder="none",
            judge_model="honest",
            judge_concurrency=PLACES,
        )

    return made


async def post_all(url):
    limits = httpx2.Limits(max_connections=ANSWERS)
    async with httpx2.AsyncClient(base_url=url, limits=limits, timeout=60) as client:
        bodies = [SKY | {"answer": f"{SKY['answer']} {number}"} for number in range(ANSWERS)]
        return await asyncio.gather(*(client.post("/v1/grade", json=body) for body in bodies))


def test_many_answers_wait_for_a_slow_judge_together(settings):
    with ChatServer(plain(slow(0.2, judging))) as server, open_tutor(settings(server)) as tutor:
        with serving(create_app(tutor)) as client:
            answers = asyncio.run(post_all(str(client.base_url)))
        assert [answer.status_code for answer in answers] == [200] * ANSWERS
        assert {judged_by(answer.json()) for answer in answers} == {"judged"}
        # How many exactly depends on how fast this machine sends them.
        assert 1 < server.most_at_once <= PLACES
        stored = {review.id: review.grade.verdict for review in tutor.reviews(limit=ANSWERS + 1)}
    grades = [answer.json() for answer in answers]
    assert stored == {grade["review_id"]: grade["verdict"] for grade in grades}
