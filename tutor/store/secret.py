"""Secrets that the database keeps, so that all programs that share it share them."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, select

from tutor.store.database import Database
from tutor.store.insert_once import insert_once
from tutor.store.schema import secrets


def kept_secret(database: Database, name: str, make: Callable[[], str]) -> str:
    """Return the secret of that name; the first who asks makes it, and everybody gets the same.

    Raises `StoreError` when it cannot be read, or made and kept.
    """
    with database.reading() as connection:
        found = _secret(connection, name)
    if found is not None:
        return found
    with database.writing() as connection:
        insert_once(connection, secrets, {"name": name, "value": make()})
        return str(_secret(connection, name))


def _secret(connection: Connection, name: str) -> str | None:
    return connection.execute(select(secrets.c.value).where(secrets.c.name == name)).scalar()
