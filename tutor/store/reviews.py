"""The review store: adds reviews, later grades and overrides, and finds them again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from pydantic import ValidationError
from sqlalchemy import Connection, Row, Select, Table, bindparam, insert, select, update

from tutor.errors import NotFoundError, StoreError
from tutor.grading.grade import Grade
from tutor.grading.ruling import Ruled
from tutor.store.counts import DeckCounts
from tutor.store.database import Database
from tutor.store.ledger import CallLedger
from tutor.store.review_rows import (
    Later,
    Values,
    later_of,
    override_values,
    read_review,
    regrade_values,
    review_values,
)
from tutor.store.rulings import last_ruling, ruled_answers
from tutor.store.schema import overrides, regrades, reviews
from tutor.store.standing import COUNTS, waiting
from tutor.study.review import Override, Review

_BY_ID = select(reviews).where(reviews.c.id == bindparam("id"))


class ReviewStore:
    """Reviews in a database. Nothing in it is ever changed or deleted, only added to.

    Every method may be called from several threads at once, and raises `StoreError` when the
    database fails.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        """Where the reviews are, beside whatever else is kept there."""
        self.calls = CallLedger(database)
        """What the judge was asked for the reviews' grades."""

    @classmethod
    def open(cls, url: str) -> Self:
        """Open the database at `url` as `Database.open` does."""
        return cls(Database.open(url))

    def close(self) -> None:
        """Close all connections; the store opens them again when it is used again."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def check_writable(self) -> None:
        """Raise `StoreError` when a review could not be added now; changes nothing."""
        nothing = update(reviews).values(number=reviews.c.number).where(reviews.c.number < 0)
        with self.database.trying() as connection:
            connection.execute(nothing)

    def add(self, review: Review) -> None:
        """Add a review with all that it holds; returns when it is committed."""
        self.add_many([review])

    def add_many(self, added: Sequence[Review]) -> None:
        """Add reviews in one transaction: all of them, or none when one fails."""
        later = [
            regrade_values(review.id, review.grade, review.created_at)
            for review in added
            if review.local_grade is not None
        ]
        rulings = [override_values(each.id, ruling) for each in added for ruling in each.overrides]
        first = [review_values(review) for review in added]
        with self.database.writing() as connection:
            for table, rows in ((reviews, first), (regrades, later), (overrides, rulings)):
                if rows:
                    connection.execute(insert(table), rows)

    def add_regrade(self, review_id: str, grade: Grade, created_at: datetime) -> Review:
        """Add a later grade to a review, which stands from now on unless a person has ruled.

        Returns the review when it is committed; raises `NotFoundError`.
        """
        return self._add_to(review_id, regrades, regrade_values(review_id, grade, created_at))

    def add_override(self, review_id: str, override: Override) -> Review:
        """Add a ruling to a review and return the review; raises `NotFoundError`."""
        return self._add_to(review_id, overrides, override_values(review_id, override))

    def get(self, review_id: str) -> Review:
        """Return one review; raises `NotFoundError`."""
        with self.database.reading() as connection:
            return self._read(connection, [_row(connection, review_id)])[0]

    def find(
        self,
        *,
        deck: str | None = None,
        card_id: str | None = None,
        queue: bool = False,
        limit: int,
        before: str | None = None,
    ) -> list[Review]:
        """Return up to `limit` reviews, the latest first.

        `deck` and `card_id` narrow the choice, and `queue` leaves only those that wait for a
        person: the grade that stands is unsure or disputed, and nobody has ruled. `before` goes
        on behind the review with this id, the last one of the page before; raises
        `NotFoundError` when there is none.
        """
        with self.database.reading() as connection:
            behind = None if before is None else _row(connection, before).number

            def narrowed(query: Select[Any]) -> Select[Any]:
                return _narrowed(query, deck, card_id, behind)

            query = narrowed(select(reviews))
            if queue:
                query = query.where(reviews.c.number.in_(waiting(narrowed, limit)))
            query = query.order_by(reviews.c.number.desc()).limit(limit)
            return self._read(connection, connection.execute(query).all())

    def counts(self) -> list[DeckCounts]:
        """Count reviews by deck, in the order of deck names, those without a deck last."""
        with self.database.reading() as connection:
            rows = connection.execute(COUNTS).all()
        counted = [DeckCounts(*row) for row in rows]
        return sorted(counted, key=lambda counts: (counts.deck is None, counts.deck or ""))

    def last_ruling(self) -> int:
        """Number of the latest override of all decks, 0 before the first.

        It is cheap to ask for, and rises with every ruling of whatever process.
        """
        with self.database.reading() as connection:
            return last_ruling(connection)

    def ruled(self, deck: str) -> list[Ruled]:
        """The last verdicts that people gave answers to a deck, the latest ruling first.

        At most 200; an answer to an item that was ruled on more than once comes once.
        """
        with self.database.reading() as connection:
            try:
                return ruled_answers(connection, deck)
            except ValidationError as error:
                raise self._damaged(f"a ruled review of deck {deck!r}", error) from error

    def _add_to(self, review_id: str, table: Table, values: Values) -> Review:
        with self.database.writing() as connection:
            row = _row(connection, review_id)
            connection.execute(insert(table), values)
            return self._read(connection, [row])[0]

    def _read(self, connection: Connection, rows: Sequence[Row[Any]]) -> list[Review]:
        later = later_of(connection, rows)
        return [self._review(row, later) for row in rows]

    def _review(self, row: Row[Any], later: Later) -> Review:
        try:
            return read_review(row, later)
        except ValidationError as error:
            raise self._damaged(f"review {row.id}", error) from error

    def _damaged(self, what: str, error: ValidationError) -> StoreError:
        return StoreError(
            f"{self.database.where}: {what} is damaged ({error.errors()[0]['msg']}); restore the "
            "database from a backup"
        )


def _narrowed(
    query: Select[Any], deck: str | None, card_id: str | None, behind: int | None
) -> Select[Any]:
    if deck is not None:
        query = query.where(reviews.c.deck == deck)
    if card_id is not None:
        query = query.where(reviews.c.card_id == card_id)
    return query if behind is None else query.where(reviews.c.number < behind)


def _row(connection: Connection, review_id: str) -> Row[Any]:
    row = connection.execute(_BY_ID, {"id": review_id}).one_or_none()
    if row is None:
        raise _unknown(review_id)
    return row


def _unknown(review_id: str) -> NotFoundError:
    return NotFoundError(f"no review has the id {review_id!r}; `tutor reviews` lists them")
