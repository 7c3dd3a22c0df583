"""A written runner lives one day after the other and does what the plan asks, as far as the script says."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from gerdy.assess.entries import assessment_from
from gerdy.journal.result_words import result_of
from gerdy.journal.wish_words import WEEKDAYS, parse_date, wishes_from
from gerdy.outlook.history import History, history_of
from gerdy.programme.exercises import exercise
from gerdy.records import (
    CheckIn,
    Clearance,
    Discharge,
    DoneSet,
    Entry,
    MorningAnswer,
    OptOut,
    Override,
    PainEntry,
    PainMoment,
    PlannedSet,
    Role,
    Run,
    Side,
    StrengthSession,
    Wishes,
)
from gerdy.running.signals import usual_morning

FOLDER = Path(__file__).parent
RUNNERS = tuple(sorted(path.parent.name for path in FOLDER.glob("*/script.yaml")))
SCREEN_EVERY_WEEKS = 2
DAY = dt.timedelta(days=1)


@dataclass
class Life:
    """One runner's facts so far, and what the script says about the next ones."""

    name: str
    entries: list[Entry] = field(default_factory=list)

    @cached_property
    def script(self) -> dict[str, Any]:
        return _yaml(self.name, "script")

    @cached_property
    def sheet(self) -> dict[str, Any]:
        return _yaml(self.name, "sheet")

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.script["zone"])

    @cached_property
    def begins(self) -> dt.date:
        return parse_date(str(self.script["begins"]))

    @cached_property
    def side(self) -> Side:
        return Side(self.sheet["pain"]["painful_side"])

    def day(self, week: int, weekday: int = 0) -> dt.date:
        return self.begins + dt.timedelta(weeks=week - 1, days=weekday)

    def week(self, day: dt.date) -> int:
        return (day - self.begins).days // 7 + 1

    def history(self) -> History:
        return history_of(self.entries, self.name, self.zone, every_run_recorded=True)

    def standing(self, kind: str, week: int) -> dict[str, Any]:
        """Return what holds in a week: each entry changes only what it names."""
        found: dict[str, Any] = {}
        for row in self.script[kind]:
            if row["week"] <= week:
                found |= row
        return found

    def on(self, day: dt.date) -> dict[str, Any]:
        """Return what the script says about one single day."""
        week, name = self.week(day), WEEKDAYS[day.weekday()]
        return next((row for row in self.script.get("days", []) if (row["week"], row["day"]) == (week, name)), {})

    def wake(self, day: dt.date) -> None:
        """Answer the morning's questions, and on Mondays whatever the script has: tests, screen, walk, events."""
        week = self.week(day)
        if day == self.begins:
            wishes = wishes_from(_yaml(self.name, "wishes"))
            self._add(Wishes, day, 6, **wishes)
        self._morning(day)
        if day.weekday() == 0:
            self._tests(day, week)
            for row in self.script.get("events", []):
                if row["week"] == week:
                    self._event(day, row)

    def walk(self, day: dt.date) -> None:
        """Walk briskly for half an hour and say how it felt."""
        pain = float(self.standing("feels", self.week(day))["walking"])
        self._add(
            PainEntry,
            day,
            9,
            score=pain,
            moment=PainMoment.DURING,
            side=self.side,
            activity="walk 30 min",
            settled_min=0.0,
        )

    def run(self, day: dt.date, minutes: float | None, km: float | None) -> None:
        """Run as planned, or as the script says, and say how it felt."""
        said = self.on(day)
        if "own_run_km" in said:
            minutes, km = None, said["own_run_km"]
        pace = self.script["pace_s_per_km"]
        seconds = minutes * 60 if minutes else km * pace
        done = self._add(
            Run,
            day,
            10,
            distance_m=round(km * 1000 if km else seconds / pace * 1000),
            moving_s=seconds,
            treadmill=False,
            surface="road",
        )
        self._add(
            PainEntry,
            day,
            11,
            score=float(said.get("run_pain", 0)),
            moment=PainMoment.DURING,
            side=self.side,
            activity=done.id,
            settled_min=30.0 if said.get("run_pain") else 0.0,
            gait_changed=bool(said.get("limp", False)),
        )

    def train(self, day: dt.date, sets: list[PlannedSet]) -> None:
        """Do the planned sets as the script says how they go."""
        how = self.standing("does", self.week(day))
        kept = [one for one in sets if exercise(one.exercise_id).track not in how.get("skips", ())]
        done = tuple(item for one in kept for item in _done(one, how, self.sheet["about"]["mass_kg"]))
        if done:
            self._add(StrengthSession, day, 18, sets=done)

    def sleep(self, day: dt.date) -> None:
        """Answer the week's questionnaires on Sunday evening."""
        if day.weekday() == 6:
            feels = self.standing("feels", self.week(day))
            scores = (("OSTRC", float(feels["ostrc"])), ("UWRI", float(feels["uwri"])))
            self._add(CheckIn, day, 20, questionnaires=scores)

    def does_session(self, day: dt.date, done_this_week: int) -> bool:
        return _as_planned(self.standing("does", self.week(day))["sessions"], done_this_week)

    def does_run(self, day: dt.date, done_this_week: int) -> bool:
        allowed = _as_planned(self.standing("does", self.week(day))["runs"], done_this_week)
        return allowed and self.on(day).get("run", True) is not False

    def _morning(self, day: dt.date) -> None:
        feels = self.standing("feels", self.week(day))
        before, today = self.on(day - DAY), self.on(day)
        stairs = today.get("stairs", before.get("next_morning", feels["stairs"]))
        if feels.get("answers", True):
            usual = usual_morning(self.history(), day)
            self._add(MorningAnswer, day, 7, stairs_down=float(stairs), side=self.side, baseline=usual)
            confidence = (("confidence", float(feels["confidence"])),) if day.weekday() == 0 else ()
            self._add(
                CheckIn,
                day,
                8,
                sleep_h=float(feels["sleep_h"]),
                soreness=1.0,
                pain_medicine=False,
                questionnaires=confidence,
            )

    def _tests(self, day: dt.date, week: int) -> None:
        said = [row for row in self.script["tests"] if row["week"] == week]
        if day == self.begins:
            said = [{"change": {}}]
        for row in said:
            if "change" in row:
                self._sheet(day, merge(self.sheet, row["change"]) | {"date": day, "scores": self._scores(week)})
            else:
                self._sheet(day, {"date": day, "safety": {**row["screen"], "everything_else": False}})
        if not said and week % SCREEN_EVERY_WEEKS == 1:
            self._sheet(day, {"date": day, "safety": {"everything_else": False}})

    def _scores(self, week: int) -> dict[str, float]:
        feels = self.standing("feels", week)
        return {name: feels[name] for name in ("uwri", "ostrc", "confidence")}

    def _sheet(self, day: dt.date, table: dict[str, Any]) -> None:
        entry = assessment_from(table, "sheet", _at(day, 8, self.zone), self.name)
        self.entries.append(replace(entry, id=f"{self.name}-assessment-{day}", event_time=_at(day, 8, self.zone)))

    def _event(self, day: dt.date, row: dict[str, Any]) -> None:
        if said := row.get("override"):
            fields = {name: said[name] for name in ("gate", "to", "reason")}
            until = parse_date(str(said["until"])) if "until" in said else None
            self._add(Override, day, 6, **fields, role=Role(said["role"]), until=until, by=said["by"])
        if said := row.get("clearance"):
            self._add(Clearance, day, 6, **{**said, "opens": tuple(said["opens"])})
        if said := row.get("opt_out"):
            self._add(OptOut, day, 6, understood=said["understood"], reason=said["reason"])
        if said := row.get("discharge"):
            results = tuple(
                result_of(item["test"], side, item[side], item["unit"])
                for item in said["results"]
                for side in ("left", "right")
            )
            plain = {"told": said["told"], "running_allowed": said["running_allowed"], "by": said["by"]}
            lists = {name: tuple(said[name]) for name in ("restrictions", "exercises")}
            self._add(Discharge, day, 6, **plain, **lists, results=results)

    def _add(self, kind: type[Entry], day: dt.date, hour: int, **fields: Any) -> Any:
        moment = _at(day, hour, self.zone)
        head = {"id": f"{self.name}-{kind.kind}-{day}-{hour}", "runner_id": self.name}
        entry = kind(**head, event_time=moment, entered_at=moment, **{"by": self.name, **fields})
        self.entries.append(entry)
        return entry


