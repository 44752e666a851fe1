"""The tables as this version reads and writes them; `migrations` brings a database here.

Rows are only ever added. `verdict`, `unsure` and `disputed` repeat what the grade says and `day`
what `created_at` says, so that counting needs no functions of JSON and dates, which differ
between SQLite and PostgreSQL.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    false,
    or_,
)
from sqlalchemy.types import TypeDecorator

HEAD = "0002"
"""The revision that these tables are at: the newest file in `migrations/versions`."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime kept in UTC; SQLite itself knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_VERDICT = "verdict IN ('correct', 'partial', 'incorrect')"

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

reviews = Table(
    "reviews",
    metadata,
    # The order of arrival: unlike created_at it has no ties and never runs backwards.
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("card_id", String(128)),
    Column("deck", Text),
    Column("item", JSON, nullable=False),
    Column("answer", Text, nullable=False),
    Column("grade", JSON, nullable=False),
    Column("verdict", String(16), CheckConstraint(_VERDICT, name="verdict"), nullable=False),
    Column("unsure", Boolean, nullable=False),
    Column("disputed", Boolean, nullable=False, server_default=false()),
    Index(None, "card_id"),
    Index(None, "deck"),
    sqlite_autoincrement=True,
)

overrides = Table(
    "overrides",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("review_id", String(64), ForeignKey("reviews.id"), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("verdict", String(16), CheckConstraint(_VERDICT, name="verdict"), nullable=False),
    Column("note", Text, nullable=False),
    sqlite_autoincrement=True,
)

# Grades that came after the review was stored; the last one stands.
regrades = Table(
    "regrades",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("review_id", String(64), ForeignKey("reviews.id"), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("grade", JSON, nullable=False),
    Column("verdict", String(16), CheckConstraint(_VERDICT, name="verdict"), nullable=False),
    Column("unsure", Boolean, nullable=False),
    Column("disputed", Boolean, nullable=False),
    sqlite_autoincrement=True,
)

judge_calls = Table(
    "judge_calls",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("day", Date, nullable=False, index=True),
    Column("model", Text, nullable=False),
    Column("endpoint", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("input_tokens", Integer, nullable=False),
    Column("output_tokens", Integer, nullable=False),
    Column("cached_tokens", Integer, nullable=False),
    Column("money", Double),
    Column("currency", Text),
    Column("latency_ms", Double, nullable=False),
    Column("attempts", Integer, nullable=False),
    sqlite_autoincrement=True,
)

judge_replies = Table(
    "judge_replies",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("reply", Text, nullable=False),
)

secrets = Table(
    "secrets",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)


def doubtful(table: Table) -> ColumnElement[bool]:
    """Whether a grade in `reviews` or `regrades` is one that a person should look at."""
    return or_(table.c.unsure, table.c.disputed)


# Doubtful grades are found without reading the others.
for _table, _review_id in ((reviews, reviews.c.id), (regrades, regrades.c.review_id)):
    Index(
        f"ix_{_table.name}_doubtful",
        _table.c.number,
        _review_id,
        sqlite_where=doubtful(_table),
        postgresql_where=doubtful(_table),
    )
