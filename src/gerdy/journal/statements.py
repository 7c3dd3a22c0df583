"""The statements that the store is made of, on a connection that somebody else opened."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from gerdy.errors import EntryUnknown, JournalError
from gerdy.journal import chain
from gerdy.journal.rows import OWN, fields_of, moment_text
from gerdy.journal.schema import EntryRow, OriginalRow, RunnerRow, VerdictRow
from gerdy.records import from_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from gerdy.journal.rows import Runner
    from gerdy.records import Entry


def stands(runner_id: str) -> ColumnElement[bool]:
    """Return the condition that an entry was not corrected later."""
    named = select(EntryRow.corrects).where(EntryRow.runner_id == runner_id, EntryRow.corrects.is_not(None))
    return EntryRow.id.not_in(named)


def bounds(
    runner_id: str, kinds: Iterable[str] | None, since: datetime | None, until: datetime | None
) -> list[ColumnElement[bool]]:
    """Return the conditions on runner, kinds and event time; undated entries fall outside any time."""
    wanted: list[ColumnElement[bool]] = [EntryRow.runner_id == runner_id]
    if kinds is not None:
        wanted.append(EntryRow.kind.in_(list(kinds)))
    if since is not None:
        wanted.append(EntryRow.event_time >= moment_text(since))
    if until is not None:
        wanted.append(EntryRow.event_time < moment_text(until))
    return wanted


def judged(connection: Connection, runner_id: str, content_sha256: str) -> bool:
    """Whether a file was judged before."""
    query = select(VerdictRow.part).where(
        VerdictRow.runner_id == runner_id, VerdictRow.content_sha256 == content_sha256
    )
    return connection.execute(query).first() is not None


def refuse_in_the_name_of_another(connection: Connection, runner_id: str, entries: Sequence[Entry]) -> None:
    """Stop an entry as `OWN` in a journal that was shared by somebody else.

    Raises
    ------
    JournalError : with what to say instead
    """
    query = select(RunnerRow.shared_from).where(RunnerRow.id == runner_id)
    shared_from = connection.execute(query).scalar_one_or_none()
    if shared_from and any(entry.by == OWN for entry in entries):
        raise JournalError(
            "This journal was shared with you; say who enters with --by NAME (or GERDY_BY), so that the runner "
            "sees whose entry it is."
        )


def check_name(name: str, known: Iterable[Runner]) -> None:
    """Stop a name that is empty or taken.

    Raises
    ------
    JournalError : it is
    """
    if not name.strip():
        raise JournalError("The name of a runner is empty; give one, for example --runner kim.")
    if any(one.name == name for one in known):
        raise JournalError(f"A runner named '{name}' is there already; choose another name.")


def insert_runner(connection: Connection, runner: Runner) -> None:
    """Write the row of a new runner."""
    connection.execute(insert(RunnerRow).values(**fields_of(runner)))


def append_bodies(connection: Connection, runner_id: str, bodies: Sequence[str]) -> None:
    """Add entries, given as canonical JSON, to the end of a runner's chain.

    The text is kept as it is: an entry of an older gerdy keeps the bytes that its hash was made of.
    """
    last = connection.execute(
        select(EntryRow.position, EntryRow.hash)
        .where(EntryRow.runner_id == runner_id)
        .order_by(EntryRow.position.desc())
        .limit(1)
    ).one_or_none()
    position, previous = (last.position, last.hash) if last else (0, None)
    hashed = zip(bodies, chain.links(runner_id, bodies, previous), strict=True)
    for place, (body, (before, this)) in enumerate(hashed, start=position + 1):
        entry = from_json(json.loads(body))
        _check(connection, runner_id, entry)
        row = {"runner_id": runner_id, "position": place, "body": body, "previous_hash": before, "hash": this}
        connection.execute(insert(EntryRow).values(**row, **_indexed(entry)))


def _check(connection: Connection, runner_id: str, entry: Entry) -> None:
    if entry.runner_id != runner_id:
        raise JournalError(f"Entry '{entry.id}' belongs to runner '{entry.runner_id}', not to '{runner_id}'.")
    if _holds(connection, runner_id, entry.id):
        raise JournalError(f"An entry '{entry.id}' is there already; a change is a new entry that corrects it.")
    if entry.corrects is not None and not _holds(connection, runner_id, entry.corrects):
        raise unknown(entry.corrects)


def _holds(connection: Connection, runner_id: str, entry_id: str) -> bool:
    query = select(EntryRow.position).where(EntryRow.runner_id == runner_id, EntryRow.id == entry_id)
    return connection.execute(query).first() is not None


def unknown(entry_id: str) -> EntryUnknown:
    """Return the refusal of an id that is not there."""
    return EntryUnknown(f"The journal holds no entry '{entry_id}'. 'gerdy log list' shows the ids.")


def _indexed(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "kind": entry.kind,
        "event_time": None if entry.event_time is None else moment_text(entry.event_time),
        "entered_at": moment_text(entry.entered_at),
        "corrects": entry.corrects,
    }


def put_row(connection: Connection, table: type[OriginalRow | VerdictRow], row: dict[str, Any]) -> None:
    """Write a row of a file, in place of one with the same key."""
    keys = [column.name for column in table.__table__.primary_key]
    connection.execute(delete(table).where(*(getattr(table, key) == row[key] for key in keys)))
    connection.execute(insert(table).values(**row))