def merge(table: Any, change: Any) -> Any:
    """Lay a change over a table."""
    if not isinstance(change, dict) or not isinstance(table, dict):
        return change
    return table | {key: merge(table.get(key), item) for key, item in change.items()}


def _done(planned: PlannedSet, how: dict[str, Any], mass_kg: float) -> list[DoneSet]:
    """Return the sets as done; where a plan leaves the first weight to the runner, it is an eighth of body mass."""
    each = exercise(planned.exercise_id)
    weights = {*each.loads, *(way for ways in each.equipment for way in ways)} & {"dumbbell", "kettlebell", "backpack"}
    chosen = round(mass_kg / 8) if weights else None
    sides = (Side.LEFT, Side.RIGHT) if each.each_side and planned.side is Side.BOTH else (planned.side,)
    low, high = planned.reps or (0, 0)
    reps = (high if how["reps"] == "top" else low) or None
    one = DoneSet(
        exercise_id=planned.exercise_id,
        reps=reps,
        seconds=planned.seconds,
        load_kg=planned.load_kg if planned.load_kg is not None else chosen,
        rir=float(how["rir"]),
        rpe=7.0,
        pain=float(how["pain"]),
        clean_reps=None if reps is None else math.floor(how["clean"] * reps + 0.5),
        contacts=reps if each.plyometric else None,
        filmed=how["filmed"],
        target=planned,
    )
    return [replace(one, side=side) for _ in range(planned.sets) for side in sides]


def _as_planned(said: str | int, done: int) -> bool:
    return {"all": True, "none": False}.get(said, isinstance(said, int) and done < said)  # type: ignore[arg-type]


def _at(day: dt.date, hour: int, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), zone)


def _yaml(name: str, part: str) -> Any:
    return yaml.safe_load((FOLDER / name / f"{part}.yaml").read_text(encoding="utf-8"))
