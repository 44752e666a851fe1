"""Checking decks: what an author should know before learners do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tutor.deck.brackets import forgotten_blank
from tutor.deck.card import Card
from tutor.deck.card_checks import check_card, mistyped_message, mistyped_tag
from tutor.deck.collection import read_decks
from tutor.deck.fault import shown
from tutor.deck.parser import ParsedDeck
from tutor.deck.problem import Problem, Severity
from tutor.deck.reading import Block
from tutor.grading.reading.text import read

__all__ = ["Problem", "Severity", "check_deck", "load_problems"]


def check_deck(deck: ParsedDeck) -> list[Problem]:
    """The problems of a deck that could be read, by line."""
    found = [problem for card in deck.cards for problem in check_card(card)]
    found += _repeated(deck)
    found += _contradicted(deck)
    found += [_aside(deck.file, block) for block in deck.asides]
    return sorted(found, key=lambda problem: problem.line)


def load_problems(
    path: Path, *, strict: bool = False
) -> tuple[tuple[ParsedDeck, ...], list[Problem]]:
    """The decks at a path that can be read, and an `error` for each that cannot."""
    decks, faults = read_decks(path, strict=strict)
    return decks, [
        Problem("error", fault.file, fault.line or 1, "unreadable", fault.detail)
        for fault in faults
    ]


def _repeated(deck: ParsedDeck) -> Iterator[Problem]:
    first = {card.hash: card for card in deck.cards}
    for card in deck.duplicates:
        kept = first[card.hash]
        message = f"this card is on line {kept.line} already; remove one of them"
        if kept.id != card.id:
            message = f"hashcards takes this for the card on line {kept.line}; reword it"
        yield Problem("warning", deck.file, card.line, "repeated-card", message)


def _contradicted(deck: ParsedDeck) -> Iterator[Problem]:
    first: dict[str, Card] = {}
    for card in deck.cards:
        if card.kind == "basic" and (question := read(card.question).compact):
            earlier = first.setdefault(question, card)
            if earlier.references != card.references:
                message = (
                    f"the question on line {earlier.line} has another answer; "
                    'reword one of them, or make this answer an "R: =" line there'
                )
                yield Problem("warning", deck.file, card.line, "two-answers", message)


def _aside(file: str, block: Block) -> Problem:
    prose = block.kind not in {"fence", "comment", "table"}
    if prose and (line := mistyped_tag(block.text)):
        return Problem("warning", file, block.first, "mistyped-tag", mistyped_message(line))
    if prose and (found := forgotten_blank(block.text)):
        message = f'{shown(found)} is no blank without "C:"; write "C:" before the text'
        return Problem("warning", file, block.first, "forgotten-cloze", message)
    if block.trailing:
        message = (
            f"{shown(block.text)} stands below a blank line and is not part of the answer above; "
            'remove the blank line or indent it if it is, put "---" above it if not'
        )
        return Problem("warning", file, block.first, "stray-paragraph", message)
    message = f"this {block.kind} ({_extent(block)}) is no card"
    return Problem("note", file, block.first, "aside", message)


def _extent(block: Block) -> str:
    lines = block.last - block.first + 1
    return "1 line" if lines == 1 else f"{lines} lines"
