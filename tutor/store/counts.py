"""What the store has counted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeckCounts:
    """Numbers of reviews of one deck; `deck` is None for questions that came with the request.

    `correct`, `partial` and `incorrect` count the verdicts that stand, the override's where
    there is one, and add up to `reviews`; `unsure` counts grades, `overridden` reviews with at
    least one override.
    """

    deck: str | None
    reviews: int
    correct: int
    partial: int
    incorrect: int
    unsure: int
    overridden: int
