"""Says in one line what went wrong with the database, and what to do about it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, TimeoutError

from tutor.errors import StoreError

_ELSEWHERE = "or choose another database with TUTOR_DATABASE_URL"
_BUSY = "is locked by another program; try again when that has finished"
# Primary result codes of SQLite; the extended codes keep them in their low byte.
_MEANINGS = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_READONLY: f"cannot be written; make it and its folder writable, {_ELSEWHERE}",
    sqlite3.SQLITE_PERM: f"cannot be opened; check its permissions, {_ELSEWHERE}",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check that it is a file that you may read and "
    f"write, in a folder where you may create files, {_ELSEWHERE}",
    sqlite3.SQLITE_NOTADB: f"is not a tutor database; move the file away, {_ELSEWHERE}",
    sqlite3.SQLITE_CORRUPT: f"is damaged; restore it from a backup, {_ELSEWHERE}",
    sqlite3.SQLITE_FULL: f"cannot grow, the disk is full; free some space, {_ELSEWHERE}",
    sqlite3.SQLITE_IOERR: f"cannot be read or written, the disk fails; check it, {_ELSEWHERE}",
}


@contextmanager
def explained(where: str) -> Iterator[None]:
    """Turn what the database driver raises inside the block into `StoreError`."""
    try:
        yield
    except (DBAPIError, TimeoutError, sqlite3.Error) as error:
        raise StoreError(f"{where} {_meaning(error)}") from error


def _meaning(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "is busy, all connections are in use; try again in a moment"
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    lines = str(cause).strip().splitlines() or [type(cause).__name__]
    return _MEANINGS.get(code, f"answered with an error: {lines[0]}")
