"""What stands: the last of a review's grades, and over it the last ruling of a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, Subquery, Table, case, exists, func, select, union_all

from tutor.store.schema import doubtful, overrides, regrades, reviews

Narrowed = Callable[[Select[Any]], Select[Any]]


def _last(table: Table) -> Subquery:
    latest = func.max(table.c.number).label("number")
    return select(table.c.review_id, latest).group_by(table.c.review_id).subquery()


_override, _regrade = _last(overrides), _last(regrades)
_verdict = func.coalesce(overrides.c.verdict, regrades.c.verdict, reviews.c.verdict)
_unsure = func.coalesce(regrades.c.unsure, reviews.c.unsure)

COUNTS = (
    select(
        reviews.c.deck,
        func.count(),
        *(func.sum(case((_verdict == verdict, 1), else_=0))
          for verdict in ("correct", "partial", "incorrect")),
        func.sum(case((_unsure, 1), else_=0)),
        func.count(overrides.c.number),
    )
    .select_from(reviews)
    .outerjoin(_override, _override.c.review_id == reviews.c.id)
    .outerjoin(overrides, overrides.c.number == _override.c.number)
    .outerjoin(_regrade, _regrade.c.review_id == reviews.c.id)
    .outerjoin(regrades, regrades.c.number == _regrade.c.number)
    .group_by(reviews.c.deck)
)  # fmt: skip
"""By deck: reviews, those that stand as each verdict, those that stand unsure, those ruled on."""


def waiting(narrowed: Narrowed, limit: int) -> Select[Any]:
    """Select the numbers of the last `limit` reviews whose standing grade a person should see.

    That is one that is unsure or disputed, on a review that nobody has ruled on. `narrowed` adds
    conditions on `reviews`. Each half reads an index of doubtful grades, so that reviews which
    need nobody cost nothing.
    """
    later = regrades.alias()
    unruled = ~exists().where(overrides.c.review_id == reviews.c.id)
    graded_once = (
        select(reviews.c.number)
        .where(doubtful(reviews), unruled)
        .where(~exists().where(regrades.c.review_id == reviews.c.id))
    )
    doubtful_last = select(regrades.c.review_id).where(
        doubtful(regrades),
        ~exists().where(
            later.c.review_id == regrades.c.review_id, later.c.number > regrades.c.number
        ),
    )
    graded_again = select(reviews.c.number).where(reviews.c.id.in_(doubtful_last), unruled)
    halves = (
        narrowed(half).order_by(reviews.c.number.desc()).limit(limit).subquery()
        for half in (graded_once, graded_again)
    )
    return select(union_all(*(select(half.c.number) for half in halves)).subquery().c.number)
