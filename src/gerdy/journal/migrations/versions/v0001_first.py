"""The first journal: runners, entries in a chain, originals and verdicts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _runners()
    _entries()
    _files()


def _runners() -> None:
    op.create_table(
        "runners",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("created_at", sa.String(40), nullable=False),
        sa.Column("shared_from", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_runners"),
        sa.UniqueConstraint("name", name="uq_runners_name"),
    )


def _entries() -> None:
    op.create_table(
        "entries",
        sa.Column("runner_id", sa.String(64), nullable=False),
        sa.Column("position", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("event_time", sa.String(40), nullable=True),
        sa.Column("entered_at", sa.String(40), nullable=False),
        sa.Column("corrects", sa.String(64), nullable=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["runner_id"], ["runners.id"], name="fk_entries_runner_id"),
        sa.PrimaryKeyConstraint("runner_id", "position", name="pk_entries"),
        sa.UniqueConstraint("runner_id", "id", name="uq_entries_runner_id_id"),
    )
    op.create_index("ix_entries_runner_id_event_time", "entries", ["runner_id", "event_time"])
    op.create_index("ix_entries_runner_id_kind_event_time", "entries", ["runner_id", "kind", "event_time"])
    op.create_index("ix_entries_runner_id_corrects", "entries", ["runner_id", "corrects"])


def _files() -> None:
    op.create_table(
        "originals",
        sa.Column("runner_id", sa.String(64), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content_sha256", sa.String(64), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("kept", sa.Boolean, nullable=False),
        sa.ForeignKeyConstraint(["runner_id"], ["runners.id"], name="fk_originals_runner_id"),
        sa.PrimaryKeyConstraint("runner_id", "sha256", name="pk_originals"),
    )
    op.create_index("ix_originals_runner_id_content_sha256", "originals", ["runner_id", "content_sha256"])
    op.create_table(
        "verdicts",
        sa.Column("runner_id", sa.String(64), nullable=False),
        sa.Column("content_sha256", sa.String(64), nullable=False),
        sa.Column("part", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("entry_id", sa.String(64), nullable=True),
        sa.ForeignKeyConstraint(["runner_id"], ["runners.id"], name="fk_verdicts_runner_id"),
        sa.PrimaryKeyConstraint("runner_id", "content_sha256", "part", name="pk_verdicts"),
    )
