"""From the messages of one FIT file to its activities, one per session."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gerdy import evidence
from gerdy.recordings.activities import sports, track
from gerdy.recordings.activities.activity import Activity
from gerdy.recordings.activities.columns import believable
from gerdy.recordings.activities.fit_messages import (
    Messages,
    Row,
    first_number,
    fit_seconds,
    interval,
    number,
    rounded,
    within,
)
from gerdy.recordings.data import Problem
from gerdy.records import Lap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gerdy.quantities import Array

SEMICIRCLE_DEG: Final = 180 / 2**31
"""Degrees in one semicircle, the FIT unit of position (FIT protocol)."""

DYNAMICS: Final = (
    "step_length",
    "vertical_ratio",
    "stance_time_balance",
    "stance_time_percent",
    "respiration_rate",
    "enhanced_respiration_rate",
    "power",
)
"""Record fields that are kept as means under their own name; units are those of the FIT profile."""


def activities_of(part: Messages, now: datetime) -> list[Activity]:
    """Return one activity per session; where none was written, one from the records."""
    sessions = part.all("session") or ([_from_records(part)] if part.all("record") else [])
    return [_activity(part, session, now, alone=len(sessions) == 1) for session in sessions]


def summary_of(parts: Iterable[Messages]) -> str:
    """Say in words what was read before a break."""
    words = []
    for part in parts:
        records, sessions = part.all("record"), part.all("session")
        if not records and not sessions:
            continue
        sport = _sport(sessions[0] if sessions else _from_records(part), part)
        summary = f"{sport}, {len(records)} records, {len(sessions)} session summaries"
        distance = number(sessions[0].get("total_distance")) if sessions else _furthest(records)
        words.append(summary + (f", {distance:.0f} m" if distance is not None else ""))
    return "; ".join(words)


def _activity(part: Messages, session: Row, now: datetime, *, alone: bool) -> Activity:
    begin, end = interval(session)
    records, problems = _records_in(part.all("record"), begin, end, alone=alone)
    laps = [lap for lap in part.all("lap") if alone or within(fit_seconds(lap.get("start_time")), begin, end)]
    columns = _columns(records)
    start = _start(session.get("start_time"), part.first("activity"), now)
    if start is None and begin is not None:
        problems.append(_relative(session.get("start_time")))
    sport, sub_sport = _sport(session, part), session.get("sub_sport") or part.first("sport").get("sub_sport")
    elapsed = first_number(session, "total_elapsed_time") or _spanned(columns["time_s"])
    distance = first_number(session, "total_distance") or _furthest(records) or None
    if distance is None and elapsed:
        problems.append(Problem("no_distance", "The device wrote no distance: time is recorded, distance is not."))
    return Activity(
        sport=sport,
        sub_sport=str(sub_sport) if sub_sport is not None else None,
        start=start,
        start_hint="" if start is not None else _hint(session, part.first("activity")),
        elapsed_s=rounded(elapsed, 3),
        moving_s=rounded(first_number(session, "total_timer_time") or _timed(part, elapsed), 3),
        distance_m=rounded(distance, 2),
        **_climb(session, columns["altitude"]),
        cadence_spm=_cadence(session, columns) if sport in sports.MAYBE_RUNNING else None,
        contact_time_ms=_mean_of(session, ("avg_stance_time",), columns["stance_time"]),
        vertical_oscillation_mm=_mean_of(session, ("avg_vertical_oscillation",), columns["vertical_oscillation"]),
        heart_rate_bpm=_mean_of(session, ("avg_heart_rate",), columns["heart_rate"]),
        treadmill=sports.is_treadmill(sub_sport, session.get("sport")),
        surface=sports.surface_word(sub_sport),
        laps=tuple(_lap(lap, sport) for lap in laps),
        pauses_s=_pauses(part.all("event"), begin, end),
        terrain=_terrain(columns),
        extra=_extra(session, records, part.developer_units),
        problems=tuple(problems),
    )


def _from_records(part: Messages) -> Row:
    """Stand in for the session of a file that broke before it was written."""
    times = [row["timestamp"] for row in part.all("record") if "timestamp" in row]
    return part.first("sport") | ({"start_time": times[0]} if times else {})


def _sport(session: Row, part: Messages) -> str:
    named = session.get("sport") or part.first("sport").get("sport")
    word = sports.sport_word(named)
    if word in {sports.UNKNOWN, "fitness_equipment", "training"}:
        sub_word = sports.sport_word(session.get("sub_sport") or part.first("sport").get("sub_sport"))
        return word if sub_word == sports.UNKNOWN else sub_word
    return word


def _records_in(
    records: Sequence[Row], begin: float | None, end: float | None, *, alone: bool
) -> tuple[list[Row], list[Problem]]:
    """Return the records of one session, without those whose date is a broken time stamp."""
    if not alone:
        return [row for row in records if within(fit_seconds(row.get("timestamp")), begin, end)], []
    slack = 86_400 * evidence.value("house_import.damage_span")
    kept: list[Row] = []
    odd: list[Row] = []
    for row in records:
        seconds = fit_seconds(row.get("timestamp"))
        far = seconds is not None and begin is not None and abs(seconds - begin) > slack
        (odd if far else kept).append(row)
    if not odd:
        return kept, []
    example = odd[0]["timestamp"]
    shown = f"{example:%Y-%m-%d}" if isinstance(example, datetime) else str(example)
    message = f"{len(odd)} records carry a date that cannot be right ({shown}); they are left out."
    return kept, [Problem("absurd_date", message)]


def _relative(stamp: Any) -> Problem:
    shown = f"{stamp:%Y-%m-%d}" if isinstance(stamp, datetime) else f"{stamp} s after power-on"
    return Problem("relative_time", f"The time stamps are not dates ({shown}); the date is left open.")


def _start(stamp: Any, activity: Row, now: datetime) -> datetime | None:
    """Start with the zone of the watch, where the file tells its local time too."""
    if not isinstance(stamp, datetime) or not all(believable([stamp], now)):
        return None
    local, universal = activity.get("local_timestamp"), activity.get("timestamp")
    if not isinstance(local, datetime) or not isinstance(universal, datetime):
        return stamp
    offset = local.replace(tzinfo=UTC) - universal
    quarter = timedelta(minutes=15 * round(offset / timedelta(minutes=15)))
    return stamp.astimezone(timezone(quarter)) if abs(quarter) <= timedelta(hours=14) else stamp


def _hint(session: Row, activity: Row) -> str:
    """Local start that follows from the activity message, for the runner to confirm."""
    local, end = activity.get("local_timestamp"), fit_seconds(activity.get("timestamp"))
    begin = fit_seconds(session.get("start_time"))
    if not isinstance(local, datetime) or end is None or begin is None:
        return ""
    return (local - timedelta(seconds=end - begin)).strftime("%Y-%m-%dT%H:%M")


def _columns(records: Sequence[Row]) -> dict[str, Array]:
    def column(*names: str) -> Array:
        picked = ((next((row[n] for n in names if n in row), None)) for row in records)
        return np.array([number(value, missing=np.nan) for value in picked], dtype=float)

    return {
        "time_s": np.array([number(fit_seconds(row.get("timestamp")), missing=np.nan) for row in records]),
        "lat": column("position_lat") * SEMICIRCLE_DEG,
        "lon": column("position_long") * SEMICIRCLE_DEG,
        "distance": column("distance"),
        "altitude": column("enhanced_altitude", "altitude"),
        "cadence": column("cadence"),
        "fraction": column("fractional_cadence"),
        "heart_rate": column("heart_rate"),
        "stance_time": column("stance_time"),
        "vertical_oscillation": column("vertical_oscillation"),
    }


def _furthest(records: Sequence[Row]) -> float | None:
    reached = [n for row in records if (n := number(row.get("distance"))) is not None]
    return max(reached, default=None)


def _spanned(time_s: Array) -> float | None:
    seen = time_s[np.isfinite(time_s)]
    return float(seen[-1] - seen[0]) if seen.size > 1 else None


def _timed(part: Messages, elapsed: float | None) -> float | None:
    stopped = sum(length for _, length in _pauses(part.all("event"), None, None))
    return None if elapsed is None else max(0.0, elapsed - stopped)


def _pauses(events: Sequence[Row], begin: float | None, end: float | None) -> tuple[tuple[float, float], ...]:
    """Find the stops of the timer, from each stop to the next start."""
    timer = [
        (s, row)
        for row in events
        if row.get("event") == "timer"
        if (s := fit_seconds(row.get("timestamp"))) is not None
    ]
    first = begin if begin is not None else (timer[0][0] if timer else 0.0)
    found, stopped = [], None
    for seconds, row in timer:
        if begin is not None and not within(seconds, begin, end):
            continue
        if str(row.get("event_type", "")).startswith("stop"):
            stopped = stopped if stopped is not None else seconds
        elif row.get("event_type") == "start" and stopped is not None:
            found.append((round(stopped - first, 3), round(seconds - stopped, 3)))
            stopped = None
    return tuple(pause for pause in found if pause[1] > 0)


def _climb(session: Row, altitude: Array) -> dict[str, float | None]:
    up, down = first_number(session, "total_ascent"), first_number(session, "total_descent")
    seen = altitude[np.isfinite(altitude)]
    varied = seen.size > 1 and np.ptp(seen) > 0
    if up is None and down is None and varied:
        up, down = track.climb(seen)
    # A zero beside altitudes that do move is a device that did not count.
    if not up and not down and varied:
        up, down = track.climb(seen)
    return {"ascent_m": rounded(up, 1), "descent_m": rounded(down, 1)}


def _cadence(session: Row, columns: dict[str, Array]) -> float | None:
    named = first_number(session, "avg_running_cadence", "avg_cadence")
    if named:
        whole = named + (first_number(session, "avg_fractional_cadence") or 0.0)
        return rounded(track.steps_per_minute(whole), 1)
    with_parts = columns["cadence"] + np.nan_to_num(columns["fraction"])
    walked = with_parts[np.isfinite(with_parts) & (with_parts > 0)]
    return rounded(track.steps_per_minute(float(walked.mean())), 1) if walked.size else None


def _mean_of(session: Row, names: Sequence[str], samples: Array) -> float | None:
    """Return the session's own mean, or that of the samples without the zeros that sensors write at rest."""
    named = first_number(session, *names)
    seen = samples[np.isfinite(samples) & (samples > 0)]
    return rounded(named or (float(seen.mean()) if seen.size else None), 1)


