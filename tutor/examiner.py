"""The examiner: how strictly to grade, the local grade at once, and the judge's where wanted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tutor.begun import Begun
from tutor.deck.asking import item_of
from tutor.deck.card import Card
from tutor.deck_strictness import DeckStrictness
from tutor.grading.grade import Grade, JudgeUse, Language
from tutor.grading.item import Item
from tutor.grading.ruling import LearningGrader
from tutor.grading.strictness import Policy, Strictness
from tutor.once import Once
from tutor.study.review import Review
from tutor.submission import check_judge, check_member, check_submission

if TYPE_CHECKING:
    from tutor.background import Background
    from tutor.grading.judging.cascade import Cascade
    from tutor.store.reviews import ReviewStore

_Regrade = Callable[[], Coroutine[Any, Any, Grade]]


@dataclass(frozen=True, slots=True)
class Wish:
    """How a caller wants an answer to be graded; None is the tutor's own choice."""

    language: Language | None = None
    judge: JudgeUse = "auto"
    policy: Policy | Strictness | None = None


class Examiner:
    """Makes reviews: what was submitted is checked, graded locally, and judged where wanted.

    `cascade` gives None where no judge is configured; it is made again after `close`. `policy`
    is that of everything that is graded without another one, `limit` the most characters of a
    text. Judges are waited for in a thread of their own, which `close` ends; the next answer for
    a judge starts it again.
    """

    def __init__(
        self,
        grader: Callable[[], LearningGrader],
        cascade: Once[Cascade | None],
        store: Callable[[], ReviewStore],
        decks: DeckStrictness,
        *,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        policy: Policy,
        limit: int,
    ) -> None:
        self._grader = grader
        self._cascade = cascade
        self._store = store
        self._decks = decks
        self._clock = clock
        self._new_id = new_id
        self._policy = policy
        self._limit = limit
        self._background = Once(_background)

    def begin(self, asked: Card | Item, answer: str, wish: Wish) -> Begun:
        """Grade locally and start the judge if it is wanted; nothing is stored."""
        review, regrade = self._examined(asked, answer, wish)
        return Begun(review, regrade and self._background().submit(_regraded(review, regrade)))

    def record(self, asked: Card | Item, answer: str, wish: Wish) -> Begun:
        """Do the same, and store the local grade now and the judge's when it comes."""
        review, regrade = self._examined(asked, answer, wish)
        self._store().add(review)
        return Begun(review, regrade and self._background().submit(self._added(review, regrade)))

    def policy_of(self, policy: Policy | None) -> Policy:
        """The policy that was asked for, checked, or the tutor's own."""
        if policy is None:
            return self._policy
        check_member("policy", policy, Policy)
        return policy

    def close(self, patience_seconds: float) -> None:
        """Wait so long for judges that were asked, then stop waiting for any."""
        background, cascade = self._background.pop(), self._cascade.pop()
        if background is not None:
            background.close(patience_seconds, cascade.close if cascade else None)

    def _examined(
        self, asked: Card | Item, answer: str, wish: Wish
    ) -> tuple[Review, _Regrade | None]:
        """The review with its local grade, and what makes the judge's if it is to be asked."""
        card = asked if isinstance(asked, Card) else None
        item = item_of(asked) if isinstance(asked, Card) else asked
        grade, regrade = self._graded(item, card.deck if card else None, answer, wish)
        review = Review(
            grade=grade,
            id=self._new_id(),
            created_at=self._clock(),
            card_id=card.id if card else None,
            deck=card.deck if card else None,
            item=item,
            answer=answer,
        )
        return review, regrade

    def _graded(
        self, item: Item, deck: str | None, answer: str, wish: Wish
    ) -> tuple[Grade, _Regrade | None]:
        cascade = self._cascade() if wish.judge != "never" else None
        check_judge(wish.judge, configured=cascade is not None)
        if wish.language is not None:
            check_member("language", wish.language, Language)
        check_submission(item, answer, self._limit)
        strictness = self._strictness(deck, wish.policy)
        local = self._grader().grade(item, answer, wish.language, strictness)
        if cascade is None or not cascade.wants(item, local, wish.judge):
            return local, None
        return local, lambda: cascade.regrade(item, answer, local, strictness.policy)

    def _strictness(self, deck: str | None, policy: Policy | Strictness | None) -> Strictness:
        if isinstance(policy, Strictness):
            return policy
        if deck is None:
            return self._grader().learn((), self.policy_of(policy))
        return self._decks.of(deck, self.policy_of(policy))

    async def _added(self, review: Review, regrade: _Regrade) -> Review:
        grade = await regrade()
        return await asyncio.to_thread(self._store().add_regrade, review.id, grade, self._clock())


async def _regraded(review: Review, regrade: _Regrade) -> Review:
    return review.model_copy(update={"grade": await regrade()})


def _background() -> Background:
    from tutor.background import Background

    return Background()
