"""Turns reviews into rows, and rows into reviews."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import BindParameter, Connection, Row, bindparam, func, select

from tutor.grading.grade import Grade
from tutor.grading.item import Item
from tutor.store.schema import overrides, regrades
from tutor.study.review import Override, Review

ITEM = TypeAdapter(Item)
Values = dict[str, Any]

# Made once: to make a statement costs as much as to run it.
_ids: BindParameter[Any] = bindparam("ids", expanding=True)
_last = (
    select(func.max(regrades.c.number))
    .where(regrades.c.review_id.in_(_ids))
    .group_by(regrades.c.review_id)
)
_LAST_GRADES = select(regrades.c.review_id, regrades.c.grade).where(regrades.c.number.in_(_last))
_OVERRIDES = select(overrides).where(overrides.c.review_id.in_(_ids)).order_by(overrides.c.number)


def review_values(review: Review) -> Values:
    """Return what `reviews` keeps: the review with the grade that it had first."""
    return {
        "id": review.id,
        "created_at": review.created_at,
        "card_id": review.card_id,
        "deck": review.deck,
        "item": ITEM.dump_python(review.item, mode="json"),
        "answer": review.answer,
        **_grade_values(review.local_grade or review.grade),
    }


def regrade_values(review_id: str, grade: Grade, created_at: datetime) -> Values:
    """Return what `regrades` keeps of a later grade."""
    return {"review_id": review_id, "created_at": created_at, **_grade_values(grade)}


def override_values(review_id: str, override: Override) -> Values:
    """Return what `overrides` keeps of a ruling."""
    return {"review_id": review_id, **override.model_dump()}


def _grade_values(grade: Grade) -> Values:
    judge = grade.receipt.judge
    return {
        "grade": grade.model_dump(mode="json"),
        "verdict": grade.verdict,
        "unsure": grade.unsure,
        "disputed": judge is not None and judge.disputed,
    }


@dataclass(frozen=True, slots=True)
class Later:
    """What was added to some reviews after they were stored, by the review's id."""

    grades: Mapping[str, Any]
    """The last grade of those that were graded again."""
    overrides: Mapping[str, Sequence[Override]]


def later_of(connection: Connection, rows: Sequence[Row[Any]]) -> Later:
    """Return what was added to the reviews in these rows."""
    ids = [row.id for row in rows]
    return Later(_grades_of(connection, ids), _overrides_of(connection, ids))


def read_review(row: Row[Any], later: Later) -> Review:
    """Return the review in a row; raises `ValidationError` if it is damaged."""
    regrade = later.grades.get(row.id)
    return Review(
        id=row.id,
        created_at=row.created_at,
        card_id=row.card_id,
        deck=row.deck,
        item=ITEM.validate_python(row.item),
        answer=row.answer,
        grade=row.grade if regrade is None else regrade,
        local_grade=None if regrade is None else row.grade,
        overrides=tuple(later.overrides.get(row.id, ())),
    )


def _grades_of(connection: Connection, ids: Sequence[str]) -> dict[str, Any]:
    return {row.review_id: row.grade for row in connection.execute(_LAST_GRADES, {"ids": ids})}


def _overrides_of(connection: Connection, ids: Sequence[str]) -> dict[str, list[Override]]:
    found: dict[str, list[Override]] = defaultdict(list)
    for row in connection.execute(_OVERRIDES, {"ids": ids}):
        found[row.review_id].append(
            Override(verdict=row.verdict, note=row.note, created_at=row.created_at)
        )
    return found
