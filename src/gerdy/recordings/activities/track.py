"""What follows from the points of a track: length, pauses, climb, slope and turns. Pure functions on arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gerdy import evidence
from gerdy.records import Terrain

if TYPE_CHECKING:
    from collections.abc import Callable

    from gerdy.quantities import Array

EARTH_RADIUS_M: Final = 6_371_008.8
"""Mean radius of the Earth (IUGG), for straight lines on a sphere."""

GRADE_NAMES: Final = ("steep down", "down", "level", "up", "steep up")


def straight_lines(latitude: Array, longitude: Array) -> Array:
    """Length of each straight line between neighbouring points on a sphere (haversine).

    Parameters
    ----------
    latitude, longitude : (points,) degrees; NaN where a point has no position

    Returns
    -------
    (points - 1,) m; NaN beside a point without position
    """
    phi, lam = np.radians(latitude), np.radians(longitude)
    half = np.sin(np.diff(phi) / 2) ** 2 + np.cos(phi[:-1]) * np.cos(phi[1:]) * np.sin(np.diff(lam) / 2) ** 2
    length: Array = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return length


def pauses(time_s: Array, distance_m: Array) -> tuple[tuple[tuple[float, float], ...], float]:
    """Find the stops of a track that carries no timer events.

    Parameters
    ----------
    time_s : (points,) s from the start, rising
    distance_m : (points,) m from the start

    Returns
    -------
    ((start s, length s), …) and the time that is left, moving, in s
    """
    step = np.diff(time_s)
    still = np.diff(distance_m) < evidence.value("house_import.moving_speed") * step
    edges = np.flatnonzero(np.diff(np.concatenate([[0], still.astype(int), [0]])))
    begins, ends = time_s[edges[::2]], time_s[edges[1::2]]
    long = ends - begins >= evidence.value("house_import.pause_length")
    found = tuple((round(float(b), 3), round(float(e - b), 3)) for b, e in zip(begins[long], ends[long], strict=True))
    return found, float(time_s[-1] - time_s[0]) - sum(length for _, length in found)


def climb(altitude_m: Array) -> tuple[float, float]:
    """Climb and descent, both positive, from turning points that lie a registered step apart.

    Parameters
    ----------
    altitude_m : (points,) m, all recorded

    Returns
    -------
    (ascent, descent) m
    """
    step = evidence.value("house_import.climb_step")
    up = down = 0.0
    held = float(altitude_m[0])
    for height in altitude_m.tolist():
        change = height - held
        if abs(change) >= step:
            up, down = (up + change, down) if change > 0 else (up, down - change)
            held = height
    return up, down


def distance_by_grade(distance_m: Array, altitude_m: Array) -> dict[str, float]:
    """How far the runner went at each class of slope.

    Parameters
    ----------
    distance_m, altitude_m : (points,) m, all recorded, distance not falling

    Returns
    -------
    m by class, from ``steep down`` to ``steep up``; all zero for a track shorter than one window
    """
    window = evidence.value("house_import.grade_window")
    marks = np.arange(distance_m[0], distance_m[-1] + 1e-9, window)
    grade_percent = 100 * np.diff(np.interp(marks, distance_m, altitude_m)) / window
    edges = np.array(evidence.entry("house_import.grade_edges").value, dtype=float)
    counts = np.bincount(np.searchsorted(edges, grade_percent), minlength=len(GRADE_NAMES))
    return {name: float(n * window) for name, n in zip(GRADE_NAMES, counts, strict=True)}


def turning(latitude: Array, longitude: Array, distance_m: Array) -> tuple[float, float]:
    """How much the path turned per km: in all, and right less left.

    Parameters
    ----------
    latitude, longitude : (points,) degrees, all recorded
    distance_m : (points,) m, not falling

    Returns
    -------
    (deg/km, deg/km); NaN for a track shorter than three steps
    """
    marks = np.arange(distance_m[0], distance_m[-1], evidence.value("house_import.turn_step"))
    if len(marks) < 4:
        return float("nan"), float("nan")
    north = np.interp(marks, distance_m, latitude)
    east = np.interp(marks, distance_m, longitude) * np.cos(np.radians(north.mean()))
    heading = np.arctan2(np.diff(east), np.diff(north))
    turn = np.degrees(np.angle(np.exp(1j * np.diff(heading))))
    km = (marks[-1] - marks[0]) / 1000
    return float(np.abs(turn).sum() / km), float(turn.sum() / km)


def steps_per_minute(cadence: float) -> float:
    """Return steps per minute of both feet from a value that may count one foot only."""
    return cadence * 2 if cadence < evidence.value("house_import.one_foot_cadence_limit") else cadence


def terrain(latitude: Array, longitude: Array, distance_m: Array, altitude_m: Array) -> Terrain | None:
    """Slope and turn hints of a track; None where neither position nor altitude was recorded.

    Parameters
    ----------
    latitude, longitude : (points,) degrees; NaN where missing
    distance_m, altitude_m : (points,) m; NaN where missing
    """
    grades = _where_recorded(distance_by_grade, distance_m, altitude_m)
    turns = _where_recorded(lambda d, la, lo: turning(la, lo, d), distance_m, latitude, longitude)
    if grades is None and turns is None:
        return None
    total, net = (None, None) if turns is None or np.isnan(turns[0]) else (round(turns[0], 1), round(turns[1], 1))
    return Terrain(distance_by_grade_m=grades, turn_deg_per_km=total, net_turn_deg_per_km=net)


def _where_recorded(function: Callable[..., Any], distance_m: Array, *others: Array) -> Any:
    """Call `function` on the points where everything was recorded; None where too few were."""
    seen = np.isfinite(distance_m) & np.all([np.isfinite(other) for other in others], axis=0)
    if seen.sum() < 2 or distance_m[seen][-1] <= distance_m[seen][0]:
        return None
    return function(distance_m[seen], *(other[seen] for other in others))
