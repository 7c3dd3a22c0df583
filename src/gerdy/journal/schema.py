"""The tables of the journal, in portable SQL."""

from __future__ import annotations

from typing import Final

from sqlalchemy import ForeignKey, Index, Integer, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
"""Names of constraints, so that a later migration can address them on every database."""


class Base(DeclarativeBase):
    """What all tables share."""

    metadata = MetaData(naming_convention=NAMING)


class RunnerRow(Base):
    """A runner; `shared_from` is empty for one who was made here."""

    __tablename__ = "runners"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    created_at: Mapped[str] = mapped_column(String(40))
    shared_from: Mapped[str] = mapped_column(String(80), default="")


class EntryRow(Base):
    """One entry of a runner's chain; `position` counts from 1 without gaps."""

    __tablename__ = "entries"
    __table_args__ = (
        UniqueConstraint("runner_id", "id"),
        Index(None, "runner_id", "event_time"),
        Index(None, "runner_id", "kind", "event_time"),
        Index(None, "runner_id", "corrects"),
    )

    runner_id: Mapped[str] = mapped_column(ForeignKey("runners.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(20))
    event_time: Mapped[str | None] = mapped_column(String(40))
    entered_at: Mapped[str] = mapped_column(String(40))
    corrects: Mapped[str | None] = mapped_column(String(64))
    body: Mapped[str] = mapped_column(Text)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class OriginalRow(Base):
    """A file that was kept byte for byte, or whose hash alone was kept."""

    __tablename__ = "originals"
    __table_args__ = (Index(None, "runner_id", "content_sha256"),)

    runner_id: Mapped[str] = mapped_column(ForeignKey("runners.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content_sha256: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(Text)
    size: Mapped[int] = mapped_column(Integer)
    kept: Mapped[bool] = mapped_column(default=True)


class VerdictRow(Base):
    """What became of each activity in each file that was looked at."""

    __tablename__ = "verdicts"

    runner_id: Mapped[str] = mapped_column(ForeignKey("runners.id"), primary_key=True)
    content_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    part: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(Text)
    verdict: Mapped[str] = mapped_column(String(20))
    body: Mapped[str] = mapped_column(Text)
    entry_id: Mapped[str | None] = mapped_column(String(64))
