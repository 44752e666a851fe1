"""The open database: everything that is stored goes through one of its transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine

from tutor.errors import StoreError
from tutor.store.engine import connect, for_writing, parse_url, place, use_write_ahead_log
from tutor.store.failure import explained
from tutor.store.migration import bring_to_head

_TURN_SECONDS = 30
"""How long to wait for other threads that write; each may wait for another program as well."""


class Database:
    """A database at this version's schema: reviews, calls, replies and secrets share it.

    It may be used from several threads at once. `StoreError` is raised when the database fails.
    """

    def __init__(self, engine: Engine, where: str) -> None:
        self._reader = engine
        self._writer = for_writing(engine)
        self._turn = Lock()
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
        database = cls(connect(parsed), place(parsed))
        try:
            with explained(database.where):
                use_write_ahead_log(database._reader)
                bring_to_head(database._reader, database._writer, database.where)
        except StoreError:
            database.close()
            raise
        return database

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database."""
        with explained(self.where), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is committed at the end of the block, or not at all if it fails."""
        with self._taking_turns(), explained(self.where), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def trying(self) -> Iterator[Connection]:
        """A transaction like one that writes; nothing of it is kept."""
        with self._taking_turns(), explained(self.where), self._writer.connect() as connection:
            yield connection
            connection.rollback()

    @contextmanager
    def _taking_turns(self) -> Iterator[None]:
        """SQLite has one writer at a time, and who finds it busy asks again at ever longer
        intervals, a connection in hand: where many write, some would never be lucky.
        """
        if self._writer.dialect.name != "sqlite":
            yield
            return
        if not self._turn.acquire(timeout=_TURN_SECONDS):
            raise StoreError(f"{self.where} is busy, too many write at once; try again in a moment")
        try:
            yield
        finally:
            self._turn.release()

    def close(self) -> None:
        """Close all connections; they are opened again when the database is used again."""
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
