"""The review store: adds reviews and overrides, and finds them again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Any, Self

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, Engine, Row, case, func, insert, select, update

from tutor.errors import NotFoundError, StoreError
from tutor.grading.item import Item
from tutor.grading.ruling import Ruled
from tutor.store.counts import DeckCounts
from tutor.store.engine import connect, parse_url, place, use_write_ahead_log, writing
from tutor.store.failure import explained
from tutor.store.migration import bring_to_head
from tutor.store.rulings import last_ruling, ruled_answers
from tutor.store.schema import overrides, reviews
from tutor.study.review import Override, Review

_ITEM = TypeAdapter(Item)


class ReviewStore:
    """Reviews in a database. Nothing in it is ever changed or deleted, only added to.

    Every method may be called from several threads at once, and raises `StoreError` when the
    database fails.
    """

    def __init__(self, engine: Engine, where: str) -> None:
        self._reader = engine
        self._writer = writing(engine)
        self.where = where
        """The database's file, or its URL without the password."""

    @classmethod
    def open(cls, url: str) -> Self:
        """Open the database at `url` and bring its schema to this version's.

        `sqlite:///FILE` creates the file and its folder when they are missing. Raises
        `StoreError` when the database cannot be read, is not tutor's or is newer than this
        version; what is stored stays as it is.
        """
        parsed = parse_url(url)
        where = place(parsed)
        store = cls(connect(parsed), where)
        try:
            with explained(where):
                use_write_ahead_log(store._reader)
                bring_to_head(store._reader, store._writer, where)
        except StoreError:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Close all connections; the store opens them again when it is used again."""
        self._reader.dispose()

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
        with explained(self.where), self._writer.connect() as connection:
            nothing = update(reviews).values(number=reviews.c.number).where(reviews.c.number < 0)
            connection.execute(nothing)
            connection.rollback()

    def add(self, review: Review) -> None:
        """Add a review with its overrides; returns when it is committed."""
        self.add_many([review])

    def add_many(self, added: Sequence[Review]) -> None:
        """Add reviews in one transaction: all of them, or none when one fails."""
        if not added:
            return
        rulings = [_override_row(each.id, ruling) for each in added for ruling in each.overrides]
        with explained(self.where), self._writer.begin() as connection:
            connection.execute(insert(reviews), [_review_row(review) for review in added])
            if rulings:
                connection.execute(insert(overrides), rulings)

    def add_override(self, review_id: str, override: Override) -> Review:
        """Add a ruling to a review and return the review; raises `NotFoundError`."""
        with explained(self.where), self._writer.begin() as connection:
            _number(connection, review_id)
            connection.execute(insert(overrides), _override_row(review_id, override))
        return self.get(review_id)

    def get(self, review_id: str) -> Review:
        """Return one review; raises `NotFoundError`."""
        with explained(self.where), self._reader.begin() as connection:
            rows = connection.execute(select(reviews).where(reviews.c.id == review_id)).all()
            found = self._read(connection, rows)
        if not found:
            raise _unknown(review_id)
        return found[0]

    def find(
        self,
        *,
        deck: str | None = None,
        card_id: str | None = None,
        limit: int,
        before: str | None = None,
    ) -> list[Review]:
        """Return up to `limit` reviews, the latest first.

        `deck` and `card_id` narrow the choice. `before` goes on behind the review with this
        id, the last one of the page before; raises `NotFoundError` when there is none.
        """
        query = select(reviews).order_by(reviews.c.number.desc()).limit(limit)
        if deck is not None:
            query = query.where(reviews.c.deck == deck)
        if card_id is not None:
            query = query.where(reviews.c.card_id == card_id)
        with explained(self.where), self._reader.begin() as connection:
            if before is not None:
                query = query.where(reviews.c.number < _number(connection, before))
            return self._read(connection, connection.execute(query).all())

    def counts(self) -> list[DeckCounts]:
        """Count reviews by deck, in the order of deck names, those without a deck last."""
        with explained(self.where), self._reader.begin() as connection:
            rows = connection.execute(_COUNTS).all()
        counted = [DeckCounts(*row) for row in rows]
        return sorted(counted, key=lambda counts: (counts.deck is None, counts.deck or ""))

    def last_ruling(self) -> int:
        """Number of the latest override of all decks, 0 before the first.

        It is cheap to ask for, and rises with every ruling of whatever process.
        """
        with explained(self.where), self._reader.begin() as connection:
            return last_ruling(connection)

    def ruled(self, deck: str) -> list[Ruled]:
        """The last verdicts that people gave answers to a deck, the latest ruling first.

        At most 200; an answer to an item that was ruled on more than once comes once.
        """
        with explained(self.where), self._reader.begin() as connection:
            try:
                return ruled_answers(connection, deck)
            except ValidationError as error:
                raise self._damaged(f"a ruled review of deck {deck!r}", error) from error

    def _read(self, connection: Connection, rows: Sequence[Row[Any]]) -> list[Review]:
        rulings = _overrides_of(connection, [row.id for row in rows])
        return [self._review(row, rulings[row.id]) for row in rows]

    def _review(self, row: Row[Any], rulings: Iterable[Override]) -> Review:
        try:
            return Review(
                id=row.id,
                created_at=row.created_at,
                card_id=row.card_id,
                deck=row.deck,
                item=_ITEM.validate_python(row.item),
                answer=row.answer,
                grade=row.grade,
                overrides=tuple(rulings),
            )
        except ValidationError as error:
            raise self._damaged(f"review {row.id}", error) from error

    def _damaged(self, what: str, error: ValidationError) -> StoreError:
        return StoreError(
            f"{self.where}: {what} is damaged ({error.errors()[0]['msg']}); restore the "
            "database from a backup"
        )


def _number(connection: Connection, review_id: str) -> int:
    found = connection.execute(select(reviews.c.number).where(reviews.c.id == review_id)).scalar()
    if found is None:
        raise _unknown(review_id)
    return int(found)


def _unknown(review_id: str) -> NotFoundError:
    return NotFoundError(f"no review has the id {review_id!r}; `tutor reviews` lists them")


def _overrides_of(connection: Connection, ids: list[str]) -> dict[str, list[Override]]:
    query = select(overrides).where(overrides.c.review_id.in_(ids)).order_by(overrides.c.number)
    found: dict[str, list[Override]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.review_id].append(
            Override(verdict=row.verdict, note=row.note, created_at=row.created_at)
        )
    return found


def _review_row(review: Review) -> dict[str, Any]:
    return {
        "id": review.id,
        "created_at": review.created_at,
        "card_id": review.card_id,
        "deck": review.deck,
        "item": _ITEM.dump_python(review.item, mode="json"),
        "answer": review.answer,
        "grade": review.grade.model_dump(mode="json"),
        "verdict": review.grade.verdict,
        "unsure": review.grade.unsure,
    }


def _override_row(review_id: str, override: Override) -> dict[str, Any]:
    return {"review_id": review_id, **override.model_dump()}


_last = (
    select(overrides.c.review_id, func.max(overrides.c.number).label("number"))
    .group_by(overrides.c.review_id)
    .subquery()
)
_standing = func.coalesce(overrides.c.verdict, reviews.c.verdict)
_COUNTS = (
    select(
        reviews.c.deck,
        func.count(),
        *(func.sum(case((_standing == verdict, 1), else_=0))
          for verdict in ("correct", "partial", "incorrect")),
        func.sum(case((reviews.c.unsure, 1), else_=0)),
        func.count(overrides.c.number),
    )
    .select_from(reviews)
    .outerjoin(_last, _last.c.review_id == reviews.c.id)
    .outerjoin(overrides, overrides.c.number == _last.c.number)
    .group_by(reviews.c.deck)
)  # fmt: skip
