"""What the API answers with, beside the words it shares with the rest of tutor."""

from __future__ import annotations

from pathlib import PurePath
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict

from tutor.api.problems import printable
from tutor.api.requests import ItemId
from tutor.deck.asking import item_of
from tutor.deck.card import Card, CardKind
from tutor.deck.parser import ParsedDeck
from tutor.deck_strictness import DeckStanding
from tutor.errors import TutorError
from tutor.grading.grade import Grade
from tutor.grading.key_points import key_points_of
from tutor.store.counts import JudgeDay
from tutor.study.review import Review


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class GradedAnswer(Grade):
    """A grade and the id of the review that it was stored as."""

    review_id: str

    @classmethod
    def of(cls, review: Review) -> Self:
        """The answer for a stored review."""
        return cls.model_construct(**dict(review.grade), review_id=review.id)


class GradedItem(GradedAnswer):
    """The grade of one item of a batch, with the item's id."""

    id: ItemId | None

    @classmethod
    def of_item(cls, id: ItemId | None, review: Review) -> Self:
        """The answer for one stored item."""
        return cls.model_construct(**dict(review.grade), review_id=review.id, id=id)


class ErrorDetail(_Answer):
    """Why something could not be graded."""

    type: str
    detail: str


class FailedItem(_Answer):
    """One item of a batch that could not be graded; nothing was stored for it."""

    id: ItemId | None
    error: ErrorDetail

    @classmethod
    def of_item(cls, id: ItemId | None, error: TutorError) -> Self:
        """The answer for one item that failed."""
        return cls(id=id, error=ErrorDetail(type=error.type, detail=printable(str(error))))


class BatchAnswer(_Answer):
    """The results of a batch, in the order of its items."""

    results: list[GradedItem | FailedItem]


class CardData(_Answer):
    """A card as data; what answers it is null until it is asked for with `reveal=true`.

    `file` is the deck's file name without its folder, which is the server's own affair.
    """

    id: str
    hash: str
    kind: CardKind
    deck: str
    section: tuple[str, ...]
    file: str
    line: int
    question: str
    references: tuple[str, ...] | None
    key_points: tuple[str, ...] | None
    blank: int | None

    @classmethod
    def of(cls, card: Card, *, reveal: bool) -> Self:
        """The card as data, with its references and key points only if `reveal`."""
        return cls(
            id=card.id, hash=card.hash, kind=card.kind, deck=card.deck, section=card.section,
            file=PurePath(card.file).name, line=card.line, question=card.question, blank=card.blank,
            references=card.references if reveal else None,
            key_points=_key_points(card) if reveal else None,
        )  # fmt: skip


def _key_points(card: Card) -> tuple[str, ...]:
    return tuple(point.text for point in key_points_of(item_of(card)))


class CardPage(_Answer):
    """Cards in file order, and how many there are in all."""

    cards: list[CardData]
    total: int


class DeckData(_Answer):
    """A deck: its name, its number of cards and its sections in order."""

    name: str
    cards: int
    sections: list[tuple[str, ...]]

    @classmethod
    def of(cls, deck: ParsedDeck) -> Self:
        """The deck as data."""
        sections = dict.fromkeys(card.section for card in deck.cards)
        return cls(name=deck.name, cards=len(deck.cards), sections=list(sections))


class DeckDetail(DeckData):
    """A deck with how strictly it is graded.

    `verdicts` is the number of people's verdicts that its strictness rests on, beside the
    policy; `than_policy` says where they moved it.
    """

    strictness: DeckStanding

    @classmethod
    def with_standing(cls, deck: ParsedDeck, standing: DeckStanding) -> Self:
        """The deck as data, with its strictness."""
        return cls(**dict(DeckData.of(deck)), strictness=standing)


class DeckList(_Answer):
    """All decks."""

    decks: list[DeckData]


class ReviewPage(_Answer):
    """Reviews, newest first; `before` of the next page is `next`, null on the last page."""

    reviews: list[Review]
    next: str | None


class JudgeUsage(_Answer):
    """What the judge was asked and what it cost, by UTC day and model, the latest day first."""

    days: list[JudgeDay]


class Health(_Answer):
    """The process answers, or is ready to grade."""

    status: Literal["ok"] = "ok"
