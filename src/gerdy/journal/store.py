"""The store: adds entries, gives them back, and never changes one."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from gerdy.errors import JournalError, RecordInvalid, RunnerUnknown
from gerdy.journal import chain, sqlite
from gerdy.journal.rows import Judged, Original, Runner, fields_of, moment_text
from gerdy.journal.schema import EntryRow, OriginalRow, RunnerRow, VerdictRow
from gerdy.journal.statements import (
    append_bodies,
    bounds,
    check_name,
    insert_runner,
    judged,
    put_row,
    refuse_in_the_name_of_another,
    stands,
    unknown,
)
from gerdy.records import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Engine

    from gerdy.journal.folder import Home
    from gerdy.records import Entry


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
        check_name(name, self.runners())
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
        check_name(name, self.runners())
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
            refuse_in_the_name_of_another(connection, runner_id, entries)
            if unless_seen is not None and judged(connection, runner_id, unless_seen):
                return False
            append_bodies(connection, runner_id, [_body(entry) for entry in entries])
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
        wanted = bounds(runner_id, kinds, since, until)
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
            raise unknown(entry_id)
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


def _body(entry: Entry) -> str:
    body = chain.canonical(to_json(entry))
    try:
        body.encode("utf-8")
    except UnicodeEncodeError as error:
        raise RecordInvalid(
            f"The {entry.kind} holds characters that are no text ({error.object[error.start : error.end]!r}); "
            "write it again without them."
        ) from error
    return body
