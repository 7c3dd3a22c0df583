"""Turn a written case into records, and a record back into what a rule said about a day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import yaml

from gerdy.outlook import History, history_of
from gerdy.records import (
    Assessment,
    CheckIn,
    DoneSet,
    Entry,
    MorningAnswer,
    PainEntry,
    PainMoment,
    PlannedSet,
    PlanVersion,
    Run,
    Side,
    StrengthSession,
    TestResult,
)

ZONE = dt.UTC
START = dt.date(2026, 1, 1)
CASES = Path(__file__).parents[1] / "cases" / "outlook.yaml"


def cases() -> list[dict[str, Any]]:
    """Read the written cases."""
    return yaml.safe_load(CASES.read_text(encoding="utf-8"))


def day(number: int) -> dt.date:
    """Return day 1, 2, … of the story."""
    return START + dt.timedelta(days=number - 1)


def at(number: int, hour: int = 9) -> dt.datetime:
    """Return an hour of a day of the story."""
    return dt.datetime.combine(day(number), dt.time(hour), ZONE)


def shared(number: int, name: str, hour: int = 9) -> dict[str, Any]:
    """Return what every entry carries."""
    moment = at(number, hour)
    return {"id": f"{name}-{number}-{hour}", "runner_id": "me", "event_time": moment, "entered_at": moment}


def tell(case: dict[str, Any]) -> History:
    """Build the history of a written case."""
    return history_of(entries_of(case), "me", ZONE)


def entries_of(case: dict[str, Any]) -> list[Entry]:
    """Return the records of a written case."""
    found: list[Entry] = []
    for row in case.get("runs", []):
        found += _run(row)
    for row in case.get("mornings", []):
        found.append(MorningAnswer(**shared(row["day"], "morning", 7), stairs_down=row["stairs"], side=Side.RIGHT))
    for row in case.get("check_ins", []):
        answers = tuple((name, float(score)) for name, score in row.get("answers", {}).items())
        found.append(CheckIn(**shared(row["day"], "check-in", 8), sleep_h=row.get("sleep"), questionnaires=answers))
    for row in case.get("pains", []):
        found.append(
            PainEntry(
                **shared(row["day"], "pain", 20),
                score=row["pain"],
                moment=PainMoment.NOW,
                side=Side.RIGHT,
                place=row.get("place", "lateral knee"),
                gait_changed=row.get("limp"),
            )
        )
    for number in case.get("strength", []):
        sets = tuple(DoneSet(exercise_id=name, reps=8) for name in ("E60", "E24", "E67", "E48"))
        found.append(StrengthSession(**shared(number, "strength", 18), sets=sets))
    for row in case.get("tests", []):
        found.append(_assessment(row))
    if "exit" in case:
        found.append(_maintenance(case["exit"], case.get("planned_strength", [])))
    return found


def _run(row: dict[str, Any]) -> list[Entry]:
    found: list[Entry] = []
    days = range(row["day"], row.get("until", row["day"]) + 1, row.get("every", 1))
    for number in days:
        run = Run(
            **shared(number, "run", row.get("hour", 9)),
            distance_m=None if row.get("km") is None else row["km"] * 1000.0,
            moving_s=None if row.get("km") is None else row["km"] * 360.0,
            descent_m=row.get("descent"),
            surface=row.get("surface"),
            extra={"shoes": row["shoes"]} if "shoes" in row else {},
        )
        found.append(run)
        if "pain" in row:
            found.append(
                PainEntry(
                    **shared(number, "run-pain", 12),
                    score=row["pain"],
                    moment=PainMoment.DURING,
                    side=Side.RIGHT,
                    activity=run.id,
                )
            )
    return found


def _assessment(row: dict[str, Any]) -> Assessment:
    results = tuple(
        TestResult(test=test, side=Side(side), value=value, unit=unit) for test, side, value, unit in row["results"]
    )
    return Assessment(**shared(row["day"], "assessment", 10), results=results)


def _maintenance(exit_day: int, planned: list[int]) -> PlanVersion:
    return PlanVersion(
        **shared(exit_day, "plan", 6),
        plan_id="after",
        version=1,
        phase="P5",
        starts=day(exit_day),
        ends=day(exit_day + 500),
        sets=tuple(PlannedSet(date=day(number), exercise_id="E60") for number in planned),
    )
