"""`tutor reviews override`: a person's ruling on a stored review."""

from __future__ import annotations

from typing import Annotated, Literal

import typer


def reviews_override(
    review_id: Annotated[str, typer.Argument(help='As "tutor reviews" shows it.')],
    verdict: Annotated[Literal["correct", "partial", "incorrect"], typer.Argument()],
    note: Annotated[str, typer.Option(help="Why, for whoever reads the review later.")] = "",
) -> None:
    """Rule what the verdict of a review is; the grade stays on record beside it."""
    from tutor.settings import open_tutor

    with open_tutor() as tutor:
        review = tutor.override(review_id, verdict, note)
    typer.echo(f"{review.id}: {review.verdict} (was {review.grade.verdict})")
