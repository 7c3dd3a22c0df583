"""The journal: a year of runs into a cold store, and a day's state out of ten years."""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import statistics
import tempfile
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gpxpy

from benchmarks.rows import Row
from gerdy.journal import day_state, open_store
from gerdy.journal.importing import Importer, Wishes
from gerdy.journal.sources import sources
from gerdy.recordings.activities import members, read_activities
from gerdy.recordings.activities.gpx import GPX
from gerdy.recordings.activities.xml_track import read_xml
from gerdy.records import CheckIn, DoneSet, MorningAnswer, PainEntry, PainMoment, Run, Side, StrengthSession

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gerdy.records import Entry

HERE = Path(__file__).resolve()
SHARED = Path(os.environ.get("GERDY_SHARED_DATA", HERE.parents[2] / "shared" / "data"))
NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
YEARS = 10


def run() -> list[Row]:
    """Measure import and reading; the year is left out where the shared data are not there."""
    year = SHARED / "training-history-gpx" / "runs"
    return (_year(year) if year.is_dir() else []) + _ten_years()


def _year(folder: Path) -> list[Row]:
    files = sources([folder])
    with _timed() as gpx_alone:
        for one in files:
            (member,) = members(one.name, one.path.read_bytes())
            gpxpy.parse(member.content.decode("utf-8"))
    with _timed() as unpack:
        opened = [member for one in files for member in members(one.name, one.path.read_bytes())]
    with _timed() as parse:
        for member in opened:
            read_xml(member.content, GPX)
    with _timed() as read:
        for member in opened:
            read_activities(member.name, member.content, now=NOW)
    with _cold() as home, _timed() as whole:
        store = open_store(home, clock=lambda: NOW)
        importer = Importer(store, store.ensure_runner("me"), Wishes(zone=dt.UTC))
        imported = sum(v.verdict == "imported" for some in importer.files(files) for v in some)
        store.close()
    derive, keep = read[0] - parse[0], whole[0] - unpack[0] - read[0]
    name = f"year of {imported} runs"
    return [
        Row(f"{name}, cold store: import", whole[0], "s", goal="15 s on 2 cores"),
        Row(f"{name}: unpack", unpack[0] / whole[0], "of the import"),
        Row(f"{name}: parse", parse[0] / whole[0], "of the import"),
        Row(f"{name}: derive", derive / whole[0], "of the import"),
        Row(f"{name}: store", keep / whole[0], "of the import"),
        Row(f"{name}: import against unpacking and parsing alone", whole[0] / gpx_alone[0], "times", "gpxpy"),
        *_fit(),
    ]


def _fit() -> list[Row]:
    import fitdecode  # noqa: PLC0415 - the other reader is timed from its import on

    content = (SHARED / "fit-runs" / "activity-small-fenix2-run.fit").read_bytes()
    with _timed() as alone, fitdecode.FitReader(content) as reader:
        sum(1 for _ in reader)
    with _timed() as ours:
        read_activities("run.fit", content, now=NOW)
    return [Row("FIT of 2809 records: read and derive", ours[0] / alone[0], "times", "fitdecode")]


def _ten_years() -> list[Row]:
    with _cold() as home:
        store = open_store(home, clock=lambda: NOW)
        owner = store.ensure_runner("me")
        entries = list(_synthetic(owner.id, random.Random(1)))  # noqa: S311 - synthetic training, not secrets
        store.add(*entries)
        store.close()
        with _timed() as opening:
            store = open_store(home, clock=lambda: NOW)
        days = [NOW.date() - dt.timedelta(days=7 * n) for n in range(9)]
        states = [_seconds(partial(day_state, store, owner.id, day, dt.UTC)) for day in days]
        with _timed() as everything:
            store.records(owner.id)
        store.close()
    what = f"{len(entries)} entries of {YEARS} years"
    return [
        Row(f"{what}: open", opening[0], "s"),
        Row(f"{what}: state of a day (median of 9)", statistics.median(states), "s", goal="0.3 s"),
        Row(f"{what}: every entry", everything[0], "s"),
    ]


def _synthetic(owner: str, chance: random.Random) -> Iterator[Entry]:
    """Give ten years: a run most days, strength twice a week, a morning and a check-in every day."""
    for number in range(365 * YEARS):
        when = NOW - dt.timedelta(days=number, hours=5)
        head: dict[str, Any] = {"runner_id": owner, "event_time": when, "entered_at": when}
        yield MorningAnswer(id=f"m{number}", stairs_down=chance.randint(0, 2), side=Side.RIGHT, **head)
        yield CheckIn(id=f"c{number}", sleep_h=7.5, soreness=2, **head)
        if chance.random() < 0.6:
            metres = chance.uniform(4e3, 18e3)
            yield Run(id=f"r{number}", distance_m=metres, moving_s=metres / 3, elapsed_s=metres / 2.9, **head)
            yield PainEntry(id=f"p{number}", score=1, moment=PainMoment.DURING, side=Side.RIGHT, **head)
        if number % 4 == 0:
            sets = tuple(DoneSet(exercise_id=f"E{60 + i % 4}", reps=8, load_kg=20.0) for i in range(12))
            yield StrengthSession(id=f"s{number}", sets=sets, **head)


@contextmanager
def _timed() -> Iterator[list[float]]:
    begin = time.perf_counter()
    taken = [0.0]
    yield taken
    taken[0] = time.perf_counter() - begin


def _seconds(work: Callable[[], object]) -> float:
    with _timed() as taken:
        work()
    return taken[0]


@contextmanager
def _cold() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="gerdy-bench-"))
    try:
        yield folder / "home"
    finally:
        shutil.rmtree(folder)
