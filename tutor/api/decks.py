"""`/v1/decks` and `/v1/cards`: what there is to ask.

A client that shows cards to learners must not hold the answers, so references and key points
are null unless the request says `reveal=true`.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from tutor.api.parts import TheTutor
from tutor.api.problems import documented
from tutor.api.responses import CardData, CardPage, DeckData, DeckDetail, DeckList
from tutor.deck.card import Card
from tutor.deck.parser import ParsedDeck
from tutor.errors import NotFoundError
from tutor.service import Tutor

router = APIRouter(tags=["decks"], responses=documented(422, 500, 503))

Reveal = Annotated[bool, Query(description="Whether to send references and key points.")]
Deck = Annotated[str | None, Query(description="Only cards of the deck with this name.")]
Section = Annotated[str | None, Query(description="Only cards below a heading with this title.")]
Limit = Annotated[int, Query(ge=1, le=1000)]
Offset = Annotated[int, Query(ge=0, le=10_000_000)]


@router.get("/v1/decks")
def decks(tutor: TheTutor) -> DeckList:
    """List the decks."""
    return DeckList(decks=[DeckData.of(deck) for deck in tutor.decks])


@router.get("/v1/decks/{name:path}", responses=documented(404))
def deck(name: str, tutor: TheTutor) -> DeckDetail:
    """Describe one deck, and how strictly it is graded."""
    return DeckDetail.with_standing(_named(name, tutor), tutor.standing(name))


@router.get("/v1/cards", responses=documented(404))
def cards(
    tutor: TheTutor,
    deck: Deck = None,
    section: Section = None,
    limit: Limit = 100,
    offset: Offset = 0,
    reveal: Reveal = False,
) -> CardPage:
    """List cards in file order."""
    if deck is not None:
        _named(deck, tutor)
    found = [card for card in tutor.cards if _is_in(card, deck, section)]
    shown = found[offset : offset + limit]
    return CardPage(cards=[CardData.of(each, reveal=reveal) for each in shown], total=len(found))


@router.get("/v1/cards/{card_id}", responses=documented(404))
def card(card_id: str, tutor: TheTutor, reveal: Reveal = False) -> CardData:
    """Show one card."""
    return CardData.of(tutor.card(card_id), reveal=reveal)


def _is_in(card: Card, deck: str | None, section: str | None) -> bool:
    return deck in (None, card.deck) and (section is None or section in card.section)


def _named(name: str, tutor: Tutor) -> ParsedDeck:
    for deck in tutor.decks:
        if deck.name == name:
            return deck
    names = ", ".join(deck.name for deck in tutor.decks)
    raise NotFoundError(f"no deck is named {name!r}; the decks are: {names}")
