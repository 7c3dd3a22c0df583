"""The written part of the demo: an invented assessment, wishes and diary beside the real recording."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import yaml

from gerdy.assess.entries import assessment_from
from gerdy.journal.done_sets import parse_done_sets
from gerdy.journal.wish_words import wishes_from
from gerdy.records import (
    Assessment,
    CheckIn,
    MorningAnswer,
    PainEntry,
    PainMoment,
    RecordingEntry,
    Run,
    Side,
    StrengthSession,
    Wishes,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gerdy.records import Entry

RUNNER: Final = "participant-5"
INVENTED: Final = "INVENTED: the tests, wishes and diary below were made up for this demo; only the recording is real."
ZONE: Final = dt.UTC
DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Story:
    """The invented record, as a journal would give it; `today` is the day on which the demo looks at it."""

    entries: tuple[Entry, ...]
    today: dt.date

    def records(self, runner_id: str) -> tuple[Entry, ...]:
        """Return the records of the demo's runner."""
        return tuple(entry for entry in self.entries if entry.runner_id == runner_id)

    @property
    def assessment(self) -> Assessment:
        """The first assessment."""
        return next(entry for entry in self.entries if isinstance(entry, Assessment))


def demo_story(analysis: dict[str, Any] | None = None) -> Story:
    """Return the invented record.

    Parameters
    ----------
    analysis : the JSON of the real recording, kept on the first day so that the outlook knows what a step loads
    """
    table = yaml.safe_load(files("gerdy.pipelines").joinpath("demo_data", "story.yaml").read_text(encoding="utf-8"))
    entries = tuple(_entries(table))
    if analysis is not None:
        hashes = {file["name"]: file["sha256"] for file in analysis["recording"]["files"]}
        entries += (RecordingEntry(**_head("recording", table["begins"], 7), files=hashes, analysis=analysis),)
    return Story(entries, table["today"])


def _entries(table: dict[str, Any]) -> Iterator[Entry]:
    begins, today = table["begins"], table["today"]
    yield Wishes(**_head("wishes", begins, 6), **wishes_from(table["wishes"]))
    yield _sheet(table["sheet"] | {"date": begins}, begins)
    yield _sheet(table["retest"], table["retest"]["date"])
    for day in table["screens"]:
        yield _sheet({"date": day, "safety": {"everything_else": "no"}}, day)
    yield from _before(table["before"])
    for number in range((today - begins).days + 1):
        yield from _day(table, begins + number * DAY)
    for day, minutes, km in table["runs"]:
        yield from _run(day, km, minutes * 60.0)


def _day(table: dict[str, Any], day: dt.date) -> Iterator[Entry]:
    """Give the morning answer, the walk, the session and the weekly scores of one day."""
    stairs = _standing(table["mornings"], day)
    yield MorningAnswer(**_head("morning", day, 7), stairs_down=stairs, side=Side.RIGHT, baseline=stairs)
    if day.weekday() in {0, 3} and day < table["runs"][0][0]:
        walked = _standing(table["walks"], day)
        yield PainEntry(
            **_head("walk", day, 12),
            score=walked,
            moment=PainMoment.DURING,
            side=Side.RIGHT,
            activity="walk 30 min",
            settled_min=0.0,
        )
    for row in table["sessions"]:
        if row["from"] <= day <= row["to"] and day.weekday() in row["weekdays"]:
            done = tuple(replace(one, filmed=True) for line in row["sets"] for one in parse_done_sets(line))
            yield StrengthSession(**_head("strength", day, 18), sets=done)
    if day.weekday() == 6:
        yield CheckIn(
            **_head("check-in", day, 20), sleep_h=7.5, questionnaires=(("OSTRC", _standing(table["ostrc"], day)),)
        )


def _before(rows: list[dict[str, Any]]) -> Iterator[Entry]:
    for row in rows:
        for number in range((row["to"] - row["from"]).days + 1):
            day = row["from"] + number * DAY
            if day.weekday() in row["weekdays"]:
                km = float(row["km"][row["weekdays"].index(day.weekday())])
                yield Run(**_head("run", day, 9), distance_m=km * 1000, moving_s=km * 345)


def _run(day: dt.date, km: float, seconds: float) -> Iterator[Entry]:
    run = Run(**_head("run", day, 9), distance_m=km * 1000, moving_s=seconds)
    yield run
    yield PainEntry(
        **_head("pain", day, 10),
        score=0,
        moment=PainMoment.DURING,
        side=Side.RIGHT,
        activity=run.id,
        settled_min=0.0,
        gait_changed=False,
    )


def _sheet(table: dict[str, Any], day: dt.date) -> Assessment:
    head = _head("assessment", day, 8)
    return replace(assessment_from(table, "the demo's sheet", head["event_time"], RUNNER), **head)


def _standing(rows: list[list[Any]], day: dt.date) -> float:
    return float([score for first, score in rows if first <= day][-1])


def _head(kind: str, day: dt.date, hour: int) -> dict[str, Any]:
    moment = dt.datetime.combine(day, dt.time(hour), ZONE)
    return {"id": f"demo-{kind}-{day}", "runner_id": RUNNER, "event_time": moment, "entered_at": moment, "by": "demo"}
