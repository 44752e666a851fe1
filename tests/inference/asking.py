"""Asking a chat model of the tests' own server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from tests.chat_server import ChatServer
from tutor.errors import ModelError
from tutor.inference.chat import ChatReply, ChatRequest, Message
from tutor.inference.openai_chat import OpenAIChat

SCHEMA = {
    "type": "object",
    "properties": {"verdict": {"type": "string"}},
    "required": ["verdict"],
    "additionalProperties": False,
}
REQUEST = ChatRequest(
    (Message("system", "Judge as JSON."), Message("user", "the answer of a learner")),
    SCHEMA,
    "judgement",
)


def with_model(
    server: ChatServer, work: Callable[[OpenAIChat], Coroutine[Any, Any, Any]], **options: Any
) -> Any:
    """Run work with a model of this server, and close it."""

    async def run() -> Any:
        model = OpenAIChat(
            "judge", **{"base_url": server.base_url, "timeout": 10, "max_tokens": 500, **options}
        )
        try:
            return await work(model)
        finally:
            await model.close()

    return asyncio.run(run())


def ask(server: ChatServer, times: int = 1, **options: Any) -> list[ChatReply | ModelError]:
    """What one model answers, or fails with, when it is asked several times in turn."""

    async def in_turn(model: OpenAIChat) -> list[ChatReply | ModelError]:
        return [await outcome(model) for _ in range(times)]

    return with_model(server, in_turn, **options)


async def outcome(model: OpenAIChat, request: ChatRequest = REQUEST) -> ChatReply | ModelError:
    try:
        return await model.ask(request)
    except ModelError as error:
        return error
