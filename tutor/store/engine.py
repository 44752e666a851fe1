"""Opens the database behind a URL."""

from __future__ import annotations

import json
import sqlite3
from functools import partial
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from tutor.errors import StoreError

_PATIENCE_SECONDS = 5
"""How long to wait for another writer, and for a free connection."""


def parse_url(url: str) -> URL:
    """Read a database URL; raises `StoreError` for anything but an SQLite file or PostgreSQL."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreError(
            f"{url!r} is not a database URL; write sqlite:///reviews.db for a file, or "
            "postgresql://user@host/name"
        ) from None
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreError(
            f"{parsed.drivername!r} databases are not supported; use sqlite:///FILE or postgresql"
        )
    if parsed.get_backend_name() == "postgresql":
        return parsed
    if parsed.database in (None, "", ":memory:"):
        raise StoreError(f"{url!r} keeps nothing; name a file, as in sqlite:///reviews.db")
    return parsed.set(database=str(Path(str(parsed.database)).expanduser()))


def place(url: URL) -> str:
    """What to call the database in a message: the file, or the URL without its password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url.render_as_string(hide_password=True)


def connect(url: URL) -> Engine:
    """Make the engine; an SQLite file's folder is created when it is missing.

    Raises `StoreError` when the folder cannot be made or the driver is not installed.
    """
    to_json = partial(json.dumps, ensure_ascii=False)
    try:
        if url.get_backend_name() == "sqlite":
            return _connect_sqlite(url.set(drivername="sqlite+pysqlite"), to_json)
        return create_engine(url, json_serializer=to_json, pool_pre_ping=True)
    except (ImportError, NoSuchModuleError) as error:
        raise StoreError(f"{place(url)} needs a driver: {error}; install it with pip") from None


def _connect_sqlite(url: URL, to_json: partial[str]) -> Engine:
    folder = Path(str(url.database)).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"{folder}: cannot create the folder for the database ({error.strerror}); "
            "choose another with TUTOR_DATABASE_URL"
        ) from None
    engine = create_engine(
        url,
        json_serializer=to_json,
        pool_timeout=_PATIENCE_SECONDS,
        connect_args={"timeout": _PATIENCE_SECONDS},
    )
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def for_writing(engine: Engine) -> Engine:
    """The same engine for transactions that write."""
    return engine.execution_options(tutor_writes=True)


def use_write_ahead_log(engine: Engine) -> None:
    """Let an SQLite file be read while it is written; the file remembers this."""
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA journal_mode = WAL").close()
        finally:
            raw.close()


def _configure_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver would open transactions late, after a read; `_begin_sqlite` opens them.
    connection.isolation_level = None
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        # A commit returns when the review is on the disk, not when it is on its way there.
        connection.execute("PRAGMA synchronous = FULL")
    except sqlite3.Error:
        connection.close()  # the pool does not know it yet
        raise


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that starts with a read cannot wait for another writer later on, so
    # whoever is going to write says so at once.
    writes = connection.get_execution_options().get("tutor_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
