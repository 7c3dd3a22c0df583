"""The FORCE_PLATFORM group of a C3D file, turned into ground reactions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from gerdy import evidence
from gerdy.recordings.data import Forces, Problem
from gerdy.recordings.plates import CHANNELS, Plate, plate_reaction

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from gerdy.quantities import Array
    from gerdy.recordings.data import Analog


def read_plates(
    parameters: Mapping[str, Any], analog: Analog | None, metres: float, path: Path
) -> tuple[Forces | None, tuple[Problem, ...]]:
    """Read every plate that can be read; one that cannot is a problem, not an end.

    Parameters
    ----------
    parameters : groups of the file as ezc3d gives them
    analog : channels, None where the file holds no samples
    metres : metres per unit of the file's points, which corners and origins share

    Returns
    -------
    forces, None without a plate that can be read; problems
    """
    group = parameters.get("FORCE_PLATFORM", {})
    used = int(_array(group, "USED").ravel()[0]) if _array(group, "USED").size else 0
    if analog is None or used == 0:
        return None, ()
    problems: list[Problem] = []
    reactions = {}
    for number in range(used):
        name = f"plate {number + 1}"
        try:
            plate, channels, more = _plate(group, number, analog, metres)
        except _PlateUnreadable as error:
            problems.append(Problem("plate_unreadable", f"{error} It was left out.", f"{path.name}: {name}"))
            continue
        problems += [replace(problem, where=f"{path.name}: {name}") for problem in more]
        reactions[name] = plate_reaction(plate, channels, evidence.value("house_recordings.point_force"))
    if not reactions:
        return None, tuple(problems)
    force, point, moment = (np.stack(parts, axis=1) for parts in zip(*reactions.values(), strict=True))
    return Forces(tuple(reactions), force, point, moment, analog.rate_hz, analog.start_s), tuple(problems)


class _PlateUnreadable(Exception):
    """Raised when one plate's description is incomplete; ends as a `Problem`."""


def _plate(group: Mapping[str, Any], number: int, analog: Analog, metres: float) -> tuple[Plate, Array, list[Problem]]:
    kind = int(_item(group, "TYPE", number))
    if kind not in CHANNELS:
        raise _PlateUnreadable(f"The plate is of type {kind}; types 2, 3 and 4 can be read.")
    corners = _item(group, "CORNERS", number, (3, 4)).T * metres
    if np.linalg.norm(np.cross(corners[0] - corners[1], corners[0] - corners[3])) == 0.0:
        raise _PlateUnreadable("The plate's corners span no area.")
    origin, notes = _origin(_item(group, "ORIGIN", number, (3,)) * metres, kind)
    index = _item(group, "CHANNEL", number).ravel()[: CHANNELS[kind]].astype(int) - 1
    if len(index) < CHANNELS[kind] or index.min() < 0 or index.max() >= len(analog.names):
        raise _PlateUnreadable(f"The plate names channels that the file's {len(analog.names)} do not include.")
    scale = _channel_scale(kind, analog, index, metres)
    calibration = np.eye(6)
    if kind == 4:
        calibration = scale[:, None] * _calibration(group, number)
        scale = np.ones(6)
    return Plate(kind, corners, origin, calibration), analog.values[:, index] * scale, notes


def _origin(origin: Array, kind: int) -> tuple[Array, list[Problem]]:
    """Put the sensors below the surface, where they always are, whichever way the file's vector runs."""
    if origin[2] <= 0.0:
        return origin, []
    turned = np.array([abs(origin[0]), abs(origin[1]), -origin[2]]) if kind == 3 else -origin
    text = f"ORIGIN puts the sensors {origin[2] * 1e3:.0f} mm above the surface; the vector was reversed."
    return turned, [Problem("plate_origin_reversed", text)]


def _channel_scale(kind: int, analog: Analog, index: Array, metres: float) -> Array:
    """Return what turns the outputs of a plate into newtons and newton metres."""
    if kind == 3:
        return np.ones(8)
    unit = analog.units[int(index[3])].lower().replace(" ", "")
    lever = 1e-3 if "mm" in unit else 1.0 if unit in {"nm", "n.m", "n*m", "n·m"} else metres
    return np.array([1.0, 1.0, 1.0, lever, lever, lever])


def _calibration(group: Mapping[str, Any], number: int) -> Array:
    matrix: Array = _item(group, "CAL_MATRIX", number, (6, 6))
    stored = _array(group, "MATRIX_STORE")
    by_row = stored.size > 0 and "ROW" in str(stored.ravel()[0]).upper()
    return matrix.T if by_row else matrix


def _array(group: Mapping[str, Any], name: str) -> Any:
    return np.asarray(group.get(name, {}).get("value", []))


def _item(group: Mapping[str, Any], name: str, number: int, shape: tuple[int, ...] | None = None) -> Any:
    """Return one plate's part of a parameter, whose last axis counts plates."""
    array = _array(group, name)
    if array.size == 0 or array.shape[-1] <= number or (shape and array.shape[:-1] != shape):
        raise _PlateUnreadable(f"FORCE_PLATFORM:{name} has no entry for it (its shape is {array.shape}).")
    return array[..., number].astype(float)
