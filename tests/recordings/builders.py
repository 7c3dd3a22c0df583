"""Small recordings made by hand for the tests of readers and cleaning."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from typing import TYPE_CHECKING

import numpy as np

from gerdy.recordings import Forces, Markers, Recording

if TYPE_CHECKING:
    from pathlib import Path

# A standing person who faces +x with +y up and +z to the right, in metres: what every set must know.
BODY = {
    "L.ASIS": (0.10, 1.00, -0.12),
    "R.ASIS": (0.10, 1.00, 0.12),
    "L.PSIS": (-0.10, 1.02, -0.05),
    "R.PSIS": (-0.10, 1.02, 0.05),
    "L.Iliac.Crest": (0.00, 1.08, -0.14),
    "R.Iliac.Crest": (0.00, 1.08, 0.14),
    "L.Heel.Bottom": (-0.05, 0.03, -0.10),
    "R.Heel.Bottom": (-0.05, 0.03, 0.10),
    "L.Heel.Top": (-0.05, 0.08, -0.10),
    "R.Heel.Top": (-0.05, 0.08, 0.10),
    "L.Heel.Lateral": (-0.02, 0.05, -0.13),
    "R.Heel.Lateral": (-0.02, 0.05, 0.13),
    "L.MT1": (0.15, 0.05, -0.06),
    "R.MT1": (0.15, 0.05, 0.06),
    "L.MT5": (0.12, 0.04, -0.15),
    "R.MT5": (0.12, 0.04, 0.15),
    "R.Shank.Top.Lateral": (0.02, 0.40, 0.15),
    "R.Shank.Top.Medial": (0.05, 0.40, 0.10),
    "R.Shank.Bottom.Lateral": (0.02, 0.25, 0.15),
    "R.Shank.Bottom.Medial": (0.05, 0.25, 0.10),
}


def standing(frames: int = 50, rate_hz: float = 100.0, sway_m: float = 0.02) -> Markers:
    """A person who sways slowly as one body, so that every marker moves."""
    time = np.arange(frames) / rate_hz
    sway = np.column_stack([np.sin(2 * np.pi * time), 0.1 * np.cos(2 * np.pi * time), np.cos(3 * time)]) * sway_m
    return Markers(tuple(BODY), np.array(list(BODY.values())) + sway[:, None], rate_hz)


def standing_forces(markers: Markers, weight_n: float = 600.0) -> Forces:
    """One plate that carries the person between the feet, sampled as the markers are."""
    count = len(markers.xyz_m)
    force = np.tile([5.0, weight_n, -3.0], (count, 1))[:, None]
    point = np.tile([0.04, 0.0, 0.01], (count, 1))[:, None]
    moment = np.tile([0.0, 1.5, 0.0], (count, 1))[:, None]
    return Forces(("plate 1",), force, point, moment, markers.rate_hz)


def turned(recording: Recording, rotation: np.ndarray) -> Recording:
    """The same recording in a laboratory whose axes are the columns of `rotation`."""
    markers = recording.markers
    forces = recording.forces
    return Recording(
        markers=markers and Markers(markers.labels, markers.xyz_m @ rotation.T, markers.rate_hz, markers.start_s),
        forces=forces
        and Forces(
            forces.names,
            forces.force_n @ rotation.T,
            forces.point_m @ rotation.T,
            forces.free_moment_nm @ rotation.T,
            forces.rate_hz,
            forces.start_s,
        ),
    )


def write_c3d(path: Path, *given: object, **options: object) -> Path:
    """Write a C3D with ezc3d: points (frames, markers, 3), analog (samples, channels), FORCE_PLATFORM by name.

    In a process of its own, because ezc3d cannot write where OpenSim has been loaded.
    """
    return _writer().submit(_write_c3d, path, *given, **options).result()


@cache
def _writer() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))


def _write_c3d(
    path: Path,
    points: np.ndarray,
    labels: list[str],
    *,
    units: str = "mm",
    rate_hz: float = 100.0,
    residuals: np.ndarray | None = None,
    analog: np.ndarray | None = None,
    analog_units: list[str] | None = None,
    plates: dict[str, np.ndarray] | None = None,
    extra: dict[tuple[str, str], object] | None = None,
) -> Path:
    ezc3d = __import__("ezc3d")
    file = ezc3d.c3d()
    file["parameters"]["POINT"]["RATE"]["value"] = [rate_hz]
    file["parameters"]["POINT"]["UNITS"]["value"] = [units]
    file["parameters"]["POINT"]["LABELS"]["value"] = labels
    data = np.ones((4, points.shape[1], points.shape[0]))
    data[:3] = points.transpose(2, 1, 0)
    file["data"]["points"] = data
    if residuals is not None:
        file["data"]["meta_points"]["residuals"] = residuals.T[None]
    if analog is not None:
        ratio = len(analog) // len(points)
        file["parameters"]["ANALOG"]["RATE"]["value"] = [rate_hz * ratio]
        file["parameters"]["ANALOG"]["LABELS"]["value"] = [f"A{i}" for i in range(analog.shape[1])]
        file["parameters"]["ANALOG"]["UNITS"]["value"] = analog_units or ["N"] * analog.shape[1]
        file["data"]["analogs"] = analog.T[None]
    for name, value in (plates or {}).items():
        file.add_parameter("FORCE_PLATFORM", name, np.asarray(value, dtype=float))
    for (group, name), value in (extra or {}).items():
        file.add_parameter(group, name, value)
    file.write(str(path))
    return path
