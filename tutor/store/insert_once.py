"""Adds a row unless there is one with its key."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Connection, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_once(connection: Connection, table: Table, values: dict[str, Any]) -> None:
    """Add a row; where one with the same key exists, also another program's, that one stays."""
    connection.execute(_statement(connection.dialect.name, table), values)


@cache
def _statement(dialect: str, table: Table) -> Executable:
    """Made once: making it takes longer than running it."""
    if dialect == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    return postgresql.insert(table).on_conflict_do_nothing()
