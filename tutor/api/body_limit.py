"""The limit on a request's size, kept while the body is read."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_DISCARDED_BYTES = 64 * 2**20
"""How much of a body that is too large is read and dropped before the answer.

A client that is still sending when the connection closes never sees why."""


class BodyLimit:
    """ASGI middleware that refuses bodies above `limit` bytes, or above their path's own limit.

    A declared length above the limit is refused at once; a chunked body as soon as it has
    grown past it. Either way no more than the limit is ever held.
    """

    def __init__(self, app: ASGIApp, limit: int, by_path: Mapping[str, int]) -> None:
        self._app = app
        self._limit = limit
        self._by_path = by_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with a bounded `receive`."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._by_path.get(scope["path"], self._limit)
        await self._app(scope, _bounded(receive, limit, _declared_length(scope)), send)


def _declared_length(scope: Scope) -> int:
    """The `Content-Length`; 0 when there is none or it is no number."""
    declared = Headers(scope=scope).get("content-length", "")
    return int(declared[:18]) if declared.isascii() and declared.isdigit() else 0


def _bounded(receive: Receive, limit: int, declared: int) -> Receive:
    size = 0

    async def bounded() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if max(size, declared) > limit:
            await _discard(receive, message)
            raise HTTPException(413, f"the request is larger than {limit} bytes; send less at once")
        return message

    return bounded


async def _discard(receive: Receive, message: Message) -> None:
    dropped = 0
    while message.get("more_body") and dropped < _DISCARDED_BYTES:
        message = await receive()
        dropped += len(message.get("body", b""))
