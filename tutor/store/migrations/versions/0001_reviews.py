"""Reviews and overrides."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_VERDICT = "verdict IN ('correct', 'partial', 'incorrect')"


def upgrade() -> None:
    op.create_table(
        "reviews",
        sa.Column("number", sa.Integer, autoincrement=True),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("card_id", sa.String(128)),
        sa.Column("deck", sa.Text),
        sa.Column("item", sa.JSON, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("grade", sa.JSON, nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("unsure", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_reviews"),
        sa.UniqueConstraint("id", name="uq_reviews_id"),
        sa.CheckConstraint(_VERDICT, name=op.f("ck_reviews_verdict")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reviews_card_id", "reviews", ["card_id"])
    op.create_index("ix_reviews_deck", "reviews", ["deck"])
    op.create_table(
        "overrides",
        sa.Column("number", sa.Integer, autoincrement=True),
        sa.Column("review_id", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_overrides"),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name="fk_overrides_review_id"),
        sa.CheckConstraint(_VERDICT, name=op.f("ck_overrides_verdict")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_overrides_review_id", "overrides", ["review_id"])


def downgrade() -> None:
    op.drop_table("overrides")
    op.drop_table("reviews")
