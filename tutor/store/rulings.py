"""What people ruled: the queries that learning a deck's strictness needs."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, func, select

from tutor.grading.item import Item
from tutor.grading.ruling import Ruled
from tutor.store.review_rows import ITEM
from tutor.store.schema import overrides, reviews

MOST_RULED = 200
"""Rulings beyond this many, the older ones, teach too little to be worth their time."""

_LAST = select(func.max(overrides.c.number))
_RULED = (
    select(reviews.c.item, reviews.c.answer, overrides.c.verdict)
    .select_from(overrides)
    .join(reviews, reviews.c.id == overrides.c.review_id)
    .where(reviews.c.deck == bindparam("deck"))
    .order_by(overrides.c.number.desc())
    # The same answer may have been ruled on again and again.
    .limit(5 * MOST_RULED)
)


def last_ruling(connection: Connection) -> int:
    """Number of the latest override of all, 0 before the first; every ruling raises it."""
    return connection.execute(_LAST).scalar() or 0


def ruled_answers(connection: Connection, deck: str) -> list[Ruled]:
    """Answers to a deck that were ruled on, each with its last verdict, the latest ruling first.

    At most 200, each answer to an item once. Raises `ValidationError` for a damaged row.
    """
    found: dict[tuple[Item, str], Ruled] = {}
    for row in connection.execute(_RULED, {"deck": deck}):
        item = ITEM.validate_python(row.item)
        found.setdefault((item, row.answer), Ruled(item, row.answer, row.verdict))
        if len(found) == MOST_RULED:
            break
    return list(found.values())
