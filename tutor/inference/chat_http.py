"""One request to a chat endpoint through `openai`, and what came back, whatever its status."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MOST_BYTES = 4 * 1024 * 1024
"""Of a longer reply the rest is not read."""
CONNECTIONS = 1000
KEPT_IDLE = 32
"""The pool looks at each idle connection for each request, which soon costs more than new ones."""
CONNECT_SECONDS = 10.0
IDLE_SECONDS = 2.5
"""Many servers close what was idle for 5 s, so that a request just then would break."""


@dataclass(frozen=True, slots=True)
class HttpReply:
    """Status, headers with names in lower case, and a body that may be cut at `MOST_BYTES`."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_cut(self) -> bool:
        return len(self.body) > MOST_BYTES


class ChatConnection:
    """Posts to the chat completions of a server; connections are kept for later requests.

    `seconds` limits each connect; the time for a whole request is the caller's to limit.
    """

    def __init__(
        self, base_url: str, api_key: str, headers: Mapping[str, str], seconds: float
    ) -> None:
        import openai

        library = _http_library()
        http = openai.DefaultAsyncHttpxClient(
            timeout=openai.Timeout(None, connect=min(seconds, CONNECT_SECONDS)),
            limits=library.Limits(
                max_connections=CONNECTIONS,
                max_keepalive_connections=KEPT_IDLE,
                keepalive_expiry=IDLE_SECONDS,
            ),
            event_hooks={"response": [_stop_at_failure]},
        )
        self._response: Any = library.Response
        self._client = openai.AsyncOpenAI(
            base_url=base_url,
            api_key=api_key,
            default_headers=headers,
            max_retries=0,
            timeout=http.timeout,
            http_client=http,
        )

    async def post(self, body: Mapping[str, Any]) -> HttpReply:
        """Send a request for a completion. Raises one of `transport_errors()`."""
        try:
            # The typed method spends twice the time on checks that a foreign server fails.
            response = await self._client.post(
                "/chat/completions", cast_to=self._response, body=body, stream=True
            )
        except _FailedError as failure:
            return failure.reply
        try:
            return await _read(response)
        finally:
            await response.aclose()

    async def close(self) -> None:
        await self._client.close()


def transport_errors() -> tuple[type[Exception], ...]:
    """What a request raises when no whole reply comes."""
    import ssl

    import anyio
    import openai

    library = _http_library()
    return (
        openai.OpenAIError,
        library.HTTPError,
        library.StreamError,
        ssl.SSLError,
        anyio.EndOfStream,
    )


class _FailedError(Exception):
    """A reply of a failing status, taken out before `openai` reads all of it."""

    def __init__(self, reply: HttpReply) -> None:
        self.reply = reply


async def _stop_at_failure(response: Any) -> None:
    if response.status_code >= 400:
        raise _FailedError(await _read(response))


async def _read(response: Any) -> HttpReply:
    pieces, size = [], 0
    async for piece in response.aiter_bytes():
        pieces.append(piece)
        size += len(piece)
        if size > MOST_BYTES:
            break
    headers = {name.lower(): value for name, value in response.headers.items()}
    return HttpReply(response.status_code, headers, b"".join(pieces))


def _http_library() -> Any:
    """`httpx2`, or `httpx`: whichever the installed `openai` is built on."""
    import openai

    client: type = openai.DefaultAsyncHttpxClient
    return sys.modules[client.__mro__[1].__module__.partition(".")[0]]
