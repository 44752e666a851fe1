"""`/v1/reviews`: what was answered, how it was graded, and people's rulings on it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from tutor.api.parts import TheTutor
from tutor.api.problems import documented
from tutor.api.requests import OverrideRequest, require_json
from tutor.api.responses import ReviewPage
from tutor.study.review import Review

router = APIRouter(tags=["reviews"], responses=documented(404, 422, 500, 503))

Limit = Annotated[int, Query(ge=1, le=500)]
Queue = Annotated[
    bool,
    Query(
        description="Only those that wait for a person: their grade is unsure or disputed, and "
        "nobody has ruled on it."
    ),
]
Before = Annotated[str | None, Query(description="Only reviews older than the one with this id.")]


@router.get("/v1/reviews")
def reviews(
    tutor: TheTutor,
    deck: str | None = None,
    card_id: str | None = None,
    queue: Queue = False,
    limit: Limit = 50,
    before: Before = None,
) -> ReviewPage:
    """List reviews, newest first."""
    found = tutor.reviews(deck=deck, card_id=card_id, queue=queue, limit=limit + 1, before=before)
    following = found[limit - 1].id if len(found) > limit else None
    return ReviewPage(reviews=found[:limit], next=following)


@router.get("/v1/reviews/{review_id}")
def review(review_id: str, tutor: TheTutor) -> Review:
    """Show one review."""
    return tutor.review_of(review_id)


@router.post(
    "/v1/reviews/{review_id}/override",
    dependencies=[Depends(require_json)],
    responses=documented(400, 413, 415),
)
def override(review_id: str, ruling: OverrideRequest, tutor: TheTutor) -> Review:
    """Record a person's ruling on a review; the last one counts, the grade stays as it was."""
    return tutor.override(review_id, ruling.verdict, ruling.note)
