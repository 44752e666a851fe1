"""The service: grade one answer, record it, return the review. Every door calls this."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Generic, Literal, Self, TypeVar

from tutor.deck.asking import item_of
from tutor.deck.card import Card
from tutor.errors import InvalidInputError
from tutor.grading.grade import Grade, Grader, Language, Verdict
from tutor.grading.item import Item, ItemKind, PointSpec
from tutor.study.review import Override, Review
from tutor.submission import check_member, check_submission, check_text, make_item

if TYPE_CHECKING:
    from tutor.deck.collection import Collection
    from tutor.deck.parser import ParsedDeck
    from tutor.store.counts import DeckCounts
    from tutor.store.reviews import ReviewStore

JudgeUse = Literal["never", "auto", "always"]
Value = TypeVar("Value")

_MOST_REVIEWS = 10_000
"""Most reviews in one page: they are held in memory, and their ids go into one query."""


class _Once(Generic[Value]):
    """Makes a value when it is first needed; after a failure the next need tries again."""

    def __init__(self, make: Callable[[], Value]) -> None:
        self._make = make
        self._lock = Lock()
        self._made: Value | None = None

    def __call__(self) -> Value:
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made

    def pop(self) -> Value | None:
        """Forget the value and return it, if it was made."""
        with self._lock:
            made, self._made = self._made, None
            return made


class Tutor:
    """Grades answers and keeps reviews.

    `grader`, `collection` and `store` are functions that make them: each is called when it is
    first needed and once only, so grading needs no database, and statistics need no decks.
    A failure to make one is raised by what needed it; nothing else is affected.

    Methods may be called from several threads at once. All of them raise `TutorError` for
    expected failures: `InvalidInputError` for what cannot be graded as it was sent,
    `NotFoundError` for an unknown id, `ModelError` from the grader, `DeckError` from the
    decks and `StoreError` from the store. A failure is never a grade.
    """

    def __init__(
        self,
        *,
        grader: Callable[[], Grader],
        collection: Callable[[], Collection],
        store: Callable[[], ReviewStore],
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        max_answer_characters: int = 20_000,
    ) -> None:
        self._grader = _Once(grader)
        self._collection = _Once(collection)
        self._store = _Once(store)
        self._clock = clock
        self._new_id = new_id
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
    ) -> Grade:
        """Grade an answer to a question; `references` are alternatives, any of them is right.

        `key_points` are what a right answer says, by default the parts of the reference. For
        `kind="cloze"` the question is a text with the asked blank as `[...]`. Feedback is in
        `language`, by default the answer's own.
        """
        item = make_item(question, references, key_points=key_points, kind=kind)
        return self._graded(item, answer, language, judge)

    def grade_card(
        self,
        card_id: str,
        answer: str,
        *,
        language: Language | None = None,
        judge: JudgeUse = "auto",
    ) -> Grade:
        """Grade an answer to a card; raises `DeckError` for a card without a reference."""
        return self._graded(item_of(self.card(card_id)), answer, language, judge)

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
    ) -> Review:
        """Grade as `grade` does and store the review; returns when it is committed."""
        item = make_item(question, references, key_points=key_points, kind=kind)
        return self._kept(self.draft(item, answer, language=language, judge=judge))

    def review_card(
        self,
        card_id: str,
        answer: str,
        *,
        language: Language | None = None,
        judge: JudgeUse = "auto",
    ) -> Review:
        """Grade as `grade_card` does and store the review; returns when it is committed."""
        return self._kept(self.draft(self.card(card_id), answer, language=language, judge=judge))

    def draft(
        self,
        asked: Card | Item,
        answer: str,
        *,
        language: Language | None = None,
        judge: JudgeUse = "auto",
    ) -> Review:
        """Grade an answer into a review that is not stored yet: `keep` stores many at once."""
        card = asked if isinstance(asked, Card) else None
        item = item_of(asked) if isinstance(asked, Card) else asked
        return Review(
            grade=self._graded(item, answer, language, judge),
            id=self._new_id(),
            created_at=self._clock(),
            card_id=card.id if card else None,
            deck=card.deck if card else None,
            item=item,
            answer=answer,
        )

    def keep(self, drafts: Sequence[Review]) -> None:
        """Store drafts in one transaction: all or none; returns when they are committed."""
        self._store().add_many(drafts)

    def override(self, review_id: str, verdict: Verdict, note: str = "") -> Review:
        """Record a person's ruling on a review, which counts from now on, and return it."""
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
        limit: int = 50,
        before: str | None = None,
    ) -> list[Review]:
        """Return up to `limit` reviews (1 to 10,000), the latest first.

        `deck` and `card_id` narrow the choice; `before`, the id of the last review of the page
        before, goes on behind it.
        """
        if not 1 <= limit <= _MOST_REVIEWS:
            raise InvalidInputError(
                f"limit is {limit}; use 1 to {_MOST_REVIEWS}, and `before` for the next page"
            )
        for name, text in (("deck", deck), ("card_id", card_id), ("before", before)):
            if text is not None:
                check_text(name, text, self._limit)
        return self._store().find(deck=deck, card_id=card_id, limit=limit, before=before)

    def review_of(self, review_id: str) -> Review:
        """Return the stored review with this id."""
        check_text("review id", review_id, self._limit)
        return self._store().get(review_id)

    def stats(self) -> list[DeckCounts]:
        """Count reviews, verdicts and overrides by deck."""
        return self._store().counts()

    # Decks.

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
        """Load the grader; raises what grading would raise."""
        self._grader()

    def check_store(self) -> None:
        """Open the store and prove that a review could be added; adds nothing."""
        self._store().check_writable()

    def close(self) -> None:
        """Close the store if it was opened; the next need opens it again."""
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

    def _graded(self, item: Item, answer: str, language: Language | None, judge: JudgeUse) -> Grade:
        _check_judge(judge)
        if language is not None:
            check_member("language", language, Language)
        check_submission(item, answer, self._limit)
        return self._grader().grade(item, answer, language)

    def _kept(self, draft: Review) -> Review:
        self.keep([draft])
        return draft


def _check_judge(judge: JudgeUse) -> None:
    check_member("judge", judge, JudgeUse)
    if judge == "always":
        raise InvalidInputError(
            "judge is 'always', but this version has no judge; use never or auto to grade locally"
        )
