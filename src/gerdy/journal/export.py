"""Everything of one runner in one archive that imports again, byte for byte the same."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from gerdy.errors import ArchiveInvalid, JournalError
from gerdy.journal import box, chain, originals, tables
from gerdy.journal.rows import Runner, fields_of
from gerdy.journal.schema import OriginalRow, VerdictRow
from gerdy.journal.statements import append_bodies, insert_runner, put_row

if TYPE_CHECKING:
    import zipfile
    from pathlib import Path

    from sqlalchemy import Connection

    from gerdy.journal.box import Content
    from gerdy.journal.store import Store

SCHEMA: Final = "gerdy/export/1"


def export(store: Store, runner: Runner, to: Path) -> dict[str, Any]:
    """Write all of a runner: entries with their chain, originals, verdicts, quarantine, and tables.

    Returns
    -------
    dict
        The manifest.
    """
    content, about = contents(store, runner)
    manifest = {"schema": SCHEMA, "runner": fields_of(runner)} | about
    box.write_box(to, manifest, content)
    return manifest


def contents(store: Store, runner: Runner, prefix: str = "") -> tuple[Content, dict[str, Any]]:
    """Return the members of a runner's archive below `prefix`, and their counts for the manifest."""
    links, files, judged = store.chain(runner.id), store.originals(runner.id), store.verdicts(runner.id)
    content: Content = {
        f"{prefix}entries.jsonl": _entry_lines(links),
        f"{prefix}originals.jsonl": box.lines(fields_of(row) for row in files),
        f"{prefix}verdicts.jsonl": box.lines(fields_of(row) for row in judged),
    }
    content |= {f"{prefix}{name}": text for name, text in tables.csv_tables(store.records(runner.id)).items()}
    folder = store.home.originals(runner.id)
    content |= {
        f"{prefix}originals/{row.sha256}": partial(originals.fetch, folder, row.sha256) for row in files if row.kept
    }
    refused = sorted(store.home.quarantine(runner.id).glob("*"))
    content |= {f"{prefix}quarantine/{file.name}": file.read_bytes for file in refused if file.name[0] != "."}
    return content, {"entries": len(links), "originals": len(files), "head": links[-1][2] if links else None}


def load(store: Store, place: Path, *, name: str = "") -> tuple[Runner, int]:
    """Take an export in; entries that are there already are left as they are.

    Parameters
    ----------
    name : under which the runner is known here; by default the exported name

    Returns
    -------
    (Runner, int)
        The runner and how many entries were new.

    Raises
    ------
    ArchiveInvalid : the archive is damaged or its chain does not verify; nothing was taken
    """
    with box.open_box(place, SCHEMA) as (manifest, archive):
        about = manifest["runner"]
        bodies = verified_bodies(archive, about["id"])
        runner, is_new = placed(store, about, name)
        known = {entry.id for entry in store.records(runner.id, history=True)}
        new = [body for entry_id, body in bodies if entry_id not in known]
        unpack_files(store, archive, runner.id)
        with store.writing() as connection:
            if is_new:
                insert_runner(connection, runner)
            append_bodies(connection, runner.id, new)
            load_rows(connection, archive, runner.id)
    return runner, len(new)


def verified_bodies(archive: zipfile.ZipFile, runner_id: str, prefix: str = "") -> list[tuple[str, str]]:
    """Return (id, canonical JSON) of every entry, after its chain was verified.

    Raises
    ------
    ArchiveInvalid : an entry was changed
    """
    rows = list(box.from_lines(archive.read(f"{prefix}entries.jsonl")))
    bodies = [chain.canonical(row["entry"]) for row in rows]
    links = [(body, row["previous_hash"], row["hash"]) for body, row in zip(bodies, rows, strict=True)]
    wrong = chain.broken_at(runner_id, links)
    if wrong is not None:
        raise ArchiveInvalid(f"Entry {wrong} of the archive is not what was exported; nothing was taken from it.")
    return [(row["entry"]["id"], body) for row, body in zip(rows, bodies, strict=True)]


def unpack_files(store: Store, archive: zipfile.ZipFile, runner_id: str, prefix: str = "") -> None:
    """Put originals and quarantined files in their places, before any row speaks of them."""
    for name in archive.namelist():
        folder, _, last = name.removeprefix(prefix).partition("/")
        if not name.startswith(prefix) or not last or last[0] == "." or {"/", "\\"} & set(last):
            continue
        if folder == "originals":
            stored = archive.read(name)
            if sha256(stored).hexdigest() != last:
                raise ArchiveInvalid(f"The original {last[:12]}… of the archive is damaged; no entry was taken.")
            originals.keep(store.home.originals(runner_id), last, stored)
        elif folder == "quarantine":
            originals.write_whole(store.home.quarantine(runner_id) / last, archive.read(name))


def load_rows(connection: Connection, archive: zipfile.ZipFile, runner_id: str, prefix: str = "") -> None:
    """Write the rows of originals and verdicts."""
    for table, name in ((OriginalRow, "originals"), (VerdictRow, "verdicts")):
        for row in box.from_lines(archive.read(f"{prefix}{name}.jsonl")):
            put_row(connection, table, {"runner_id": runner_id} | row)


def _entry_lines(links: list[tuple[str, str, str]]) -> bytes:
    # The body is canonical already; it is set in as it is, so that not a byte of it can change.
    rows = (f'{{"entry":{body},"hash":"{this}","previous_hash":"{before}"}}\n' for body, before, this in links)
    return "".join(rows).encode()


def placed(store: Store, about: dict[str, Any], name: str) -> tuple[Runner, bool]:
    """Return the runner whom an archive describes, as known here, and whether they are new.

    Raises
    ------
    JournalError : another runner has that name
    """
    known = {runner.id: runner for runner in store.runners()}
    if about["id"] in known:
        return known[about["id"]], False
    wanted = name or about["name"]
    if any(runner.name == wanted for runner in known.values()):
        raise JournalError(f"A runner named '{wanted}' is here already; take the archive in with --as NAME.")
    return Runner(**about | {"name": wanted}), True
