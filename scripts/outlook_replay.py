"""Replay a year of one runner day by day with the registered thresholds, and write what the watch said.

``python scripts/outlook_replay.py FOLDER docs/validation/outlook-replay.md`` with the folder
``training-history-gpx`` of the shared data. Every day is judged from what happened up to that day.
"""

from __future__ import annotations

import datetime as dt
import itertools
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gerdy.journal.derive import run_of
from gerdy.outlook import RULES, history_of, timeline
from gerdy.outlook.alarm_record import alarm_record
from gerdy.outlook.wording import COLOURS
from gerdy.recordings.activities import members, read_activities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gerdy.outlook import History, WatchDay
    from gerdy.outlook.alarm_record import AlarmRecord
    from gerdy.records import Run

ZONE: Final = dt.timezone(dt.timedelta(hours=8))
"""SOURCE.md: times are universal, local time is UTC+8."""

READ_ON: Final = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""A fixed day of reading, after the record, so that the page never changes by itself."""


def main(folder: str, page: str) -> None:
    """Write the page."""
    Path(page).write_text(replay_page(Path(folder)), encoding="utf-8")


def replay_page(folder: Path) -> str:
    """Return the page for a folder with GPX files under ``runs``."""
    known = history_of(runs(folder / "runs"), "replay", ZONE)
    watched = timeline(known, known.runs[0].day, known.runs[-1].day)
    record = alarm_record(known, watched)
    parts = (_head(known, watched), _counts(watched, record), _signals(watched), _pauses(record), _days(watched))
    return "\n".join(parts)


def runs(folder: Path) -> Iterator[Run]:
    """Read every activity of a folder as a counted run."""
    for file in sorted(folder.iterdir()):
        for member in members(file.name, file.read_bytes()):
            found = read_activities(member.name, member.content, now=READ_ON)
            for part, activity in enumerate(found.activities):
                yield run_of(
                    activity,
                    entry_id=f"{file.name}-{part}",
                    runner_id="replay",
                    entered_at=READ_ON,
                    by="replay",
                    zone=ZONE,
                    original="",
                    part=part,
                )


def _head(known: History, watched: tuple[WatchDay, ...]) -> str:
    km = sum(fact.entry.distance_m or 0.0 for fact in known.runs) / 1000
    return f"""# The watch, replayed over a year

One runner's year from the shared data (`training-history-gpx`): {len(known.runs)} runs, {km:.0f} km, from
{watched[0].day} to {watched[-1].day}. Each of its {len(watched)} days was judged by the rules of
[load and capacity](../concepts/load-and-capacity.md) from what had happened up to that day.

What this shows, and what it does not:

* The thresholds are those of the registry. None was chosen on this file, and none may be changed because of it.
* The record holds runs and nothing else: no pain, no sleep, no strength work, no surface, no tests, and no date of a
  return from an injury. Only W-3 (a long single run) and, through it, R-088 can speak; the others are silent for
  want of records, which is not the same as all clear.
* The runner paused several times. **Why is not known.** A pause after a signal is no hit, and none after it is no
  false alarm in any medical sense.
* One runner proves nothing. The page is here so that anyone can see how often the watch speaks.

Made by `python scripts/outlook_replay.py`; a test compares it with a fresh replay.
"""


def _counts(watched: tuple[WatchDay, ...], record: AlarmRecord) -> str:
    by_colour = {colour: sum(w.colour == colour for w in watched) for colour in COLOURS}
    high = sum(w.watch.outcome == "high" for w in watched)
    rows = "".join(f"| {colour} | {count} |\n" for colour, count in by_colour.items())
    raised = [d.rule for w in watched for d in w.raised]
    told = "".join(f"| {rule} | {raised.count(rule)} | {RULES[rule].explanation} |\n" for rule in sorted(set(raised)))
    return f"""## Counts

| colour of the day | days |
| --- | --- |
{rows}
The watch was *high* (R-090) on {high} days, all because of a large week.

| rule | signals | what it looks at |
| --- | --- | --- |
{told}
Of **{record.coloured}** coloured days, **{record.not_followed}** were followed by no pause of 14 days that began within
28 days; {record.followed} were; {record.open} lie too near the end of the record to tell. Of the quiet days,
{record.quiet_not_followed} were followed by none and {record.quiet_followed} were: the coloured days have to be read
against these.
"""


def _signals(watched: tuple[WatchDay, ...]) -> str:
    rows = "".join(f"| {w.day} | {d.rule} | {d.outcome} | {d.reasons[0].text} |\n" for w in watched for d in w.raised)
    return f"""## Every signal

| day | rule | outcome | reason |
| --- | --- | --- | --- |
{rows}"""


def _pauses(record: AlarmRecord) -> str:
    rows = "".join(f"| {start} | {length} |\n" for start, length in record.pauses)
    return f"""## Pauses of 14 days or more

| first day without a run | days |
| --- | --- |
{rows}"""


def _days(watched: tuple[WatchDay, ...]) -> str:
    rows = "".join(
        f"| {first.day} | {last.day} | {first.colour} |\n"
        for first, last in _stretches(watched)
        if first.colour != "quiet"
    )
    return f"""## Coloured stretches

| from | to | colour |
| --- | --- | --- |
{rows}"""


def _stretches(watched: tuple[WatchDay, ...]) -> Iterator[tuple[WatchDay, WatchDay]]:
    start = watched[0]
    for before, after in itertools.pairwise(watched):
        if after.colour != before.colour:
            yield start, before
            start = after
    yield start, watched[-1]


if __name__ == "__main__":
    main(*sys.argv[1:])
