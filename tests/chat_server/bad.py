"""Behaviours of servers and models that fail, one for each way."""

from __future__ import annotations

import asyncio
import inspect
import json
import socket
import struct
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from fastapi import Response
from fastapi.responses import JSONResponse, PlainTextResponse, StreamingResponse
from starlette.types import Receive, Scope, Send

from tests.chat_server.good import Behaviour, Body, reply, saying

NO_LINGER = struct.pack("ii", 1, 0)  # closing then sends a reset instead of a goodbye


def slow(seconds: float, then: Behaviour) -> Behaviour:
    """Wait, then do as another behaviour does."""

    async def answer(body: Body, headers: Mapping[str, str]) -> Response:
        await asyncio.sleep(seconds)
        response = then(body, headers)
        return await response if inspect.isawaitable(response) else response

    return answer


def dripping(content: str, seconds: float) -> Behaviour:
    """Send a good completion with this content in ten pieces, this many seconds in all."""

    async def pieces(whole: bytes) -> AsyncIterator[bytes]:
        size = -(-len(whole) // 10)
        for start in range(0, len(whole), size):
            await asyncio.sleep(seconds / 10)
            yield whole[start : start + size]

    def answer(body: Body, headers: Mapping[str, str]) -> Response:
        return StreamingResponse(pieces(reply(content).body), media_type="application/json")

    return answer


def dripping_blanks(seconds: float, then: Behaviour) -> Behaviour:
    """Send white space every 0.05 s for this long, then a good reply's body after it."""

    async def pieces(whole: bytes) -> AsyncIterator[bytes]:
        for _ in range(int(seconds / 0.05)):
            yield b" "
            await asyncio.sleep(0.05)
        yield whole

    def answer(body: Body, headers: Mapping[str, str]) -> Response:
        return StreamingResponse(pieces(then(body, headers).body), media_type="application/json")

    return answer


def resetting() -> Behaviour:
    """Reset the connection in the middle of the body."""
    return lambda body, headers: _Broken(_reset, whole=400, sent=100)


def hanging_up() -> Behaviour:
    """Close the connection before any answer."""
    return lambda body, headers: _Broken(_close, whole=0, sent=0)


def breaking(status: int = 200) -> Behaviour:
    """Close the connection in the middle of the body."""
    return lambda body, headers: _Broken(_close, whole=400, sent=100, status=status)


def wrong_content_type(
    content: str = "<html><h1>It works!</h1></html>", status: int = 200
) -> Behaviour:
    """Answer with a web page."""
    return lambda body, headers: Response(content, status, media_type="text/html")


def not_json_body(content: str = '{"choices": [{"mess') -> Behaviour:
    """Answer with a body that calls itself JSON and is none."""
    return lambda body, headers: Response(content, media_type="application/json")


def huge(size: int, status: int = 200) -> Behaviour:
    """Answer with a body of this many bytes, sent as fast as they are read."""

    async def pieces() -> AsyncIterator[bytes]:
        yield b'{"choices": [{"message": {"content": "'
        for _ in range(size // 65536 + 1):
            yield b"a" * 65536
        yield b'"}}]}'

    return lambda body, headers: StreamingResponse(pieces(), status, media_type="application/json")


def truncated(content: str) -> Behaviour:
    """Answer with a text that ended at its length limit."""
    return saying(content, finish_reason="length")


def refusing(content: str) -> Behaviour:
    """Decline, in the field that the protocol has for it."""
    return saying(None, refusal=content)


def filtered() -> Behaviour:
    """Withhold the reply, as a content filter does."""
    return saying(None, finish_reason="content_filter")


def empty(content: str | None = "") -> Behaviour:
    """Answer with nothing."""
    return saying(content)


def no_choices(**fields: Any) -> Behaviour:
    """Answer with a completion that has an empty list of choices, or fields of another kind."""
    return lambda body, headers: JSONResponse({"choices": [], **fields})


def calling_tool_in_text(value: Mapping[str, Any]) -> Behaviour:
    """Write a tool call into the text, as models do whose server does not read them."""
    call = {"name": "judgement", "arguments": value}
    return saying(f"<tool_call>\n{json.dumps(call)}\n</tool_call>")


def _reset(transport: asyncio.Transport) -> None:
    raw = transport.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
    transport.abort()


def _close(transport: asyncio.Transport) -> None:
    transport.close()


class _Broken(PlainTextResponse):
    """Promises `whole` bytes, sends `sent` of them, or nothing at all, and ends the connection."""

    def __init__(
        self,
        end: Callable[[asyncio.Transport], None],
        *,
        whole: int,
        sent: int,
        status: int = 200,
    ) -> None:
        super().__init__(" " * whole, status, media_type="application/json")
        self._end, self._sent = end, sent

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._sent:
            head = {"status": self.status_code, "headers": self.raw_headers}
            await send({"type": "http.response.start", **head})
            part = {"body": self.body[: self._sent], "more_body": True}
            await send({"type": "http.response.body", **part})
            await asyncio.sleep(0.01)  # the client reads before the end comes
        self._end(scope["transport"])
        await asyncio.sleep(0)
