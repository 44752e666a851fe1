"""The service: grade one answer, record it, return the review. Every door calls this."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self

from tutor.begun import Begun
from tutor.deck.card import Card
from tutor.deck_strictness import DeckStanding, DeckStrictness
from tutor.examiner import Examiner, Wish
from tutor.grading.grade import Grade, JudgeUse, Language, Verdict
from tutor.grading.item import Item, ItemKind, PointSpec
from tutor.grading.ruling import LearningGrader, Ruled
from tutor.grading.strictness import Policy, Strictness
from tutor.once import Once
from tutor.study.review import Override, Review
from tutor.submission import (
    check_member,
    check_page,
    check_submission,
    check_text,
    make_item,
)

if TYPE_CHECKING:
    from tutor.deck.collection import Collection
    from tutor.deck.parser import ParsedDeck
    from tutor.grading.judging.cascade import Cascade
    from tutor.store.counts import DeckCounts, JudgeDay
    from tutor.store.reviews import ReviewStore

_PATIENCE_SECONDS = 10.0
"""How long judgements under way may take once the tutor is closed."""


class Tutor:
    """Grades answers and keeps reviews.

    `grader`, `collection`, `store` and `cascade` are functions that make them: each is called
    when it is first needed and once only, so grading needs no database, and statistics need no
    decks. A failure to make one is raised by what needed it; nothing else is affected. Without a
    `cascade` there is no judge, and every grade is the local one.

    A card is graded as strictly as the rulings on its deck teach, beginning with a policy, so
    it needs the store; a question without a deck by the policy alone. Every method that grades
    takes a `policy`, by default that of the tutor, or a strictness that `learn` returned, which
    is taken as it is. `judge` says when to ask the judge about a local grade; methods that return
    a grade wait for it, `begin` and `record` do not.

    Methods may be called from several threads at once. All of them raise `TutorError` for
    expected failures: `InvalidInputError` for what cannot be graded as it was sent,
    `NotFoundError` for an unknown id, `ModelError` from the grader, `DeckError` from the
    decks and `StoreError` from the store. A failure is never a grade.
    """

    def __init__(
        self,
        *,
        grader: Callable[[], LearningGrader],
        collection: Callable[[], Collection],
        store: Callable[[], ReviewStore],
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        cascade: Callable[[], Cascade | None] = lambda: None,
        max_answer_characters: int = 20_000,
        policy: Policy = "standard",
    ) -> None:
        self._grader = Once(grader)
        self._collection = Once(collection)
        self._store = Once(store)
        self._cascade = Once(cascade)
        self._decks = DeckStrictness(self._grader, self._store)
        self._examiner = Examiner(
            self._grader,
            self._cascade,
            self._store,
            self._decks,
            clock=clock,
            new_id=new_id,
            policy=policy,
            limit=max_answer_characters,
        )
        self.policy = policy
        """The policy of everything that is graded without another one."""
        self._clock = clock
        self._limit = max_answer_characters

    # Grading: nothing is stored.

    def grade(
        self,
        question: str,
        references: Sequence[str],
        answer: str,
        *,
        key_points: Sequence[str | PointSpec] = (),
        kind: ItemKind = "free",
        language: Language | None = None,
        judge: JudgeUse = "auto",
        policy: Policy | Strictness | None = None,
    ) -> Grade:
        """Grade an answer to a question; `references` are alternatives, any of them is right.

        `key_points` are what a right answer says, by default the parts of the reference. For
        `kind="cloze"` the question is a text with the asked blank as `[...]`. Feedback is in
        `language`, by default the answer's own.
        """
        item = make_item(question, references, key_points=key_points, kind=kind)
        return self.draft(item, answer, language=language, judge=judge, policy=policy).grade

    def grade_card(
        self,
        card_id: str,
        answer: str,
        *,
        language: Language | None = None,
        judge: JudgeUse = "auto",
        policy: Policy | Strictness | None = None,
    ) -> Grade:
        """Grade an answer to a card; raises `DeckError` for a card without a reference."""
        card = self.card(card_id)
        return self.draft(card, answer, language=language, judge=judge, policy=policy).grade

    def learn(self, ruled: Sequence[Ruled], policy: Policy | None = None) -> Strictness:
        """Return the strictness that verdicts on answers of one kind teach; stores nothing.

        Ten to twenty are enough to help; with none it is the policy. Raises what `grade` raises.
        """
        for one in ruled:
            check_submission(one.item, one.answer, self._limit)
            check_member("verdict", one.verdict, Verdict)
        return self._grader().learn(ruled, self._examiner.policy_of(policy))

    # Reviews: graded and stored.

    def review(
        self,
        question: str,
        references: Sequence[str],
        answer: str,
        *,
        key_points: Sequence[str | PointSpec] = (),
        kind: ItemKind = "free",
        language: Language | None = None,
        judge: JudgeUse = "auto",
        policy: Policy | Strictness | None = None,
    ) -> Review:
        """Grade as `grade` does and store the review; returns when it is committed."""
        item = make_item(question, references, key_points=key_points, kind=kind)
        draft = self.draft(item, answer, language=language, judge=judge, policy=policy)
        return self._kept(draft)

    def review_card(
        self,
        card_id: str,
        answer: str,
        *,
        language: Language | None = None,
        judge: JudgeUse = "auto",
        policy: Policy | Strictness | None = None,
    ) -> Review:
        """Grade as `grade_card` does and store the review; returns when it is committed."""
        card = self.card(card_id)
        draft = self.draft(card, answer, language=language, judge=judge, policy=policy)
        return self._kept(draft)

    def draft(
        self,
        asked: Card | Item,
        answer: str,
        *,
        language: Language | None = None,
        judge: JudgeUse = "auto",
        policy: Policy | Strictness | None = None,
    ) -> Review:
        """Grade an answer into a review that is not stored yet: `keep` stores many at once."""
        return self.begin(asked, answer, Wish(language, judge, policy)).wait()

    def begin(self, asked: Card | Item, answer: str, wish: Wish) -> Begun:
        """Grade an answer locally and start the judge if it is wanted; nothing is stored."""
        return self._examiner.begin(asked, answer, wish)

    def record(self, asked: Card | Item, answer: str, wish: Wish) -> Begun:
        """Do as `begin` does and keep all of it, whether anybody waits for it or not.

        Returns when the local grade is committed; the judge's is added to the review when it
        comes.
        """
        return self._examiner.record(asked, answer, wish)

    def keep(self, drafts: Sequence[Review]) -> None:
        """Store drafts in one transaction: all or none; returns when they are committed."""
        self._store().add_many(drafts)

    def override(self, review_id: str, verdict: Verdict, note: str = "") -> Review:
        """Record a person's ruling on a review, which counts from now on, and return it.

        It is final for this review, and teaches how strictly later answers to the same deck
        are graded.
        """
        check_text("review id", review_id, self._limit)
        check_member("verdict", verdict, Verdict)
        check_text("note", note, self._limit)
        ruling = Override(verdict=verdict, note=note, created_at=self._clock())
        return self._store().add_override(review_id, ruling)

    def reviews(
        self,
        *,
        deck: str | None = None,
        card_id: str | None = None,
        queue: bool = False,
        limit: int = 50,
        before: str | None = None,
    ) -> list[Review]:
        """Return up to `limit` reviews (1 to 10,000), the latest first.

        `deck`, `card_id` and `queue` narrow the choice, `queue` to doubtful grades that nobody
        ruled on; `before`, the id of the last review of the page before, goes on behind it.
        """
        check_page(limit)
        for name, text in (("deck", deck), ("card_id", card_id), ("before", before)):
            if text is not None:
                check_text(name, text, self._limit)
        return self._store().find(
            deck=deck, card_id=card_id, queue=queue, limit=limit, before=before
        )

    def review_of(self, review_id: str) -> Review:
        """Return the stored review with this id."""
        check_text("review id", review_id, self._limit)
        return self._store().get(review_id)

    def stats(self) -> list[DeckCounts]:
        """Count reviews, verdicts and overrides by deck."""
        return self._store().counts()

    def judge_usage(self) -> list[JudgeDay]:
        """Sum what was asked of the judge, and what it cost, by UTC day and model."""
        return self._store().calls.by_day()

    # Decks.

    def standing(self, deck: str) -> DeckStanding:
        """Return what the strictness of the deck with this name rests on."""
        check_text("deck", deck, self._limit)
        return self._decks.standing(deck, self.policy)

    @property
    def decks(self) -> tuple[ParsedDeck, ...]:
        """The decks of the collection, in file order."""
        return self._collection().decks

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards of all decks, in file order."""
        return self._collection().cards

    def card(self, card_id: str) -> Card:
        """Return the card with this id."""
        return self._collection().card(card_id)

    # Readiness, for doors that want to know before the first answer comes.

    def check_grader(self) -> None:
        """Load the grader and the judge's client; raises what grading would raise."""
        self._grader()
        self._cascade()

    def check_store(self) -> None:
        """Open the store and prove that a review could be added; adds nothing."""
        self._store().check_writable()

    def close(self) -> None:
        """Give judgements under way `_PATIENCE_SECONDS` to end, then close what was opened.

        The next need opens it again.
        """
        self._examiner.close(_PATIENCE_SECONDS)
        store = self._store.pop()
        if store is not None:
            store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _kept(self, draft: Review) -> Review:
        self.keep([draft])
        return draft
