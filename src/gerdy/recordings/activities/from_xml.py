"""From the texts of a GPX or TCX track to an activity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from gerdy.recordings.activities import sports, track
from gerdy.recordings.activities.activity import ActivitiesRead, Activity, Damage
from gerdy.recordings.activities.columns import Clock, believable, clock, moment, numbers
from gerdy.recordings.activities.gpx import GPX
from gerdy.recordings.activities.tcx import TCX
from gerdy.recordings.activities.xml_track import POINT_FIELDS, XmlTrack, read_xml
from gerdy.recordings.data import Problem
from gerdy.records import Lap

if TYPE_CHECKING:
    from datetime import datetime

    from gerdy.quantities import Array
    from gerdy.recordings.activities.xml_track import Layout, XmlRead

Columns = dict[str, "Array"]


def read_gpx(content: bytes, now: datetime) -> ActivitiesRead:
    """Read the tracks of a GPX file."""
    return _read(content, GPX, now)


def read_tcx(content: bytes, now: datetime) -> ActivitiesRead:
    """Read the activities of a TCX file."""
    return _read(content, TCX, now)


def _read(content: bytes, layout: Layout, now: datetime) -> ActivitiesRead:
    read = read_xml(content, layout)
    activities = tuple(_activity(one, now) for one in read.tracks)
    metadata = {"format": "gpx" if layout is GPX else "tcx", "device": read.creator or None}
    return ActivitiesRead(activities, metadata, damage=_damage(read))


def _damage(read: XmlRead) -> Damage | None:
    if read.broken_at is None:
        return None
    points = sum(len(one.points) for one in read.tracks)
    before = f"{points} points" if points else ""
    return Damage(read.broken_at, f"The XML breaks off or is not well formed ({read.reason})", before)


def _activity(source: XmlTrack, now: datetime) -> Activity:
    columns, times = _columns(source), clock([point[0] for point in source.points], now)
    start = times.start or _named_start(source, now)
    along, device_m = _distance(source, columns)
    elapsed = _last(times.time_s)
    pauses, moving = _pauses(source, times, along)
    total = device_m if device_m is not None else _last(along)
    stood, problems = _stood_still(total, elapsed), list(times.problems)
    if stood:
        problems.append(stood)
    if not source.points and not source.laps:
        problems.append(Problem("no_points", "The track has no points: nothing was recorded."))
    ascent, descent = _climb(columns["altitude_m"])
    sport = sports.sport_word(source.sport)
    return Activity(
        sport=sport,
        sub_sport=source.sport or None,
        start=start,
        elapsed_s=_rounded(elapsed if elapsed is not None else moving, 3),
        moving_s=None if stood else _rounded(moving, 3),
        distance_m=None if stood else _rounded(total, 2),
        ascent_m=ascent,
        descent_m=descent,
        cadence_spm=_cadence(source, columns["cadence"]) if sport in sports.MAYBE_RUNNING else None,
        heart_rate_bpm=_rounded(_mean(columns["heart_rate_bpm"]), 1),
        treadmill=sports.is_treadmill(source.sport),
        surface=sports.surface_word(source.sport),
        laps=tuple(_lap(lap) for lap in source.laps),
        pauses_s=() if stood else pauses,
        terrain=None if stood else track.terrain(columns["lat"], columns["lon"], along, columns["altitude_m"]),
        problems=tuple(problems),
    )


def _columns(source: XmlTrack) -> Columns:
    texts: list[Any] = list(zip(*source.points, strict=True)) or [()] * len(POINT_FIELDS)
    return {name: numbers(text) for name, text in zip(POINT_FIELDS[1:], texts[1:], strict=True)}


def _named_start(source: XmlTrack, now: datetime) -> datetime | None:
    named = moment(source.identifier)
    return named if all(believable([named], now)) else None


def _distance(source: XmlTrack, columns: Columns) -> tuple[Array, float | None]:
    """Distance along the points, and the device's own total where it wrote one."""
    laps = numbers([lap.get("DistanceMeters") for lap in source.laps])
    total = float(np.nansum(laps)) if np.isfinite(laps).any() else None
    device = columns["distance_m"]
    if np.isfinite(device).any():
        return device, total if total is not None else _last(device)
    located = np.isfinite(columns["lat"]) & np.isfinite(columns["lon"])
    along = np.full(len(located), np.nan)
    if located.any():
        steps = track.straight_lines(columns["lat"][located], columns["lon"][located])
        along[located] = np.concatenate([[0.0], np.cumsum(steps)])
    return along, total


def _pauses(source: XmlTrack, times: Clock, along: Array) -> tuple[tuple[tuple[float, float], ...], float | None]:
    timers = numbers([lap.get("TotalTimeSeconds") for lap in source.laps])
    seen = np.isfinite(times.time_s) & np.isfinite(along)
    rising = np.flatnonzero(seen)
    found: tuple[tuple[float, float], ...] = ()
    moving = None
    if len(rising) > 1:
        order = rising[np.argsort(times.time_s[rising], kind="stable")]
        found, moving = track.pauses(times.time_s[order], np.maximum.accumulate(along[order]))
    if np.isfinite(timers).any():
        # The device's timer is believed before the standing that the points show.
        moving = float(np.nansum(timers))
    return found, moving


def _stood_still(total: float | None, elapsed: float | None) -> Problem | None:
    if total is None or elapsed is None or total > 0 or elapsed <= 0:
        return None
    return Problem(
        "no_distance",
        f"All points lie on one place for {elapsed:.0f} s, as a treadmill run without a sensor is written: "
        "time is recorded, distance is not.",
    )


def _climb(altitude: Array) -> tuple[float | None, float | None]:
    seen = altitude[np.isfinite(altitude)]
    # One height for all points is a device that has none.
    if seen.size < 2 or np.ptp(seen) == 0:
        return None, None
    up, down = track.climb(seen)
    return round(up, 1), round(down, 1)


def _cadence(source: XmlTrack, samples: Array) -> float | None:
    walked = samples[np.isfinite(samples) & (samples > 0)]
    if walked.size:
        return round(track.steps_per_minute(float(walked.mean())), 1)
    laps = numbers([lap.get("AvgRunCadence") or lap.get("Cadence") for lap in source.laps])
    turned = laps[np.isfinite(laps) & (laps > 0)]
    return round(track.steps_per_minute(float(turned.mean())), 1) if turned.size else None


def _lap(lap: dict[str, str]) -> Lap:
    distance, timer, cadence = numbers(
        [
            lap.get("DistanceMeters"),
            lap.get("TotalTimeSeconds"),
            lap.get("AvgRunCadence") or lap.get("Cadence"),
        ]
    ).tolist()
    return Lap(
        distance_m=_rounded(distance, 2),
        elapsed_s=_rounded(timer, 3),
        cadence_spm=_rounded(track.steps_per_minute(cadence), 1) if cadence > 0 else None,
    )


def _mean(values: Array) -> float | None:
    seen = values[np.isfinite(values) & (values > 0)]
    return float(seen.mean()) if seen.size else None


def _last(values: Array) -> float | None:
    seen = values[np.isfinite(values)]
    return float(seen.max()) if seen.size else None


def _rounded(number: float | None, digits: int) -> float | None:
    return None if number is None or not np.isfinite(number) else round(number, digits)
