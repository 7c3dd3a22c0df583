"""From a journal to the outlook of one runner, and its JSON."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np

from gerdy import evidence
from gerdy.errors import FileUnreadable, RecordInvalid, nearest
from gerdy.outlook import BuildWeek, Outlook, Question, history_of, outlook
from gerdy.pipelines.analysis import sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from gerdy.evidence import Used
    from gerdy.outlook import Forecast, RunLoad
    from gerdy.quantities import Array
    from gerdy.records import Decision, Entry

SCHEMA: Final = "gerdy/outlook/1"
COLUMNS: Final = ("week", "km", "strength", "longest_km")


class Facts(Protocol):
    """What the outlook needs of a journal."""

    def records(self, runner_id: str) -> Iterable[Entry]:
        """Return the records of one runner."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An outlook with whose it is and the sources behind it."""

    runner: str
    found: Outlook
    used: Used


def outlook_of(
    facts: Facts,
    runner_id: str,
    now: dt.date,
    zone: dt.tzinfo,
    question: Question,
    *,
    every_run_recorded: bool = False,
    name: str = "",
) -> Answer:
    """Read one runner's records and say how load and capacity stand on a day.

    Parameters
    ----------
    now, zone : the runner's local day and time zone
    every_run_recorded : the runner states that a day without a run was rest
    name : shown instead of the id
    """
    with evidence.collect() as used:
        known = history_of(facts.records(runner_id), runner_id, zone, every_run_recorded=every_run_recorded)
        return Answer(name or runner_id, outlook(known, now, question), used)


def read_build(path: Path) -> tuple[BuildWeek, ...]:
    """Read planned weeks from a CSV file with the columns week, km and, if wanted, strength and longest_km.

    Raises
    ------
    FileUnreadable : missing, or not text
    RecordInvalid : a line that is no week, with its number
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(f"{path} cannot be read as text ({error}); give a CSV file with {_legal()}.") from error
    rows = csv.DictReader(io.StringIO(text))
    for column in rows.fieldnames or ():
        if column not in COLUMNS:
            near = ", ".join(nearest(column, COLUMNS)) or ", ".join(COLUMNS)
            raise RecordInvalid(f"{path.name} has a column '{column}'; did you mean {near}? It takes {_legal()}.")
    weeks = tuple(_week(path.name, n, row) for n, row in enumerate(rows, start=2))
    if not weeks:
        raise RecordInvalid(f"{path.name} holds no week; it takes {_legal()}.")
    return tuple(sorted(weeks, key=lambda week: week.starts))


def weeks_from(first: dt.date, km: Sequence[float], strength: float | None) -> tuple[BuildWeek, ...]:
    """Return weeks that follow each other from `first`, with so many kilometres and strength sessions."""
    return tuple(BuildWeek(first + dt.timedelta(weeks=n), k, strength) for n, k in enumerate(km))


def to_json(answer: Answer) -> dict[str, Any]:
    """Return the documented JSON; missing values are null."""
    found = answer.found
    return {
        "schema": SCHEMA,
        "runner": answer.runner,
        "day": found.now.isoformat(),
        "colour": found.today.colour,
        "signals": [{"day": day.isoformat()} | _decision(signal) for day, signal in found.active],
        "watch": _decision(found.today.watch),
        "retest": _decision(found.retest),
        "next_run_limit_m": found.next_run_m,
        "days_not_recorded_of_28": found.not_recorded,
        "step_load": {
            **found.step.ratio.to_json(),
            "assumed": found.step.assumed,
            "obtained": found.step.obtained,
        },
        "runs": [_run(load) for load in found.runs],
        "usual_week": None if found.yard is None else {"km": found.yard.usual_km, "obtained": found.yard.obtained},
        "curves": None if found.curves is None else _curves(found.curves),
        "build": [] if found.curves is None else _build(found.curves),
        "alarms": _alarms(found),
        "sources": sources(answer.used),
    }


def _legal() -> str:
    return "the columns week (date of its first day, 2026-11-23), km, and optionally strength and longest_km"


def _week(name: str, line: int, row: dict[str, str | None]) -> BuildWeek:
    try:
        return BuildWeek(
            dt.date.fromisoformat((row.get("week") or "").strip()),
            float(row.get("km") or ""),
            *(float(text) if (text := (row.get(column) or "").strip()) else None for column in COLUMNS[2:]),
        )
    except (ValueError, TypeError) as error:
        raise RecordInvalid(f"{name}, line {line}: {error}; expected {_legal()}.") from error


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "rule": decision.rule,
        "outcome": decision.outcome,
        "reasons": [{"text": reason.text, "evidence": list(reason.evidence)} for reason in decision.reasons],
        "inputs_seen": decision.inputs_seen,
        "sources": list(decision.sources),
    }


def _run(load: RunLoad) -> dict[str, Any]:
    return {
        "id": load.run_id,
        "day": load.day.isoformat(),
        "distance_m": load.distance_m,
        "moving_s": load.moving_s,
        "descent_m": load.descent_m,
        "steps": None if load.steps is None else load.steps.to_json(),
        "band_load": None if load.band_load is None else load.band_load.to_json(),
        "damage_index": {exponent: value.to_json() for exponent, value in load.damage.items()},
        "assumed": list(load.assumed),
    }


def _curves(curves: Forecast) -> dict[str, Any]:
    return {
        "unit": "times the usual day",
        "days": [day.isoformat() for day in curves.days],
        "done": _list(curves.done),
        "planned": _list(curves.planned),
        "expected": _percentiles(curves.expected),
        "carried": _percentiles(curves.carried),
        "capacity": _percentiles(curves.capacity),
        "margin": _percentiles(curves.margin),
    }


def _build(curves: Forecast) -> list[dict[str, Any]]:
    return [
        {
            "week": week.starts.isoformat(),
            "km": week.km,
            "strength": week.sessions,
            "standing": week.standing,
            "longest_run": week.longest_run,
        }
        for week in curves.weeks
    ]


def _alarms(found: Outlook) -> dict[str, Any]:
    record = found.alarms
    return {
        "days": record.days,
        "coloured": record.coloured,
        "followed_by_pause": record.followed,
        "not_followed": record.not_followed,
        "open": record.open,
        "quiet_followed_by_pause": record.quiet_followed,
        "quiet_not_followed": record.quiet_not_followed,
        "pauses": [{"from": start.isoformat(), "days": length} for start, length in record.pauses],
    }


def _percentiles(rows: Array) -> dict[str, list[float | None]]:
    return {name: _list(row) for name, row in zip(("p5", "median", "p95"), rows, strict=True)}


def _list(values: Array) -> list[float | None]:
    return [round(float(v), 4) if np.isfinite(v) else None for v in values]
