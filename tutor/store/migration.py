"""Brings a database to this version's schema.

Alembic takes a third of a second to import, so it is imported only when there is something
to migrate. A database that is already there is recognised by one query, and an empty one gets
the tables of `schema` at once, marked as migrated; a test holds both ways to the same result.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    String,
    Table,
    func,
    inspect,
    select,
    text,
)

from tutor.errors import StoreError
from tutor.store.schema import HEAD, metadata

if TYPE_CHECKING:
    from alembic.config import Config

_LOCK = 0x7475746F72
"""Number of the lock that migrating holds on PostgreSQL: "tutor" in ASCII."""
_MIGRATIONS = Path(__file__).parent / "migrations"


def bring_to_head(reader: Engine, writer: Engine, where: str) -> None:
    """Migrate the database to this version's schema; does nothing when it is there already.

    Raises `StoreError` when another program or a newer version made the database.
    """
    with reader.connect() as connection:
        if _revision(connection) == HEAD:
            return
    # The lock comes first: of several programs that open a new database at the same moment, one
    # migrates and the others find it done. On SQLite every transaction that writes holds it.
    with writer.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        revision = _revision(connection)
        if revision is None:
            _refuse_foreign(connection, where)
            _create(connection)
        elif revision != HEAD:
            _upgrade(connection, revision, where)


def alembic_config(connection: Connection) -> Config:
    """Alembic's configuration for migrating over `connection`, inside its transaction."""
    from alembic.config import Config

    config = Config()
    # ConfigParser reads `%` as the start of a substitution.
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _create(connection: Connection) -> None:
    metadata.create_all(connection)
    version = Table(
        "alembic_version",
        MetaData(),
        Column("version_num", String(32), primary_key=True),
    )
    version.create(connection, checkfirst=True)
    connection.execute(version.insert().values(version_num=HEAD))


def _upgrade(connection: Connection, revision: str, where: str) -> None:
    from alembic import command
    from alembic.script import ScriptDirectory

    config = alembic_config(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision not in known:
        raise StoreError(
            f"{where} was made by a newer tutor (schema {revision}, this version knows {HEAD}); "
            "upgrade tutor, or choose another database with TUTOR_DATABASE_URL"
        )
    command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if revision is None else str(revision)


def _refuse_foreign(connection: Connection, where: str) -> None:
    tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
    if tables:
        raise StoreError(
            f"{where} belongs to another program (it has a table {min(tables)!r}); "
            "choose another database with TUTOR_DATABASE_URL"
        )
