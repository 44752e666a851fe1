"""`tutor selftest`: practise a deck in the terminal, or feed answers to it over a pipe."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from tutor.cli.judge_option import JudgeOption, settings_for
from tutor.errors import NotFoundError

if TYPE_CHECKING:
    from tutor.cli.reader import Lines
    from tutor.cli.sitting import Sitting
    from tutor.cli.stage import Stage
    from tutor.deck.card import Card
    from tutor.settings import Settings


def selftest(
    deck: Annotated[
        str | None,
        typer.Argument(help="A deck file, a folder of decks, or the name of a bundled deck."),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Ask at most this many.")] = None,
    section: Annotated[
        str | None, typer.Option(help="Only sections whose title contains this.")
    ] = None,
    shuffle: Annotated[bool, typer.Option("--shuffle", help="Ask in random order.")] = False,
    seed: Annotated[int | None, typer.Option(help="Shuffle in the order of this number.")] = None,
    language: Annotated[
        Literal["zh", "en"] | None,
        typer.Option(help="Language of labels and feedback; the card's and the answer's if unset."),
    ] = None,
    policy: Annotated[
        Literal["lenient", "standard", "strict"] | None,
        typer.Option(help="How strictly to grade until your rulings say more; see TUTOR_POLICY."),
    ] = None,
    judge: JudgeOption = "auto",
    no_store: Annotated[
        bool, typer.Option("--no-store", help="Keep no reviews, and read none.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print events as JSON Lines, for programs.")
    ] = False,
) -> None:
    """Practise a deck: cards are asked, what you type is graded.

    An answer may have several lines and ends with an empty line. Alone on a line before an
    answer: "?" gives the next hint, "s" skips, "q" quits. After a grade, "o" overrides it.

    Over a pipe, standard input is read the same way: every answer ends with an empty line or
    the end of the input, nothing is prompted for, and "o c", "o p" or "o i" on a line behind
    an answer rules it correct, partial or incorrect. A space before such a line makes it text.

    With a judge configured, the local grade is shown at once and what the judge says below it
    when it comes; nobody has to wait for that. Every answer is kept before its grade is shown.

    When reviews cannot be kept, nothing is asked; --no-store practises without keeping them.
    """
    from tutor.cli.decks import deck_path
    from tutor.cli.sitting import Sitting
    from tutor.settings import Settings, open_tutor

    settings = settings_for(judge, Settings())
    chosen = {"cards": deck_path(deck, settings), "policy": policy or settings.policy}
    settings = settings.model_copy(update=chosen)
    with open_tutor(settings) as tutor:
        cards = _chosen(tutor.cards, section, limit, _order(shuffle, seed))
        tutor.check_grader()
        if not no_store:
            tutor.check_store()
        stage = _stage(as_json)
        sitting = Sitting(
            tutor,
            cards,
            stage,
            _lines(as_json),
            keep=not no_store,
            language=language,
            judge=judge,
            model=settings.judge_model or "",
        )
        raise typer.Exit(_sat(sitting, stage, None if no_store else _where(settings)))


def _chosen(
    cards: Sequence[Card], section: str | None, limit: int | None, order: Random | None
) -> list[Card]:
    """The cards to ask; `NotFoundError` when no section has the title."""
    chosen = [card for card in cards if section is None or _is_in(card, section)]
    if not chosen:
        raise NotFoundError(_no_section(cards, section or ""))
    if order is not None:
        order.shuffle(chosen)
    return chosen[:limit]


def _is_in(card: Card, section: str) -> bool:
    return any(section.casefold() in title.casefold() for title in card.section)


def _no_section(cards: Sequence[Card], section: str) -> str:
    titles = list(dict.fromkeys(card.section[-1] for card in cards if card.section))
    shown = ", ".join(titles[:6]) + (", …" if len(titles) > 6 else "")
    return f"no section has {section!r} in its title; the sections are: {shown or 'none'}"


def _order(shuffle: bool, seed: int | None) -> Random | None:
    """A seed alone asks for shuffling too."""
    return Random(seed) if shuffle or seed is not None else None


def _stage(as_json: bool) -> Stage:
    if as_json:
        from tutor.cli.events import Events

        return Events(sys.stdout)
    from rich.console import Console

    from tutor.cli.screen import Screen

    return Screen(Console(markup=False, highlight=False, emoji=False))


def _lines(as_json: bool) -> Lines:
    from tutor.cli.reader import PipedLines, lines_of_stdin

    return PipedLines(sys.stdin.buffer) if as_json else lines_of_stdin()


def _where(settings: Settings) -> str:
    from tutor.store.engine import parse_url, place

    return place(parse_url(settings.database_url))


def _sat(sitting: Sitting, stage: Stage, where: str | None) -> int:
    """Hold the sitting and sum it up, however it ends; the exit status."""
    try:
        sitting.run()
    except KeyboardInterrupt:
        return 130
    finally:
        language = sitting.turn.language if sitting.turn else "zh"
        stage.summary(sitting.tally, language, where)
    return 1 if sitting.tally.failed else 0
