"""What asking a model has cost in this run and on this day, held against a budget."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tutor.errors import OverBudgetError, StoreError
from tutor.inference.chat import ChatRequest, Usage
from tutor.inference.ledger_writer import LedgerWriter
from tutor.inference.token_estimate import estimated_tokens
from tutor.spending import Budget, Call, Ledger, Prices, Spent

READ_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Limit:
    """One amount of a budget, what of it is gone, and what requests on their way may take."""

    setting: str
    most: float | None
    spent: float
    held: float

    @property
    def is_spent(self) -> bool:
        return self.most is not None and self.spent >= self.most

    @property
    def has_room(self) -> bool:
        return self.most is None or self.spent + self.held < self.most


class Meter:
    """Holds every request against a budget and notes every call in a ledger.

    A run is the life of a meter; a day is the UTC day, and what other runs spend on it is read
    from the ledger once a minute. `clock` tells the aware time; `most_output` is the length
    limit of a reply, in tokens. Without prices nothing costs money, and no limit in money is
    ever reached. Belongs to one event loop.

    While requests are on their way, the most that they may cost counts as well, so that many
    at once go over a limit by no more than one of them would alone.
    """

    def __init__(
        self,
        ledger: Ledger,
        *,
        clock: Callable[[], datetime],
        most_output: int,
        budget: Budget | None = None,
        prices: Prices | None = None,
    ) -> None:
        self._ledger = ledger
        self._writer = LedgerWriter(ledger)
        self._clock = clock
        self._most_output = most_output
        self._budget = budget or Budget()
        self._prices = prices
        self._run = Spent()
        self._held = Spent()
        self._read_at: datetime | None = None
        self._others = Spent()
        """What was spent on that day, less what this run had spent by then."""
        self._settled: list[asyncio.Future[None]] = []

    @property
    def spent(self) -> Spent:
        """What this run has spent so far."""
        return self._run

    @property
    def unwritten(self) -> int:
        """How many calls the ledger has not taken yet; they count all the same."""
        return self._writer.unwritten

    @property
    def trouble(self) -> str | None:
        """Why the ledger took no call the last time, in one line; None when it did."""
        return self._writer.trouble

    async def flush(self) -> None:
        """Return when all calls are in the ledger, or it has refused one."""
        await self._writer.flush()

    async def reserve(self, request: ChatRequest) -> Spent:
        """Return the most that a request may cost, which counts until it is settled.

        Waits while requests on their way may take what is left. Raises `OverBudgetError` when
        nothing is left.
        """
        reserved = self._spent_by(Usage(estimated_tokens(request), self._most_output))
        while not await self._has_room():
            await self._next_settled()
        self._held += reserved
        return reserved

    def settle(self, reserved: Spent, call: Call | None) -> None:
        """Let go of what was reserved, and note the call unless none was made."""
        self._held = _less(self._held, reserved)
        if call is not None:
            self._run += Spent(call.input_tokens + call.output_tokens, call.money or 0.0)
            self._writer.add(call)
        waiting, self._settled = self._settled, []
        for waiter in waiting:
            if not waiter.done():
                waiter.set_result(None)

    def call(
        self,
        *,
        model: str,
        endpoint: str,
        outcome: str,
        usage: Usage,
        latency_ms: float,
        attempts: int,
    ) -> Call:
        """Return a call that ends now, with its money where prices are known."""
        return Call(
            at=self._clock(),
            model=model,
            endpoint=endpoint,
            outcome=outcome,
            input_tokens=usage.input,
            output_tokens=usage.output,
            cached_tokens=usage.cached,
            money=None if self._prices is None else self._spent_by(usage).money,
            currency=None if self._prices is None else self._prices.currency,
            latency_ms=latency_ms,
            attempts=attempts,
        )

    async def _has_room(self) -> bool:
        now = self._clock().astimezone(UTC)
        if self._is_outdated(now):
            await self._read(now)
        limits = tuple(self._limits())
        for limit in limits:
            if limit.is_spent:
                raise OverBudgetError(self._refusal(limit, now.date()))
        return all(limit.has_room for limit in limits)

    def _is_outdated(self, now: datetime) -> bool:
        if self._budget.day_tokens is None and self._budget.day_money is None:
            return False
        read_at = self._read_at
        return read_at is None or read_at.date() != now.date() or now - read_at >= READ_EVERY

    async def _read(self, now: datetime) -> None:
        """Read what others spent; a day that is known stays as it is when that fails."""
        is_known = self._read_at is not None and self._read_at.date() == now.date()
        if is_known:
            # One reads again, the others go on with what is known.
            self._read_at = now
        # Written first: what this run spent is then either in the ledger or counted after it.
        await self._writer.flush()
        run = self._run
        currency = None if self._prices is None else self._prices.currency
        try:
            stored = await asyncio.to_thread(self._ledger.spent_on, now.date(), currency)
        except StoreError as error:
            if is_known:
                return
            raise OverBudgetError(
                f"what was spent today is unknown, so nothing more is: {error}"
            ) from error
        if not (is_known and self._writer.unwritten):
            self._read_at, self._others = now, _less(stored, run)

    def _limits(self) -> Iterator[_Limit]:
        budget, run, day, held = self._budget, self._run, self._others + self._run, self._held
        yield _Limit("RUN_TOKENS", budget.run_tokens, run.tokens, held.tokens)
        yield _Limit("RUN_MONEY", budget.run_money, run.money, held.money)
        yield _Limit("DAY_TOKENS", budget.day_tokens, day.tokens, held.tokens)
        yield _Limit("DAY_MONEY", budget.day_money, day.money, held.money)

    def _refusal(self, limit: _Limit, today: date) -> str:
        period, _, kind = limit.setting.partition("_")
        unit = "tokens" if kind == "TOKENS" or self._prices is None else self._prices.currency
        span = "this run" if period == "RUN" else f"{today} (UTC)"
        opens = "with the next run" if period == "RUN" else f"{today + timedelta(days=1)} 00:00 UTC"
        return (
            f"the judge's budget of {limit.most:,} {unit} for {span} is spent "
            f"({limit.spent:,.10g}); it opens again {opens}, or raise "
            f"TUTOR_JUDGE_BUDGET_{limit.setting}"
        )

    async def _next_settled(self) -> None:
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._settled.append(waiter)
        await waiter

    def _spent_by(self, usage: Usage) -> Spent:
        if self._prices is None:
            return Spent(usage.input + usage.output)
        money = self._prices.of(
            input_tokens=usage.input, output_tokens=usage.output, cached_tokens=usage.cached
        )
        return Spent(usage.input + usage.output, money)


def _less(one: Spent, other: Spent) -> Spent:
    return Spent(one.tokens - other.tokens, one.money - other.money)
