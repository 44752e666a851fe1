"""`tutor cards list`: the cards of a deck or a folder, for people or as data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tutor.cli.printable import json_line, one_line, shortened

if TYPE_CHECKING:
    from tutor.deck.card import Card


def cards_list(
    path: Annotated[Path, typer.Argument(help="A deck file, or a folder of decks.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON array.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Read decks as hashcards does, to the letter.")
    ] = False,
) -> None:
    """List cards in file order, a cloze text once for each of its blanks."""
    from tutor.deck.collection import load_collection

    cards = load_collection(path, strict=strict).cards
    if as_json:
        typer.echo(json_line([card_as_data(card) for card in cards]))
    else:
        _show(cards)


def card_as_data(card: Card) -> dict[str, Any]:
    """The card as the public contract has it; key points are texts only."""
    from tutor.deck.asking import item_of
    from tutor.grading.key_points import key_points_of

    gradable = any(text.strip() for text in card.references)
    points = key_points_of(item_of(card)) if gradable else ()
    return {
        "id": card.id,
        "hash": card.hash,
        "kind": card.kind,
        "deck": card.deck,
        "section": list(card.section),
        "file": card.file,
        "line": card.line,
        "question": card.question,
        "references": list(card.references),
        "key_points": [point.text for point in points],
        "blank": card.blank,
    }


def _show(cards: tuple[Card, ...]) -> None:
    from tutor.cli.table import show_table

    show_table(("id", "line", "section", "question", "reference"), [_row(card) for card in cards])
    typer.echo(f"{len(cards)} cards")


def _row(card: Card) -> tuple[str, int, str, str, str]:
    section = one_line(card.section[-1]) if card.section else ""
    return (
        card.id,
        card.line,
        section,
        shortened(card.question),
        shortened(card.references[0] if card.references else ""),
    )
