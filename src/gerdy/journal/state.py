"""What a day needs to be judged: its recent entries and the latest of what lasts."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from gerdy import evidence
from gerdy.journal.rows import moment_text
from gerdy.journal.schema import EntryRow
from gerdy.journal.statements import stands
from gerdy.records import from_json

if TYPE_CHECKING:
    from gerdy.journal.store import Store
    from gerdy.records import Entry

LASTING = ("assessment", "plan", "recording")
"""Kinds of which the latest stands until the next one, however old."""


@dataclass(frozen=True, slots=True)
class DayState:
    """The journal as seen on one day.

    Parameters
    ----------
    day : the local date
    recent : entries of the window that ends with that day, oldest first
    latest : kind → the newest assessment, plan and recording up to that day
    """

    day: dt.date
    recent: tuple[Entry, ...]
    latest: dict[str, Entry]


def day_state(store: Store, runner_id: str, day: dt.date, zone: dt.tzinfo) -> DayState:
    """Read what is needed to judge one day; nothing later than that day is seen.

    Parameters
    ----------
    day, zone : the local date and what *local* means
    """
    end = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), zone)
    begin = end - dt.timedelta(days=evidence.value("house_import.state_window"))
    recent = store.records(runner_id, since=begin, until=end)
    found = {kind: _latest(store, runner_id, kind, end) for kind in LASTING}
    return DayState(day, tuple(recent), {kind: entry for kind, entry in found.items() if entry is not None})


def _latest(store: Store, runner_id: str, kind: str, end: dt.datetime) -> Entry | None:
    query = (
        select(EntryRow.body)
        .where(EntryRow.runner_id == runner_id, EntryRow.kind == kind, EntryRow.event_time < moment_text(end))
        .where(stands(runner_id))
        .order_by(EntryRow.event_time.desc(), EntryRow.position.desc())
        .limit(1)
    )
    with store.reading() as connection:
        body = connection.execute(query).scalar_one_or_none()
    return None if body is None else from_json(json.loads(body))
