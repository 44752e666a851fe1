"""How strictly each deck is graded: learned from its rulings, kept until another one comes in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Literal

from tutor.grading.ruling import LearningGrader, Ruled
from tutor.grading.strictness import Policy, Strictness

if TYPE_CHECKING:
    from tutor.store.reviews import ReviewStore

Leaning = Literal["stricter", "the same", "more lenient"]
_NOTICEABLE = 0.25
"""Least mean shift of the two intercepts, in the policy's spreads, that is worth a word."""


@dataclass(frozen=True, slots=True)
class DeckStanding:
    """What a deck's grading rests on: the policy, and people's verdicts on its answers.

    `than_policy` says where the verdicts moved it, beside the policy alone.
    """

    policy: Policy
    verdicts: int
    than_policy: Leaning


@dataclass(frozen=True, slots=True)
class _Learned:
    last: int
    ruled: Sequence[Ruled]
    strictness: Strictness


class DeckStrictness:
    """Learns each deck's strictness when it is first asked for, and again after new rulings.

    Every question to it asks the store for the number of the last ruling, so that one made by
    another process counts at once. Safe to use from several threads.
    """

    def __init__(
        self, grader: Callable[[], LearningGrader], store: Callable[[], ReviewStore]
    ) -> None:
        self._grader = grader
        self._store = store
        self._lock = Lock()
        self._learned: dict[tuple[str, Policy], _Learned] = {}

    def of(self, deck: str, policy: Policy) -> Strictness:
        """The strictness of a deck under a policy; raises what store and grader raise."""
        store = self._store()
        last = store.last_ruling()
        # Under the lock, so that of many threads that see a new ruling only one learns.
        with self._lock:
            known = self._learned.get((deck, policy))
            if known is None or known.last < last:
                known = self._refreshed(known, last, store.ruled(deck), policy)
                self._learned[deck, policy] = known
            return known.strictness

    def standing(self, deck: str, policy: Policy) -> DeckStanding:
        """What the grading of a deck rests on; raises what `of` raises."""
        strictness = self.of(deck, policy)
        leaning = _leaning(strictness, self._grader().learn((), policy))
        return DeckStanding(policy, strictness.verdicts, leaning)

    def _refreshed(
        self, known: _Learned | None, last: int, ruled: Sequence[Ruled], policy: Policy
    ) -> _Learned:
        # The new ruling may have been another deck's.
        if known is not None and known.ruled == ruled:
            return _Learned(last, ruled, known.strictness)
        return _Learned(last, ruled, self._grader().learn(ruled, policy))


def _leaning(learned: Strictness, policy: Strictness) -> Leaning:
    pairs = zip(learned.believed, policy.believed, strict=True)
    shifts = [
        (now.intercept - before.intercept) / before.spread if before.spread else 0.0
        for now, before in pairs
    ]
    shift = sum(shifts) / len(shifts)
    if abs(shift) < _NOTICEABLE:
        return "the same"
    return "more lenient" if shift > 0 else "stricter"
