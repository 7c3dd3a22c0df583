"""From an older schema to this one: copy first, then migrate; never a step into the unknown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import inspect, text

from gerdy.errors import StoreDamaged, StoreNewer
from gerdy.journal import sqlite

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, Engine

    from gerdy.journal.folder import Home

SCRIPTS: Final = Path(__file__).parent / "migrations"
HEAD: Final = "0001"
"""The newest schema that this gerdy knows."""


def schema_version(engine: Engine) -> str | None:
    """Return the revision of a journal; None for an empty file."""
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        if not tables:
            return None
        if "alembic_version" not in tables:
            raise StoreDamaged(
                "The file is an SQLite database but not a gerdy journal (no schema version in it). "
                "Name another folder with --store or GERDY_HOME."
            )
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def bring_up_to_date(engine: Engine, home: Home, now: datetime, *, head: str = HEAD, scripts: Path = SCRIPTS) -> None:
    """Migrate a journal to `head`; an older one is copied first.

    Raises
    ------
    StoreNewer : the journal has a schema that this gerdy does not know
    """
    seen = schema_version(engine)
    if seen == head:
        return
    if seen is not None and seen not in _known(scripts):
        raise StoreNewer(
            f"The journal in {home.root} has schema {seen}, which is newer than this gerdy knows ({head}): "
            "install the newer gerdy, nothing was changed."
        )
    if seen is not None:
        copy = home.copies / f"journal-{seen}-before-{head}-{now:%Y%m%dT%H%M%S}.sqlite"
        sqlite.copy_database(home.database, copy)
    with engine.connect().execution_options(**{sqlite.WRITING: True}) as connection, connection.begin():
        _migrate(connection, scripts, head)
        sqlite.guard_entries(connection)


def _known(scripts: Path) -> frozenset[str]:
    files = (scripts / "versions").glob("v[0-9]*.py")
    return frozenset(file.name.partition("_")[0].removeprefix("v") for file in files)


def _migrate(connection: Connection, scripts: Path, head: str) -> None:
    from alembic import command  # noqa: PLC0415 - only a new or an old journal pays for Alembic
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, head)
