"""Which columns of a storage file are ground reactions, and what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy import evidence
from gerdy.errors import FileUnreadable
from gerdy.recordings.data import Forces, Problem
from gerdy.recordings.timing import uniform

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gerdy.quantities import Array, Flags

_FORCE: Final = re.compile(r"^(?P<stem>.*force.*?)_?v(?P<axis>[xyz])$", re.IGNORECASE)
_SIDES: Final = {"l": "left", "left": "left", "r": "right", "right": "right"}


@dataclass(frozen=True, slots=True)
class PlateColumns:
    """Where one plate or foot stands in a table.

    Parameters
    ----------
    name : ``left``, ``right`` or ``plate N``
    force, point, torque : column numbers of x, y, z; `point` and `torque` are empty where not recorded
    """

    name: str
    force: tuple[int, ...]
    point: tuple[int, ...]
    torque: tuple[int, ...]


def find_plates(columns: Sequence[str]) -> tuple[PlateColumns, ...]:
    """Find the ground reactions among column names.

    Examples
    --------
    >>> names = [f"ground_force_r_{kind}{axis}" for kind in "vp" for axis in "xyz"]
    >>> [plate.name for plate in find_plates(["time", *names])]
    ['right']
    """
    lower = [name.lower() for name in columns]
    stems = list(dict.fromkeys(m["stem"] for name in lower if (m := _FORCE.match(name))))
    whole = [stem for stem in stems if _columns(lower, stem, "v")]
    names = [_name(stem, i) for i, stem in enumerate(whole, start=1)]
    if len(set(names)) < len(names):
        names = [f"plate {i}" for i in range(1, len(whole) + 1)]
    return tuple(
        PlateColumns(name, _columns(lower, stem, "v"), _columns(lower, stem, "p"), _torque(lower, stem))
        for name, stem in zip(names, whole, strict=True)
    )


def column_stem(plate: str) -> str:
    """Return the middle of a column name for a plate: ``r``, ``l``, or its number."""
    return {"left": "l", "right": "r"}.get(plate, plate.removeprefix("plate ").replace(" ", "_"))


def forces_from(
    columns: Sequence[str], plates: Sequence[PlateColumns], table: Array, path: Path
) -> tuple[Forces, tuple[Problem, ...]]:
    """Build ground reactions from a table.

    Returns
    -------
    forces with NaN points where too little force acts for a point; problems

    Raises
    ------
    FileUnreadable : time does not increase evenly, or a force cell is blank
    """
    grid = uniform(table[:, 0], float("nan"), path)
    force = np.stack([table[:, plate.force] for plate in plates], axis=1)
    if np.isnan(force).any():
        row = int(np.flatnonzero(np.isnan(force).any(axis=(1, 2)))[0]) + 1
        raise FileUnreadable(
            f"{path.name}: a force is missing in row {row}, first of the columns {', '.join(columns[1:4])}; "
            "expected a number, 0 where nothing touches the plate. Export the file again."
        )
    loaded = np.linalg.norm(force, axis=2) >= evidence.value("house_recordings.point_force")
    point = np.where(loaded[:, :, None], _stack(table, [plate.point for plate in plates]), np.nan)
    moment = np.nan_to_num(_stack(table, [plate.torque for plate in plates]))
    point, moment, unit_problems = _metres(point, moment, loaded, path)
    forces = Forces(
        tuple(plate.name for plate in plates),
        grid.spread(force),
        grid.spread(point),
        grid.spread(moment),
        grid.rate_hz,
        grid.start_s,
    )
    return forces, (*grid.problems, *unit_problems)


def _columns(lower: Sequence[str], stem: str, kind: str) -> tuple[int, ...]:
    for joint in ("_", ""):
        names = [f"{stem}{joint}{kind}{axis}" for axis in "xyz"]
        if all(name in lower for name in names):
            return tuple(lower.index(name) for name in names)
    return ()


def _torque(lower: Sequence[str], stem: str) -> tuple[int, ...]:
    for word in ("torque", "moment"):
        for kind in ("", "m", "t"):
            if found := _columns(lower, stem.replace("force", word), kind):
                return found
    return _columns(lower, stem, "m")


def _name(stem: str, number: int) -> str:
    for word in re.split(r"[_\W]+", stem):
        if word in _SIDES:
            return _SIDES[word]
    return f"plate {number}"


def _stack(table: Array, columns: Sequence[tuple[int, ...]]) -> Array:
    absent = np.full((len(table), 3), np.nan)
    return np.stack([table[:, c] if c else absent for c in columns], axis=1)


def _metres(point: Array, moment: Array, loaded: Flags, path: Path) -> tuple[Array, Array, tuple[Problem, ...]]:
    reach = np.abs(point[loaded]) if loaded.any() else np.zeros((1, 3))
    largest = float(np.nanmax(reach, initial=0.0))
    if largest <= evidence.value("house_recordings.lab_reach"):
        return point, moment, ()
    message = (
        f"Points of force reach {largest:.0f} from the origin, too far for metres; "
        "points were taken as millimetres and moments as newton millimetres."
    )
    return point * 1e-3, moment * 1e-3, (Problem("points_in_millimetres", message, path.name),)
