"""A chat endpoint on loopback that behaves as well or as badly as a test asks.

    with ChatServer(answering({"points": []})) as server:
        model = OpenAIChat("judge", base_url=server.base_url, ...)
        server.script(failing(429, headers={"Retry-After": "1"}), answering({"points": []}))

Each request takes the next behaviour of the script; the last one repeats. A behaviour is called
with the request's body and headers and returns a response or an awaitable of one; those below
are ready-made, and a test may write its own: `lambda body, headers: reply("hello")`.
"""

from __future__ import annotations

from tests.chat_server.bad import (
    breaking,
    calling_tool_in_text,
    dripping,
    dripping_blanks,
    empty,
    filtered,
    hanging_up,
    huge,
    no_choices,
    not_json_body,
    refusing,
    resetting,
    slow,
    truncated,
    wrong_content_type,
)
from tests.chat_server.good import (
    Behaviour,
    answering,
    calling_tool,
    failing,
    plain,
    refusing_fields,
    refusing_value,
    reply,
    saying,
)
from tests.chat_server.server import ChatServer

__all__ = [
    "Behaviour",
    "ChatServer",
    "answering",
    "breaking",
    "calling_tool",
    "calling_tool_in_text",
    "dripping",
    "dripping_blanks",
    "empty",
    "failing",
    "filtered",
    "hanging_up",
    "huge",
    "no_choices",
    "not_json_body",
    "plain",
    "refusing",
    "refusing_fields",
    "refusing_value",
    "reply",
    "resetting",
    "saying",
    "slow",
    "truncated",
    "wrong_content_type",
]
