"""A chat model that is asked no faster, and no more at once, than was chosen."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from tutor.errors import ModelError
from tutor.inference.bucket import Bucket
from tutor.inference.chat import ChatModel, ChatReply, ChatRequest
from tutor.inference.spent import spent_on
from tutor.inference.token_estimate import estimated_tokens

# Rounding may leave a bucket a hair short of what it was waited for.
SLACK_SECONDS = 1e-6


class LimitedChat:
    """Lets requests through in the order they came, at most `concurrency` of them at once.

    `requests_per_minute` and `tokens_per_minute` hold them back further; None is no limit. A
    request is charged what it may take, with `most_output` tokens of reply, and given back what
    it did not. Belongs to one event loop.
    """

    def __init__(
        self,
        inner: ChatModel,
        *,
        concurrency: int,
        most_output: int,
        requests_per_minute: float | None = None,
        tokens_per_minute: float | None = None,
    ) -> None:
        self._inner = inner
        self._free = concurrency
        self._most_output = most_output
        self._requests = None if requests_per_minute is None else Bucket(requests_per_minute)
        self._tokens = None if tokens_per_minute is None else Bucket(tokens_per_minute)
        self._queue: OrderedDict[asyncio.Future[None], int] = OrderedDict()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def name(self) -> str:
        """The wrapped model's name."""
        return self._inner.name

    @property
    def endpoint(self) -> str:
        """The wrapped model's endpoint."""
        return self._inner.endpoint

    @property
    def waiting(self) -> int:
        """How many requests wait for their turn."""
        return len(self._queue)

    async def ask(self, request: ChatRequest) -> ChatReply:
        """Ask the model when it is this request's turn."""
        tokens = estimated_tokens(request) + self._most_output
        await self._turn(tokens)
        sent, used = 0, 0
        try:
            reply = await self._inner.ask(request)
            sent = reply.attempts
            # A server that does not count leaves the estimate to stand.
            used = reply.usage.input + reply.usage.output or tokens
            return reply
        except ModelError as error:
            usage = spent_on(error)
            sent, used = error.attempts, usage.input + usage.output
            raise
        except asyncio.CancelledError:
            sent, used = 1, tokens
            raise
        finally:
            self._leave(sent, tokens - used)

    async def _turn(self, tokens: int) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue[turn] = tokens
        self._admit()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.cancelled():
                self._queue.pop(turn, None)
                self._admit()
            else:
                self._leave(0, tokens)
            raise

    def _leave(self, sent: int, unused_tokens: int) -> None:
        self._free += 1
        if self._requests is not None:
            self._requests.give_back(1 - sent)
        if self._tokens is not None:
            self._tokens.give_back(unused_tokens)
        self._admit()

    def _admit(self) -> None:
        """Let through whoever is next, as long as there is room; else look again in time."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        while self._queue and self._free > 0:
            turn, tokens = next(iter(self._queue.items()))
            if turn.cancelled():
                del self._queue[turn]
                continue
            wait = self._wait(tokens)
            if wait > 0.0:
                loop = asyncio.get_running_loop()
                self._timer = loop.call_later(wait + SLACK_SECONDS, self._admit)
                return
            del self._queue[turn]
            self._let_through(turn, tokens)

    def _wait(self, tokens: int) -> float:
        now = asyncio.get_running_loop().time()
        for_requests = 0.0 if self._requests is None else self._requests.wait(1, now)
        for_tokens = 0.0 if self._tokens is None else self._tokens.wait(tokens, now)
        return max(for_requests, for_tokens)

    def _let_through(self, turn: asyncio.Future[None], tokens: int) -> None:
        self._free -= 1
        if self._requests is not None:
            self._requests.take(1)
        if self._tokens is not None:
            self._tokens.take(tokens)
        turn.set_result(None)
