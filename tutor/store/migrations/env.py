"""What Alembic runs for every migration; the connection comes from `tutor.store.migration`."""

from __future__ import annotations

from alembic import context

from tutor.store.schema import metadata

# The caller owns the transaction: on SQLite, too, a migration happens whole or not at all.
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
context.run_migrations()
