"""A chat model whose every request is held against a budget and noted in a ledger."""

from __future__ import annotations

import asyncio

from tutor.errors import ModelError, ModelNotAskedError, ModelTimeoutError
from tutor.inference.chat import ChatModel, ChatReply, ChatRequest, Usage
from tutor.inference.meter import Meter
from tutor.inference.spent import spent_on
from tutor.inference.token_estimate import estimated_tokens
from tutor.spending import Call


class MeteredChat:
    """Asks a model within the budget of a meter. Raises `OverBudgetError` when it is spent.

    A failed request counts what it cost. One that was given up, because its time ran out or
    nobody waits for it any longer, counts what its messages come to, for a server may charge
    for them: it is noted as a timeout.
    """

    def __init__(self, inner: ChatModel, meter: Meter) -> None:
        self._inner = inner
        self._meter = meter

    @property
    def name(self) -> str:
        """The wrapped model's name."""
        return self._inner.name

    @property
    def endpoint(self) -> str:
        """The wrapped model's endpoint."""
        return self._inner.endpoint

    async def ask(self, request: ChatRequest) -> ChatReply:
        """Ask the model once."""
        reserved = await self._meter.reserve(request)
        start = asyncio.get_running_loop().time()
        call: Call | None = None
        try:
            reply = await self._inner.ask(request)
            call = self._answered(reply)
        except ModelNotAskedError:
            raise
        except ModelError as error:
            call = self._failed(request, error, start)
            raise
        except asyncio.CancelledError:
            call = self._failed(request, ModelTimeoutError(), start)
            raise
        finally:
            self._meter.settle(reserved, call)
        return reply

    def _answered(self, reply: ChatReply) -> Call:
        return self._meter.call(
            model=reply.model,
            endpoint=self.endpoint,
            outcome="ok",
            usage=reply.usage,
            latency_ms=reply.latency_ms,
            attempts=reply.attempts,
        )

    def _failed(self, request: ChatRequest, error: ModelError, start: float) -> Call:
        usage = spent_on(error)
        if isinstance(error, ModelTimeoutError) and usage == Usage():
            usage = Usage(estimated_tokens(request))
        return self._meter.call(
            model=self.name,
            endpoint=self.endpoint,
            outcome=error.type,
            usage=usage,
            latency_ms=(asyncio.get_running_loop().time() - start) * 1000,
            attempts=max(1, error.attempts),
        )
