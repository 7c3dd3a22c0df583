"""The store: adds entries, gives them back, and never changes one."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, insert, select, update

from gerdy.errors import EntryUnknown, JournalError, RunnerUnknown
from gerdy.journal import chain, sqlite
from gerdy.journal.schema import EntryRow, OriginalRow, RunnerRow, VerdictRow
from gerdy.records import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection, Engine

    from gerdy.journal.folder import Home
    from gerdy.records import Entry


OWN: Final = "me"
"""The name under which runners enter their own facts."""


@dataclass(frozen=True, slots=True)
class Runner:
    """Whose journal it is; `shared_from` is empty for one who was made on this machine."""

    id: str
    name: str
    created_at: str
    shared_from: str = ""


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it came: `sha256` of the bytes given, `content_sha256` of the same unpacked.

    `kept` is False where only the hash was kept; then nothing can be read from it again.
    """

    sha256: str
    content_sha256: str
    name: str
    size: int
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one activity of one file; `body` is what the import printed about it."""

    content_sha256: str
    part: int
    name: str
    verdict: str
    body: str
    entry_id: str | None = None


class Store:
    """One journal, open.

    Parameters
    ----------
    engine, home : where it lies
    clock : gives the time of entry; an argument, so that tests and replays decide it
    new_id : gives a fresh id
    """

    def __init__(self, engine: Engine, home: Home, *, clock: Callable[[], datetime], new_id: Callable[[], str]) -> None:
        self.engine = engine
        self.home = home
        self.clock = clock
        self.new_id = new_id

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection for reading; refusals come as sentences."""
        with sqlite.translated(self.home.root), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection inside one transaction: all of it is kept, or nothing."""
        with (
            sqlite.translated(self.home.root),
            self.engine.connect().execution_options(**{sqlite.WRITING: True}) as connection,
            connection.begin(),
        ):
            yield connection

    def runners(self) -> list[Runner]:
        """Return every runner by name."""
        with self.reading() as connection:
            rows = connection.execute(select(RunnerRow.__table__).order_by(RunnerRow.name)).all()
        return [Runner(*row) for row in rows]

    def runner(self, name: str) -> Runner:
        """Return the runner of a name or id.

        Raises
        ------
        RunnerUnknown : with the nearest names
        """
        found = self.runners()
        for one in found:
            if name in {one.name, one.id}:
                return one
        raise RunnerUnknown(name, (one.name for one in found))

    def add_runner(self, name: str, *, runner_id: str | None = None, shared_from: str = "") -> Runner:
        """Make a runner.

        Raises
        ------
        JournalError : the name is taken or empty
        """
        _check_name(name, self.runners())
        runner = Runner(runner_id or self.new_id(), name, moment_text(self.clock()), shared_from)
        with self.writing() as connection:
            insert_runner(connection, runner)
        return runner

    def rename_runner(self, runner: Runner, name: str) -> None:
        """Call a runner something else from now on; the id and every entry stay.

        Raises
        ------
        JournalError : the name is taken or empty
        """
        _check_name(name, self.runners())
        with self.writing() as connection:
            connection.execute(update(RunnerRow).where(RunnerRow.id == runner.id).values(name=name))

    def ensure_runner(self, name: str) -> Runner:
        """Return the runner of a name, made now where there is none."""
        try:
            return self.runner(name)
        except RunnerUnknown:
            return self.add_runner(name)

    def add(self, *entries: Entry) -> None:
        """Add entries of one runner; when this returns they are on the disk.

        Raises
        ------
        JournalError : an id is taken, or the entries are not of one runner
        EntryUnknown : a correction names an entry that is not there
        StoreBlocked : the disk is full, read-only or in use; nothing was added
        """
        owners = {entry.runner_id for entry in entries}
        if len(owners) > 1:
            raise JournalError("Entries of several runners were given at once; add them runner by runner.")
        if owners:
            self.write(owners.pop(), entries=entries)

    def write(
        self,
        runner_id: str,
        *,
        entries: Sequence[Entry] = (),
        originals: Sequence[Original] = (),
        verdicts: Sequence[Judged] = (),
        unless_seen: str | None = None,
    ) -> bool:
        """Add entries and what they came from in one transaction.

        Parameters
        ----------
        unless_seen : hash of a file; where another gerdy has judged it meanwhile, nothing is written

        Returns
        -------
        bool
            Whether anything was written.
        """
        with self.writing() as connection:
            _refuse_in_the_name_of_another(connection, runner_id, entries)
            if unless_seen is not None and _judged(connection, runner_id, unless_seen):
                return False
            append_bodies(connection, runner_id, [chain.canonical(to_json(entry)) for entry in entries])
            for original in originals:
                put_row(connection, OriginalRow, {"runner_id": runner_id} | fields_of(original))
            for verdict in verdicts:
                put_row(connection, VerdictRow, {"runner_id": runner_id} | fields_of(verdict))
        return True

    def records(
        self,
        runner_id: str,
        *,
        kinds: Iterable[str] | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        history: bool = False,
    ) -> list[Entry]:
        """Return the facts of a runner as they stand: corrected entries are left out.

        Parameters
        ----------
        kinds : names of kinds; None for all
        since, until : bounds of the event time, the second one not included; undated entries fall outside
        history : also what was corrected later

        Returns
        -------
        list of Entry
            By event time, undated ones by time of entry, then in the order they were added.
        """
        wanted = _bounds(runner_id, kinds, since, until)
        if not history:
            wanted.append(stands(runner_id))
        query = select(EntryRow.body, EntryRow.event_time, EntryRow.entered_at, EntryRow.position).where(*wanted)
        with self.reading() as connection:
            rows = connection.execute(query).all()
        rows = sorted(rows, key=lambda row: (row.event_time or row.entered_at, row.position))
        return [from_json(json.loads(row.body)) for row in rows]

    def entry(self, runner_id: str, entry_id: str) -> Entry:
        """Return one entry, corrected or not.

        Raises
        ------
        EntryUnknown : there is none of this id
        """
        query = select(EntryRow.body).where(EntryRow.runner_id == runner_id, EntryRow.id == entry_id)
        with self.reading() as connection:
            body = connection.execute(query).scalar_one_or_none()
        if body is None:
            raise _unknown(entry_id)
        return from_json(json.loads(body))

    def chain(self, runner_id: str) -> list[tuple[str, str, str]]:
        """Return (body, previous hash, hash) of every entry in the order of the chain."""
        columns = select(EntryRow.body, EntryRow.previous_hash, EntryRow.hash)
        query = columns.where(EntryRow.runner_id == runner_id).order_by(EntryRow.position)
        with self.reading() as connection:
            return [(body, previous, this) for body, previous, this in connection.execute(query)]

    def originals(self, runner_id: str) -> list[Original]:
        """Return every file of a runner by hash."""
        query = select(OriginalRow.__table__).where(OriginalRow.runner_id == runner_id)
        with self.reading() as connection:
            return [Original(*row[1:]) for row in connection.execute(query.order_by(OriginalRow.sha256))]

    def verdicts(self, runner_id: str, content_sha256: str | None = None) -> list[Judged]:
        """Return what became of each file, by hash and part; of one file where its hash is given."""
        query = select(VerdictRow.__table__).where(VerdictRow.runner_id == runner_id)
        if content_sha256 is not None:
            query = query.where(VerdictRow.content_sha256 == content_sha256)
        with self.reading() as connection:
            rows = connection.execute(query.order_by(VerdictRow.content_sha256, VerdictRow.part)).all()
        return [Judged(*row[1:]) for row in rows]


def _refuse_in_the_name_of_another(connection: Connection, runner_id: str, entries: Sequence[Entry]) -> None:
    query = select(RunnerRow.shared_from).where(RunnerRow.id == runner_id)
    shared_from = connection.execute(query).scalar_one_or_none()
    if shared_from and any(entry.by == OWN for entry in entries):
        raise JournalError(
            "This journal was shared with you; say who enters with --by NAME (or GERDY_BY), so that the runner "
            "sees whose entry it is."
        )


def _judged(connection: Connection, runner_id: str, content_sha256: str) -> bool:
    query = select(VerdictRow.part).where(
        VerdictRow.runner_id == runner_id, VerdictRow.content_sha256 == content_sha256
    )
    return connection.execute(query).first() is not None


def _check_name(name: str, known: Iterable[Runner]) -> None:
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
        raise _unknown(entry.corrects)


def _holds(connection: Connection, runner_id: str, entry_id: str) -> bool:
    query = select(EntryRow.position).where(EntryRow.runner_id == runner_id, EntryRow.id == entry_id)
    return connection.execute(query).first() is not None


def _unknown(entry_id: str) -> EntryUnknown:
    return EntryUnknown(f"The journal holds no entry '{entry_id}'. 'gerdy log list' shows the ids.")


def _indexed(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "kind": entry.kind,
        "event_time": None if entry.event_time is None else moment_text(entry.event_time),
        "entered_at": moment_text(entry.entered_at),
        "corrects": entry.corrects,
    }


def moment_text(moment: datetime) -> str:
    """Return a text that sorts as time does."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def fields_of(row: Runner | Original | Judged) -> dict[str, Any]:
    """Return the columns of a row by name."""
    return {name: getattr(row, name) for name in row.__slots__}


def stands(runner_id: str) -> ColumnElement[bool]:
    """Return the condition that an entry was not corrected later."""
    named = select(EntryRow.corrects).where(EntryRow.runner_id == runner_id, EntryRow.corrects.is_not(None))
    return EntryRow.id.not_in(named)


def _bounds(
    runner_id: str, kinds: Iterable[str] | None, since: datetime | None, until: datetime | None
) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [EntryRow.runner_id == runner_id]
    if kinds is not None:
        wanted.append(EntryRow.kind.in_(list(kinds)))
    if since is not None:
        wanted.append(EntryRow.event_time >= moment_text(since))
    if until is not None:
        wanted.append(EntryRow.event_time < moment_text(until))
    return wanted


def put_row(connection: Connection, table: type[OriginalRow | VerdictRow], row: dict[str, Any]) -> None:
    """Write a row of a file, in place of one with the same key."""
    keys = [column.name for column in table.__table__.primary_key]
    connection.execute(delete(table).where(*(getattr(table, key) == row[key] for key in keys)))
    connection.execute(insert(table).values(**row))
