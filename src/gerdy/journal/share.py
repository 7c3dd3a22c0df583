"""A runner's journal for a coach or physio: report, plan and records; no originals, no coordinates.

Another gerdy opens it; what is added there carries the name of who added it and comes back the same way.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from gerdy.journal import box, chain
from gerdy.journal.export import placed
from gerdy.journal.places import without_places
from gerdy.journal.rows import OWN, fields_of
from gerdy.journal.statements import append_bodies, insert_runner
from gerdy.journal.summary import summary_page
from gerdy.records import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from gerdy.journal.rows import Runner
    from gerdy.journal.store import Store

SCHEMA: Final = "gerdy/share/1"


@dataclass(frozen=True, slots=True)
class Opened:
    """What a share brought.

    Parameters
    ----------
    runner : as known here
    new : entries taken in, by who entered them
    refused : entries that claim to be the runner's own and came from elsewhere
    """

    runner: Runner
    new: dict[str, int]
    refused: int = 0


def share(
    store: Store, runner: Runner, to: Path, *, sender: str = OWN, extra: Mapping[str, bytes] | None = None
) -> dict[str, Any]:
    """Write a share.

    Parameters
    ----------
    sender : who shares; a coach names themselves
    extra : further pages by name, for example a fuller report

    Returns
    -------
    dict
        The manifest.
    """
    entries = store.records(runner.id, history=True)
    rows = [without_places(to_json(entry)) for entry in entries]
    plans = [row for row in rows if row["kind"] == "plan"]
    manifest = {
        "schema": SCHEMA,
        "runner": {"id": runner.id, "name": runner.name},
        "sender": sender,
        "from_the_runner": not runner.shared_from,
        "entries": len(rows),
    }
    content: box.Content = {
        "entries.jsonl": box.lines(rows),
        "report.html": summary_page(runner.name, store.records(runner.id)),
        "plan.json": box.readable(plans[-1] if plans else None),
    }
    box.write_box(to, manifest, content | dict(extra or {}))
    return manifest


def open_share(store: Store, place: Path, *, name: str = "") -> Opened:
    """Take a share in: a new runner at a coach's, or a coach's additions at the runner's own.

    Raises
    ------
    ArchiveInvalid : the file is no share or is damaged; nothing was taken
    RecordInvalid : an entry in it is not valid; nothing was taken
    """
    with box.open_box(place, SCHEMA) as (manifest, archive):
        rows = list(box.from_lines(archive.read("entries.jsonl")))
    about = manifest["runner"] | {"created_at": "", "shared_from": manifest["sender"]}
    runner, is_new = placed(store, about, name)
    known = set() if is_new else {entry.id for entry in store.records(runner.id, history=True)}
    fresh = [row for row in rows if row["id"] not in known]
    # A copy at a coach's cannot speak for the runner.
    honest = [row for row in fresh if manifest["from_the_runner"] or row["by"] != OWN]
    bodies = [chain.canonical(to_json(from_json(row))) for row in honest]
    with store.writing() as connection:
        if is_new:
            insert_runner(connection, runner)
        append_bodies(connection, runner.id, bodies)
    return Opened(runner, _by(bodies), len(fresh) - len(honest))


def _by(bodies: list[str]) -> dict[str, int]:
    names = [json.loads(body)["by"] for body in bodies]
    return {name: names.count(name) for name in sorted(set(names))}


def described(opened: Opened) -> dict[str, Any]:
    """Return what ``gerdy import --json`` prints of a share."""
    return {"runner": fields_of(opened.runner), "new_by": opened.new, "refused": opened.refused}
