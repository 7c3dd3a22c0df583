"""What the verbs of the journal share: options, the open store, and who enters."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from gerdy.errors import OutputBlocked, RecordInvalid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gerdy.journal import Runner, Store

AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON.")]
RunnerName: TypeAlias = Annotated[str, typer.Option("--runner", envvar="GERDY_RUNNER", help="Whose journal.")]
StoreFolder: TypeAlias = Annotated[
    Path | None, typer.Option("--store", help="Data folder; else GERDY_HOME, else the platform's.")
]
EnteredBy: TypeAlias = Annotated[str, typer.Option("--by", envvar="GERDY_BY", help="Who enters it.")]
Zone: TypeAlias = Annotated[str, typer.Option("--zone", help="Where it happened, for example Europe/Ljubljana.")]
To: TypeAlias = Annotated[Path, typer.Option("--to", help="File to write.")]
Overwrite: TypeAlias = Annotated[bool, typer.Option("--overwrite", help="Replace the file if it is there.")]

ME = "me"
"""The runner whom the journal makes by itself; others are made by ``gerdy runner add``."""


@contextmanager
def opened(folder: Path | None, *, create: bool) -> Iterator[Store]:
    """Give the journal and close it again."""
    from gerdy.journal import open_store

    store = open_store(folder, create=create)
    try:
        yield store
    finally:
        store.close()


def runner_for_writing(store: Store, name: str) -> Runner:
    """Return a runner to write for; only ``me`` is made by itself, so that a slip of the pen makes nobody."""
    return store.ensure_runner(name) if name == ME else store.runner(name)


def zone_named(name: str) -> dt.tzinfo | None:
    """Return a time zone by name; None, for this machine's, where none is named.

    Raises
    ------
    RecordInvalid : no such zone
    """
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise RecordInvalid(f"'{name}' is no time zone; say for example Europe/Ljubljana or UTC.") from error


def refuse_overwriting(to: Path, *, overwrite: bool) -> None:
    """Stop before a file is lost.

    Raises
    ------
    OutputBlocked : the file is there and nobody said to replace it
    """
    if to.exists() and not overwrite:
        raise OutputBlocked(f"{to} is there already; choose another name or say --overwrite.")
