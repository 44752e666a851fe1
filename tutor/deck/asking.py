"""From a card to the item that graders take."""

from __future__ import annotations

from tutor.deck.card import Card
from tutor.deck.fault import DeckFault
from tutor.deck.rubric import tolerance_of
from tutor.grading.item import Item, PointSpec, Tolerance


def item_of(card: Card) -> Item:
    """What an answer to this card is graded against.

    Raises `DeckError` for a card without a reference: no answer to it can be graded.
    """
    references = tuple(text for text in card.references if text.strip())
    if not references:
        mend = 'write one after "A:"' if card.kind == "basic" else "fill the brackets"
        raise DeckFault(card.file, card.line, "the answer is empty", mend)
    return Item(
        question=card.question,
        references=references,
        key_points=_key_points(card),
        kind="cloze" if card.kind == "cloze" else "free",
        tolerance=_tolerance(card),
    )


def _key_points(card: Card) -> tuple[PointSpec, ...]:
    return tuple(
        PointSpec(line.text, required=line.kind == "required")
        for line in card.rubric
        if line.kind in {"required", "optional"}
    )


def _tolerance(card: Card) -> Tolerance | None:
    stated = [tolerance_of(line.text) for line in card.rubric if line.kind == "tolerance"]
    return stated[0] if stated else None
