"""A chat model that remembers: an equal request gets the reply that it got before."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from tutor.errors import ReplyError, StoreError
from tutor.inference.chat import ChatModel, ChatReply, ChatRequest
from tutor.inference.chat_key import request_key
from tutor.inference.reply_text import reply_from_text, reply_text


class ReplyMemory(Protocol):
    """Keeps texts by key. Both methods may block and be called from several threads at once.

    They raise `StoreError` when the memory cannot be read or written.
    """

    def get(self, key: str, /) -> str | None:
        """Return the text of this key, None when there is none."""
        ...

    def put(self, key: str, text: str, /) -> None:
        """Keep a text, unless the key has one already."""
        ...


@dataclass(slots=True)
class _Flight:
    """A request on its way, and how many wait for its reply."""

    task: asyncio.Task[ChatReply]
    waiting: int = 0


class RememberingChat:
    """Asks a model only what it has not answered yet.

    Failures are not remembered, nor replies that the request's own check refuses: they would
    fail for ever.

    Of equal requests at the same time one is asked, and its reply is a remembered one for the
    others. A memory that fails is done without: `trouble` says why. `parameters` are those that
    the model adds to every request. Belongs to one event loop.
    """

    def __init__(
        self, inner: ChatModel, memory: ReplyMemory, parameters: Mapping[str, Any]
    ) -> None:
        self._inner = inner
        self._memory = memory
        self._parameters = parameters
        self._flights: dict[str, _Flight] = {}
        self._trouble: str | None = None

    @property
    def name(self) -> str:
        """The wrapped model's name."""
        return self._inner.name

    @property
    def endpoint(self) -> str:
        """The wrapped model's endpoint."""
        return self._inner.endpoint

    @property
    def trouble(self) -> str | None:
        """Why the memory failed the last time it was used, in one line; None when it worked."""
        return self._trouble

    async def ask(self, request: ChatRequest) -> ChatReply:
        """Return the reply of before, or ask for one."""
        key = request_key(request, self._inner, self._parameters)
        flight = self._flights.get(key)
        if flight is not None:
            return replace(await self._arrival(key, flight), remembered=True)
        flight = _Flight(asyncio.create_task(self._fetch(key, request)))
        self._flights[key] = flight
        return await self._arrival(key, flight)

    async def _arrival(self, key: str, flight: _Flight) -> ChatReply:
        flight.waiting += 1
        try:
            return await asyncio.shield(flight.task)
        finally:
            flight.waiting -= 1
            if flight.task.done() or not flight.waiting:
                flight.task.cancel()
                # Nobody may join a request that is being called off.
                if self._flights.get(key) is flight:
                    del self._flights[key]

    async def _fetch(self, key: str, request: ChatRequest) -> ChatReply:
        remembered = await self._recall(key)
        if remembered is not None:
            return remembered
        reply = await self._inner.ask(request)
        if _is_worth_keeping(request, reply):
            await self._keep(key, reply)
        return reply

    async def _recall(self, key: str) -> ChatReply | None:
        try:
            text = await asyncio.to_thread(self._memory.get, key)
            self._trouble = None
            return None if text is None else reply_from_text(text)
        except StoreError as error:
            self._trouble = str(error)
        except ValueError:
            self._trouble = f"the remembered reply {key} is damaged; it is asked for again"
        return None

    async def _keep(self, key: str, reply: ChatReply) -> None:
        try:
            await asyncio.to_thread(self._memory.put, key, reply_text(reply))
        except StoreError as error:
            self._trouble = str(error)


def _is_worth_keeping(request: ChatRequest, reply: ChatReply) -> bool:
    try:
        if request.check is not None:
            request.check(reply.value)
    except ReplyError:
        return False
    return True
