"""`tutor stats`: what the stored reviews add up to, what the rulings taught, the judge's cost."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from tutor.cli.judge_days import judge_json, show_judge
from tutor.cli.printable import json_line, one_line
from tutor.errors import ModelError, SettingsError

if TYPE_CHECKING:
    from tutor.deck_strictness import DeckStanding
    from tutor.service import Tutor
    from tutor.store.counts import DeckCounts, JudgeDay


def stats(
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON array.")] = False,
    judge: Annotated[
        bool, typer.Option("--judge", help="Only what the judge did, by day and model.")
    ] = False,
) -> None:
    """Count stored reviews by deck: the verdicts that stand, and more.

    For each deck with rulings it says on how many verdicts its strictness rests, and whether
    they made it stricter or more lenient than the policy. Where a judge was asked, a second
    table says how often, how it failed, and what it cost.
    """
    from tutor.settings import open_tutor

    with open_tutor() as tutor:
        if judge:
            _say_judge(tutor.judge_usage(), as_json)
        else:
            _say_decks(tutor, as_json)


def _say_judge(days: list[JudgeDay], as_json: bool) -> None:
    if as_json:
        typer.echo(judge_json(days))
    elif days:
        show_judge(days)
    else:
        typer.echo("The judge has not been asked yet.")


def _say_decks(tutor: Tutor, as_json: bool) -> None:
    counted = tutor.stats()
    standings = _standings(tutor, counted)
    if as_json:
        typer.echo(json_line([_as_data(counts, standings) for counts in counted]))
        return
    if counted:
        _show(counted)
        _show_strictness(tutor.policy, standings)
    else:
        typer.echo('No reviews yet; "tutor selftest" makes some.')
    if days := tutor.judge_usage():
        typer.echo()
        show_judge(days)


def _standings(tutor: Tutor, counted: list[DeckCounts]) -> dict[str, DeckStanding]:
    """What the strictness of each deck rests on.

    Learning needs the grader; where it cannot be loaded, the counts are worth showing alone.
    """
    try:
        return {
            counts.deck: _standing(tutor, counts.deck, counts.overridden)
            for counts in counted
            if counts.deck is not None
        }
    except (ModelError, SettingsError) as error:
        typer.echo(f"tutor: strictness is not shown: {one_line(str(error))}", err=True)
        return {}


def _standing(tutor: Tutor, deck: str, overridden: int) -> DeckStanding:
    from tutor.deck_strictness import DeckStanding

    return tutor.standing(deck) if overridden else DeckStanding(tutor.policy, 0, "the same")


def _as_data(counts: DeckCounts, standings: dict[str, DeckStanding]) -> dict[str, object]:
    standing = standings.get(counts.deck) if counts.deck is not None else None
    return asdict(counts) | {"strictness": asdict(standing) if standing else None}


def _show(counted: list[DeckCounts]) -> None:
    from tutor.cli.table import show_table

    show_table(
        ("deck", "reviews", "correct", "partial", "incorrect", "unsure", "overridden"),
        [
            (
                one_line(counts.deck or "(no deck)"),
                counts.reviews,
                counts.correct,
                counts.partial,
                counts.incorrect,
                counts.unsure,
                counts.overridden,
            )
            for counts in counted
        ],
    )


def _show_strictness(policy: str, standings: dict[str, DeckStanding]) -> None:
    typer.echo(f"\nPolicy: {policy}")
    learned = ((deck, standing) for deck, standing in standings.items() if standing.verdicts)
    for deck, standing in learned:
        how = {
            "stricter": "stricter than the policy",
            "the same": "as strict as the policy",
            "more lenient": "more lenient than the policy",
        }[standing.than_policy]
        many = "verdict" if standing.verdicts == 1 else "verdicts"
        typer.echo(f"  {one_line(deck)}: {how}, learned from {standing.verdicts} {many}")
