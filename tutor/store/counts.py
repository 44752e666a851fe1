"""What the store has counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DeckCounts:
    """Numbers of reviews of one deck; `deck` is None for questions that came with the request.

    `correct`, `partial` and `incorrect` count the verdicts that stand, the override's where
    there is one, and add up to `reviews`; `unsure` counts grades that stand, `overridden`
    reviews with at least one override.
    """

    deck: str | None
    reviews: int
    correct: int
    partial: int
    incorrect: int
    unsure: int
    overridden: int


@dataclass(frozen=True, slots=True)
class JudgeDay:
    """What the judge did on one UTC day with one model.

    `failures` counts the calls that brought no usable reply, by the `type` of the error, and is
    part of `calls`; `attempts` counts requests, with those that were sent again. `cached_tokens`
    are part of `input_tokens`. `money` is by currency, without calls that no price was set for.
    The latencies are those of the usable replies, in milliseconds: their mean, and what 95 % of
    them stay within; None when there is no such reply.
    """

    day: date
    model: str
    calls: int
    failures: Mapping[str, int]
    attempts: int
    input_tokens: int
    output_tokens: int
    cached_tokens: int
    money: Mapping[str, float]
    latency_mean_ms: float | None
    latency_p95_ms: float | None