def _lap(lap: Row, sport: str) -> Lap:
    cadence = first_number(lap, "avg_running_cadence", "avg_cadence")
    whole = (cadence or 0.0) + (first_number(lap, "avg_fractional_cadence") or 0.0)
    return Lap(
        distance_m=rounded(first_number(lap, "total_distance"), 2),
        elapsed_s=rounded(first_number(lap, "total_elapsed_time"), 3),
        cadence_spm=round(track.steps_per_minute(whole), 1) if cadence and sport in sports.MAYBE_RUNNING else None,
    )


def _terrain(columns: dict[str, Array]) -> Any:
    along = columns["distance"]
    located = np.isfinite(columns["lat"]) & np.isfinite(columns["lon"])
    if not np.isfinite(along).any() and located.sum() > 1:
        along = np.full(len(located), np.nan)
        steps = track.straight_lines(columns["lat"][located], columns["lon"][located])
        along[located] = np.concatenate([[0.0], np.cumsum(steps)])
    rising = np.where(np.isfinite(along), np.fmax.accumulate(np.nan_to_num(along, nan=-np.inf)), np.nan)
    return track.terrain(columns["lat"], columns["lon"], rising, columns["altitude"])


def _extra(session: Row, records: Sequence[Row], units: dict[str, str]) -> Row:
    """Means of running dynamics and developer fields; each developer field with the unit that its app named."""
    extra: Row = {}
    for name in DYNAMICS:
        mean = number(session.get(f"avg_{name}")) or _mean(row.get(name) for row in records)
        if mean is not None:
            extra[name] = round(mean, 2)
    developed = {
        name.removesuffix(" (developer)"): {"mean": round(mean, 4), "max": round(top, 4), "unit": unit}
        for name, unit in sorted(units.items())
        if (mean := _mean(row.get(name) for row in records)) is not None
        and (top := max((n for row in records if (n := number(row.get(name))) is not None), default=None)) is not None
    }
    return extra | ({"developer": developed} if developed else {})


def _mean(values: Iterable[Any]) -> float | None:
    seen = [n for value in values if (n := number(value)) is not None and n != 0]
    return float(np.mean(seen)) if seen else None
