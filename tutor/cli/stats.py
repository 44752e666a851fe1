"""`tutor stats`: what the stored reviews add up to."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from tutor.cli.printable import json_line, one_line

if TYPE_CHECKING:
    from tutor.store.counts import DeckCounts


def stats(
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON array.")] = False,
) -> None:
    """Count stored reviews by deck: the verdicts that stand, and more."""
    from tutor.settings import open_tutor

    with open_tutor() as tutor:
        counted = tutor.stats()
    if as_json:
        typer.echo(json_line([asdict(counts) for counts in counted]))
    elif counted:
        _show(counted)
    else:
        typer.echo('No reviews yet; "tutor selftest" makes some.')


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
