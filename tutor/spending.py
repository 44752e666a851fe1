"""The words of what asking a model costs: a call, prices, a budget, and the ledger of calls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost, in `currency`.

    `cached` is the price of input that came from the server's cache of prefixes; None means the
    price of other input.
    """

    input: float
    output: float
    currency: str
    cached: float | None = None

    def of(self, *, input_tokens: int, output_tokens: int, cached_tokens: int = 0) -> float:
        """Return the money for these tokens; `cached_tokens` are part of `input_tokens`."""
        cached_price = self.input if self.cached is None else self.cached
        fresh = input_tokens - cached_tokens
        total = fresh * self.input + cached_tokens * cached_price + output_tokens * self.output
        return total / _MILLION


@dataclass(frozen=True, slots=True)
class Budget:
    """The most that may be spent in one run of the program and on one UTC day; None: no limit.

    Tokens count input and output together; money is in the currency of the prices.
    """

    run_tokens: int | None = None
    run_money: float | None = None
    day_tokens: int | None = None
    day_money: float | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """Tokens, input and output together, and money in one currency."""

    tokens: int = 0
    money: float = 0.0

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.tokens + other.tokens, self.money + other.money)


@dataclass(frozen=True, slots=True)
class Call:
    """One time that a model was asked, with all its attempts, whatever came of it.

    `at` is aware. `model` is the name that the endpoint reported, or the one asked for when no
    reply came. `outcome` is `"ok"` or the `type` of the `ModelError`. `cached_tokens` are part
    of `input_tokens`. `money` and `currency` are both None where no price is set.
    """

    at: datetime
    model: str
    endpoint: str
    outcome: str
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    money: float | None = None
    currency: str | None = None
    latency_ms: float = 0.0
    attempts: int = 1


class Ledger(Protocol):
    """Keeps every call. Both methods may block and be called from several threads at once.

    They raise `StoreError` when the ledger cannot be read or written.
    """

    def note(self, *calls: Call) -> None:
        """Add calls, all or none; returns when they are kept."""
        ...

    def spent_on(self, day: date, currency: str | None = None) -> Spent:
        """Return what the calls of a UTC day cost: all tokens, money in `currency` alone."""
        ...
