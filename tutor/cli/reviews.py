"""`tutor reviews`: the stored reviews, the latest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tutor.cli.printable import json_line, shortened

if TYPE_CHECKING:
    from tutor.study.review import Review


def reviews(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, help="Show at most this many.")] = 20,
    deck: Annotated[str | None, typer.Option(help="Only of the deck with this name.")] = None,
    queue: Annotated[
        bool,
        typer.Option("--queue", help="Only those that wait for a person: unsure or disputed."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON array.")] = False,
) -> None:
    """Show stored reviews, the latest first, or override one."""
    if context.invoked_subcommand is not None:
        return
    from tutor.settings import open_tutor

    with open_tutor() as tutor:
        found = tutor.reviews(deck=deck, queue=queue, limit=limit)
    if as_json:
        typer.echo(json_line([shown.model_dump(mode="json") for shown in found]))
    elif found:
        _show(found)
    else:
        typer.echo("No review waits for a person." if queue else "No reviews found.")


def _show(found: list[Review]) -> None:
    from tutor.cli.table import show_table

    show_table(("id", "time", "verdict", "question", "answer"), [_row(review) for review in found])


def _row(review: Review) -> tuple[str, str, str, str, str]:
    # The person's own time: the stored one is UTC.
    time = review.created_at.astimezone().strftime("%Y-%m-%d %H:%M")
    return (
        review.id,
        time,
        _verdict(review),
        shortened(review.item.question),
        shortened(review.answer),
    )


def _verdict(review: Review) -> str:
    """The verdict that stands, marked where it is unsure, and the one whose place it took."""
    if review.overrides:
        return f"{review.verdict} (was {review.grade.verdict})"
    shown = f"{review.verdict}?" if review.grade.unsure else review.verdict
    first = review.local_grade
    if first and first.verdict != review.verdict:
        return f"{shown} (was {first.verdict})"
    return shown
