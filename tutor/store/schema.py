"""The tables as this version reads and writes them; `migrations` brings a database here.

Rows are only ever added. `verdict` and `unsure` repeat what the grade says, so that counting
needs no JSON functions, which differ between SQLite and PostgreSQL.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator

HEAD = "0001"
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
    Column("unsure", Boolean(create_constraint=False), nullable=False),
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
