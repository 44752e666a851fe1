"""`tutor cards check`: what is wrong with decks, before a learner finds out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tutor.cli.printable import json_line, one_line

if TYPE_CHECKING:
    from tutor.deck.parser import ParsedDeck
    from tutor.deck.problem import Problem


def cards_check(
    path: Annotated[Path, typer.Argument(help="A deck file, or a folder of decks.")],
    strict: Annotated[
        bool, typer.Option("--strict", help="Read decks as hashcards does, to the letter.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Report what makes cards unreadable, ungradable or pointless.

    Exits 1 only when there is an error: warnings and notes are the author's to judge.
    """
    from tutor.deck.lint import check_deck, load_problems

    decks, problems = load_problems(path, strict=strict)
    for deck in decks:
        problems.extend(check_deck(deck))
    if as_json:
        typer.echo(json_line(_as_data(decks, problems)))
    else:
        _show(decks, problems)
    if any(problem.severity == "error" for problem in problems):
        raise typer.Exit(1)


def _as_data(decks: Sequence[ParsedDeck], problems: Sequence[Problem]) -> dict[str, object]:
    return {
        "decks": [
            {"name": deck.name, "file": deck.file, "cards": len(deck.cards)} for deck in decks
        ],
        "problems": [asdict(problem) for problem in problems],
    }


def _show(decks: Sequence[ParsedDeck], problems: Sequence[Problem]) -> None:
    for problem in problems:
        place = f"{problem.file}:{problem.line}"
        typer.echo(one_line(f"{place}: {problem.severity}: {problem.message}"))
    kinds = Counter(card.kind for deck in decks for card in deck.cards)
    texts = {card.family for deck in decks for card in deck.cards if card.family}
    severities = Counter(problem.severity for problem in problems)
    typer.echo(
        f"{_count(len(decks), 'deck')}: {_count(kinds['basic'], 'question')},"
        f" {_count(kinds['cloze'], 'blank')} in {_count(len(texts), 'cloze text')};"
        f" {_count(severities['error'], 'error')}, {_count(severities['warning'], 'warning')},"
        f" {_count(severities['note'], 'note')}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
