"""A chat model behind any OpenAI-compatible endpoint."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import Any

from tutor.errors import EmptyReplyError, MalformedReplyError, ModelError
from tutor.inference.chat import ChatReply, ChatRequest, Usage
from tutor.inference.chat_address import chat_address, checked_headers
from tutor.inference.chat_completion import read_completion, read_object, read_usage
from tutor.inference.chat_failure import broken_connection, failed_status, out_of_time
from tutor.inference.chat_format import Manner
from tutor.inference.chat_http import ChatConnection, HttpReply, transport_errors
from tutor.inference.chat_learning import LearnedManner


@dataclass(slots=True)
class _Tally:
    """What one question has taken so far."""

    attempts: int = 0
    usage: Usage = field(default_factory=Usage)


class OpenAIChat:
    """Asks OpenAI, vLLM, Ollama, LM Studio, llama.cpp's server and others of their protocol.

    What the endpoint can do is found out with the first request and remembered: a server that
    takes neither schemas nor tools refuses one request, and no more. `timeout` is in seconds,
    for one question with all requests that it takes; `max_tokens` limits the reply. Without
    `base_url` the endpoint is OpenAI's; with it no key is needed.

    Raises `ModelAccessError` without a usable key and `SettingsError` for a URL or a header
    that cannot be used. All questions belong to one event loop; close it there.
    """

    def __init__(
        self,
        model: str,
        *,
        base_url: str | None = None,
        api_key: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float,
        max_tokens: int,
    ) -> None:
        self._address = chat_address(model, base_url, api_key)
        self._connection = ChatConnection(
            self._address.base_url, self._address.key, checked_headers(headers or {}), timeout
        )
        self._broken = transport_errors()
        self._timeout, self._max_tokens = timeout, max_tokens
        self._learned = LearnedManner()

    @property
    def name(self) -> str:
        """The model's name, as it is asked for."""
        return self._address.model

    @property
    def endpoint(self) -> str:
        """The server's base URL, without user, password and query."""
        return self._address.endpoint

    async def ask(self, request: ChatRequest) -> ChatReply:
        """The object that the model answers.

        Raises a subclass of `ModelCallError` or `ReplyError`, with `attempts` and what was
        `spent`.
        """
        await self._learned.settle()
        tally = _Tally()
        try:
            return await self._ask_in_time(request, tally)
        except ModelError as error:
            error.attempts, error.spent = tally.attempts, tally.usage
            raise
        finally:
            self._learned.give_up()

    async def close(self) -> None:
        """Close all connections."""
        await self._connection.close()

    async def _ask_in_time(self, request: ChatRequest, tally: _Tally) -> ChatReply:
        try:
            async with asyncio.timeout(self._timeout):
                return await self._ask(request, tally)
        except TimeoutError as error:
            raise out_of_time(self._timeout, self._address) from error

    async def _ask(self, request: ChatRequest, tally: _Tally) -> ChatReply:
        began = perf_counter()
        manner: Manner | None = self._learned.known
        while manner is not None:
            reply = await self._post(manner.fields(request, self.name, self._max_tokens), tally)
            if reply.status < 400:
                answered = self._read(reply, request, manner, tally)
                return replace(answered, latency_ms=(perf_counter() - began) * 1000)
            manner = self._learned.after(manner, reply)
        raise failed_status(reply, self._address)

    async def _post(self, body: Mapping[str, Any], tally: _Tally) -> HttpReply:
        tally.attempts += 1
        try:
            return await self._connection.post(body)
        except self._broken as error:
            raise broken_connection(error, self._address) from error

    def _read(
        self, reply: HttpReply, request: ChatRequest, manner: Manner, tally: _Tally
    ) -> ChatReply:
        body = read_completion(reply, self._address)
        tally.usage += read_usage(body)
        self._learned.accepted(manner)
        try:
            value = read_object(body, request.name, self._address)
        except (EmptyReplyError, MalformedReplyError):
            self._learned.unreadable(manner)
            raise
        self._learned.read()
        model = body.get("model")
        name = model if isinstance(model, str) and model else self.name
        return ChatReply(value, name, tally.usage, manner.format, tally.attempts)
