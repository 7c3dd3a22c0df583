"""Which columns of a storage file are joint coordinates, and in which unit they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy.errors import FileUnreadable
from gerdy.recordings.data import Coordinates, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gerdy.quantities import Array

_TRANSLATION: Final = re.compile(r"_t[xyz]$", re.IGNORECASE)
_JOINT: Final = re.compile(r"^(pelvis|hip|knee|ankle|subtalar|mtp|lumbar|arm|elbow|pro_sup|wrist)_", re.IGNORECASE)
_FULL_TURN: Final = 2 * np.pi


def is_translation(name: str) -> bool:
    """Tell whether a coordinate is a length, such as ``pelvis_tx``, and not an angle."""
    return bool(_TRANSLATION.search(name))


def coordinates_from(
    columns: Sequence[str], table: Array, in_degrees: bool | None, path: Path
) -> tuple[Coordinates, tuple[Problem, ...]]:
    """Build joint coordinates from a table.

    Names of states such as ``/jointset/hip_r/hip_flexion_r/value`` are shortened to the coordinate.

    Parameters
    ----------
    in_degrees : as the header says; None where it is silent, then radians as in OpenSim

    Raises
    ------
    FileUnreadable : no column is a joint coordinate, or time does not increase
    """
    chosen = _choose(columns)
    names = tuple(name for _, name in chosen)
    if not any(_JOINT.match(name) for name in names):
        raise FileUnreadable(
            f"{path.name} holds neither joint coordinates nor ground reactions (its columns: "
            f"{', '.join(columns[1:4])}, …); expected names such as hip_flexion_r or ground_force_r_vx. "
            "Export inverse kinematics or external loads."
        )
    if not np.isfinite(table[:, 0]).all() or (np.diff(table[:, 0]) <= 0).any():
        raise FileUnreadable(
            f"{path.name}: its time column stands still or goes back; expected times that increase. Export it again."
        )
    values = table[:, [i for i, _ in chosen]]
    turns = np.array([not is_translation(name) for name in names])
    problems = _unit_problem(values[:, turns], in_degrees, path)
    values = np.where(turns, np.radians(values), values) if in_degrees else values
    return Coordinates(names, values, table[:, 0]), problems


def _choose(columns: Sequence[str]) -> list[tuple[int, str]]:
    named = list(enumerate(columns))[1:]
    states = [(i, name.split("/")[-2]) for i, name in named if name.endswith("/value") and name.count("/") > 1]
    return states or named


def _unit_problem(angles: Array, in_degrees: bool | None, path: Path) -> tuple[Problem, ...]:
    largest = float(np.nanmax(np.abs(angles), initial=0.0))
    if in_degrees or largest <= _FULL_TURN:
        return ()
    message = (
        f"Angles reach {largest:.0f} and the header {'is silent' if in_degrees is None else 'says radians'}; "
        "they were read as radians, as OpenSim does. Add 'inDegrees=yes' to the header if they are degrees."
    )
    return (Problem("angle_unit_doubtful", message, path.name),)
