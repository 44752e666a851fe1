"""A judge that speaks when it is let, a server to ask it through, and what streams say."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import uvicorn
from fastapi import FastAPI

from evals.mock_judges import MockJudge
from tutor.errors import ModelError
from tutor.grading.judging.cascade import Cascade
from tutor.grading.judging.judge import Judge
from tutor.inference.chat import ChatReply, ChatRequest

SKY = {
    "question": "Why is the sky blue?",
    "references": ["Air scatters short wavelengths most"],
    "answer": "short light is thrown about, which the sea does too",
}
"""The local grade of this answer is unsure, so the judge is asked."""
SURE = SKY | {"answer": SKY["references"][0]}
PATIENCE_SECONDS = 10


class HeldJudge(MockJudge):
    """An honest judge; `hold` keeps it silent until `let`, `failure` is raised for its reply."""

    def __init__(self) -> None:
        super().__init__("honest")
        self.failure: ModelError | None = None
        self.most_at_once = 0
        self.cancelled = 0
        self._at_once = 0
        self._may_speak = threading.Event()
        self._may_speak.set()

    def hold(self) -> None:
        self._may_speak.clear()

    def let(self) -> None:
        self._may_speak.set()

    async def ask(self, request: ChatRequest) -> ChatReply:
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            while not self._may_speak.is_set():
                await asyncio.sleep(0.002)
            if self.failure is not None:
                raise self.failure
            return await super().ask(request)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        finally:
            self._at_once -= 1

    def cascade(self, **options: Any) -> Callable[[], Cascade]:
        """Makes the cascade that asks this judge."""
        return lambda: Cascade(Judge(self, secret=b"s"), **options)


@contextmanager
def serving(app: FastAPI) -> Iterator[httpx2.Client]:
    """A client of the app, which a real server serves on loopback for as long as the block."""
    config = uvicorn.Config(app, lifespan="off", log_config=None, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as listening:
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        try:
            with httpx2.Client(base_url=url, timeout=PATIENCE_SECONDS) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join()


def eventually(found: Callable[[], Any]) -> Any:
    """What is found as soon as it is true; fails when that takes too long."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not (value := found()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)
    return value


def read_events(text: str) -> list[tuple[str, Any]]:
    """The events of a whole stream, without comments."""
    return [read_event(block) for block in text.strip().split("\n\n") if block[:1] != ":"]


def read_event(block: str) -> tuple[str, Any]:
    fields = dict(line.split(": ", 1) for line in block.split("\n"))
    return fields["event"], json.loads(fields["data"])


class Stream:
    """The blocks of a stream, read one by one as they come."""

    def __init__(self, response: httpx2.Response) -> None:
        self._lines = response.iter_lines()

    def block(self) -> str:
        """The next event or comment."""
        lines: list[str] = []
        for line in self._lines:
            if not line:
                break
            lines.append(line)
        return "\n".join(lines)

    def event(self) -> tuple[str, Any]:
        return read_event(self.block())


def judged_by(grade: dict[str, Any]) -> str | None:
    """What became of the judgement of a grade: `judged`, the type of the failure, or None."""
    receipt = grade["receipt"]["judge"]
    if receipt is None:
        return None
    return "judged" if receipt["error"] is None else receipt["error"]["type"]
