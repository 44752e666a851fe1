"""Grades that come later, and what the judge needs: its calls, its replies, its secret."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_VERDICT = "verdict IN ('correct', 'partial', 'incorrect')"


def upgrade() -> None:
    disputed = sa.Column("disputed", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("reviews", disputed)
    _index_doubtful("reviews", "id")
    _create_regrades()
    _create_judge_calls()
    op.create_table(
        "judge_replies",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_judge_replies"),
    )
    op.create_table(
        "secrets",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_secrets"),
    )


def downgrade() -> None:
    for table in ("secrets", "judge_replies", "judge_calls", "regrades"):
        op.drop_table(table)
    op.drop_index("ix_reviews_doubtful", "reviews")
    op.drop_column("reviews", "disputed")


def _create_regrades() -> None:
    op.create_table(
        "regrades",
        sa.Column("number", sa.Integer, autoincrement=True),
        sa.Column("review_id", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("grade", sa.JSON, nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("unsure", sa.Boolean, nullable=False),
        sa.Column("disputed", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_regrades"),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name="fk_regrades_review_id"),
        sa.CheckConstraint(_VERDICT, name=op.f("ck_regrades_verdict")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_regrades_review_id", "regrades", ["review_id"])
    _index_doubtful("regrades", "review_id")


def _index_doubtful(table: str, review_id: str) -> None:
    columns = sa.table(table, sa.column("unsure", sa.Boolean), sa.column("disputed", sa.Boolean)).c
    doubtful = sa.or_(columns.unsure, columns.disputed)
    op.create_index(
        f"ix_{table}_doubtful",
        table,
        ["number", review_id],
        sqlite_where=doubtful,
        postgresql_where=doubtful,
    )


def _create_judge_calls() -> None:
    op.create_table(
        "judge_calls",
        sa.Column("number", sa.Integer, autoincrement=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("endpoint", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("input_tokens", sa.Integer, nullable=False),
        sa.Column("output_tokens", sa.Integer, nullable=False),
        sa.Column("cached_tokens", sa.Integer, nullable=False),
        sa.Column("money", sa.Double),
        sa.Column("currency", sa.Text),
        sa.Column("latency_ms", sa.Double, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_judge_calls"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_judge_calls_day", "judge_calls", ["day"])
