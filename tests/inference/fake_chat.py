"""A chat model that follows a script and remembers what it was asked."""

from __future__ import annotations

import asyncio

from tutor.errors import ModelError
from tutor.inference.chat import ChatReply, ChatRequest, Message, Usage

SCHEMA = {"type": "object", "properties": {}}
USAGE = Usage(30, 10)


def asking(text: str = "how?", **fields) -> ChatRequest:
    return ChatRequest((Message("user", text),), SCHEMA, "judgement", **fields)


def replying(usage: Usage = USAGE, **fields) -> ChatReply:
    return ChatReply(value={"points": []}, model="fake-1", usage=usage, format="text", **fields)


def failing(kind: type[ModelError], detail: str = "down; start it", **attributes) -> ModelError:
    error = kind(detail)
    for name, value in attributes.items():
        setattr(error, name, value)
    return error


class FakeChat:
    """Takes the next act of the script for each request; the last one repeats.

    An act is a reply, an error, or a pair of seconds to wait and one of these.
    """

    name = "fake"
    endpoint = "http://fake.test/v1"

    def __init__(self, *script) -> None:
        self._script = script or (replying(),)
        self.requests: list[ChatRequest] = []
        self.at: list[float] = []
        self.running = 0
        self.most_at_once = 0
        self.cancelled = 0

    async def ask(self, request: ChatRequest) -> ChatReply:
        act = self._script[min(len(self.requests), len(self._script) - 1)]
        self.requests.append(request)
        self.at.append(asyncio.get_running_loop().time())
        self.running += 1
        self.most_at_once = max(self.most_at_once, self.running)
        try:
            return await self._perform(act)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        finally:
            self.running -= 1

    async def _perform(self, act) -> ChatReply:
        if isinstance(act, tuple):
            seconds, act = act
            await asyncio.sleep(seconds)
        if isinstance(act, ModelError):
            # Anew each time, as a model does.
            raise failing(type(act), str(act), **vars(act))
        return act
