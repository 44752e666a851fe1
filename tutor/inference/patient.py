"""A chat model that is asked again when it fails, within a deadline, unless it fails always.

The loop is our own and not `stamina`: that one looks at its deadline only after a wait, however
long, never cuts an attempt short, and cannot be handed a clock.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from tutor.errors import (
    ModelAccessError,
    ModelBusyError,
    ModelCallError,
    ModelError,
    ModelNotAskedError,
    ModelNotFoundError,
    ModelRequestError,
    ModelServerError,
    ModelTimeoutError,
    ModelUnreachableError,
    ReplyError,
)
from tutor.inference.breaker import Breaker
from tutor.inference.chat import ChatModel, ChatReply, ChatRequest, Usage
from tutor.inference.spent import spent_on

PASSING = (ModelBusyError, ModelServerError, ModelUnreachableError, ModelTimeoutError)
"""Failures that may be gone a moment later; no other one is tried again."""
LASTING = (*PASSING, ModelAccessError, ModelNotFoundError)
"""Failures that say nothing of the request: enough of them in a row open the breaker.

A reply that cannot be used is none of them. The server works, and what makes a model refuse
may be an answer: one learner could take the judge away from all.
"""
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 8.0
MOST_ATTEMPTS = 5
MOST_ATTEMPTS_WHEN_BUSY = 10


class PatientChat:
    """Asks again after a failure that may pass, and leaves a model alone that keeps failing.

    Waits double from half a second up to eight, less up to half of each by chance so that many
    do not come back at once; a server that says how long to wait is waited for so long.
    `deadline`, in seconds, covers all attempts and waits: an attempt that runs then is
    cancelled, and a wait that would go beyond it is not begun. Wrapping order matters: time that
    is spent waiting for a free place belongs outside.

    The errors that it raises, and the replies, count what all attempts took. Also raises
    `ModelPausedError`, while the breaker is open. `chance` gives numbers in [0, 1).
    """

    def __init__(
        self, inner: ChatModel, *, chance: Callable[[], float], deadline: float = 30.0
    ) -> None:
        self._inner = inner
        self._chance = chance
        self._deadline = deadline
        self._subject = f"model {inner.name} at {inner.endpoint}"
        self._breaker = Breaker(self._subject)

    @property
    def name(self) -> str:
        """The wrapped model's name."""
        return self._inner.name

    @property
    def endpoint(self) -> str:
        """The wrapped model's endpoint."""
        return self._inner.endpoint

    async def ask(self, request: ChatRequest) -> ChatReply:
        """Ask until a reply comes, the failure is one that stays, or the time is up."""
        now = asyncio.get_running_loop().time
        trying = self._breaker.admit(now())
        try:
            reply = await self._ask_in_time(request, trying)
        except LASTING as error:
            self._breaker.failed(error, now(), tried=trying)
            raise
        except (ReplyError, ModelRequestError):
            self._breaker.worked()
            raise
        except BaseException:
            self._breaker.undecided(tried=trying)
            raise
        self._breaker.worked()
        return reply

    async def _ask_in_time(self, request: ChatRequest, trying: bool) -> ChatReply:
        attempts = _Attempts(asyncio.get_running_loop().time(), self._deadline)
        try:
            async with asyncio.timeout_at(attempts.end):
                return await self._ask_until_answered(request, attempts, trying)
        except TimeoutError:
            raise attempts.total(
                ModelTimeoutError(
                    f"{self._subject} gave no reply within {self._deadline:g} s; if it is only "
                    "slow, raise TUTOR_JUDGE_TIMEOUT"
                ),
                cut_short=True,
            ) from attempts.last

    async def _ask_until_answered(
        self, request: ChatRequest, attempts: _Attempts, trying: bool
    ) -> ChatReply:
        while True:
            try:
                return attempts.answered(await self._inner.ask(request))
            except ModelError as error:
                attempts.add(error)
                if trying or self._breaker.is_open or not attempts.may_go_on:
                    raise attempts.total(error) from error.__cause__
                wait = self._wait(error, attempts.count)
                if wait >= attempts.left:
                    raise attempts.total(error, unwaited=wait) from error.__cause__
            await asyncio.sleep(wait)

    def _wait(self, error: ModelError, count: int) -> float:
        asked = error.retry_after if isinstance(error, ModelCallError) else None
        if asked is not None:
            return max(0.0, asked) + self._chance() * FIRST_WAIT_SECONDS
        longest = min(FIRST_WAIT_SECONDS * 2.0 ** (count - 1), LONGEST_WAIT_SECONDS)
        return longest * (1 - self._chance() / 2)


class _Attempts:
    """What the attempts at one request have taken so far."""

    def __init__(self, start: float, deadline: float) -> None:
        self._start = start
        self.end = start + deadline
        self.last: ModelError | None = None
        self.count = 0
        self._sent = 0
        self._usage = Usage()

    @property
    def left(self) -> float:
        return self.end - asyncio.get_running_loop().time()

    @property
    def may_go_on(self) -> bool:
        most = MOST_ATTEMPTS_WHEN_BUSY if isinstance(self.last, ModelBusyError) else MOST_ATTEMPTS
        return isinstance(self.last, PASSING) and self.count < most

    def add(self, error: ModelError) -> None:
        self.last = error
        self.count += 1
        self._usage += spent_on(error)
        self._sent += 0 if isinstance(error, ModelNotAskedError) else max(1, error.attempts)

    def answered(self, reply: ChatReply) -> ChatReply:
        return replace(
            reply,
            usage=self._usage + reply.usage,
            attempts=self._sent + reply.attempts,
            latency_ms=self._seconds * 1000,
        )

    def total(
        self, error: ModelError, *, cut_short: bool = False, unwaited: float | None = None
    ) -> ModelError:
        """The error again, with what all attempts took."""
        detail = str(error)
        if unwaited is not None:
            detail += f"; asking again in {unwaited:.0f} s would be too late"
        if self.count + cut_short > 1:
            detail += f" (asked {self.count + cut_short} times in {self._seconds:.1f} s)"
        summed = type(error)(detail)
        summed.spent = self._usage
        summed.attempts = self._sent + cut_short
        return summed

    @property
    def _seconds(self) -> float:
        return asyncio.get_running_loop().time() - self._start
