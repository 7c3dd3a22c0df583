"""C3D: markers, analog channels and force plates."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from gerdy.errors import FileUnreadable, MissingExtra
from gerdy.recordings.c3d_header import check_c3d
from gerdy.recordings.c3d_plates import read_plates
from gerdy.recordings.data import Analog, Markers, Problem, Read, Recording
from gerdy.recordings.files import fingerprint, read_bytes
from gerdy.recordings.points import METRES_PER, blank_missing, refuse_invisible, told_apart

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gerdy.quantities import Array

_MODEL_OUTPUTS = ("ANGLES", "FORCES", "MOMENTS", "POWERS", "SCALARS", "MODELED_MARKERS")


def read_c3d(path: str | Path) -> Read:
    """Read markers, analog channels and force plates of a C3D file.

    Returns
    -------
    markers in metres, NaN where a sample is NaN, has a negative residual or is the point (0, 0, 0);
    forces of plates of types 2, 3 and 4 on the runner, in newtons and laboratory axes; None without plates
    or samples

    Raises
    ------
    FileUnreadable : missing, empty, cut off, damaged, or not a C3D file
    RecordingImplausible : not one visible sample
    MissingExtra : ezc3d is not installed
    """
    path = Path(path)
    content = read_bytes(path)
    check_c3d(content, path)
    file = _open(path)
    unit, scale, problems = _unit(file, path)
    markers = _markers(file, scale)
    refuse_invisible(markers, path)
    analog = _analog(file)
    forces, force_problems = read_plates(file["parameters"], analog, scale, path)
    metadata = {
        "format": "c3d",
        "file": path.name,
        "sha256": fingerprint(content),
        "kind": "markers and forces" if forces else "markers",
        "rate_hz": markers.rate_hz,
        "frames": len(markers.xyz_m),
        "labels": list(markers.labels),
        "units": unit,
        "analog_rate_hz": analog.rate_hz if analog else None,
        "analog_labels": list(analog.names) if analog else [],
        "plate_types": [int(t) for t in values(file["parameters"], "FORCE_PLATFORM", "TYPE")],
    }
    return Read(Recording(markers, forces, analog=analog), metadata, (*problems, *force_problems))


def values(parameters: Mapping[str, Any], group: str, name: str) -> list[Any]:
    """Return the values of a parameter, empty where the file has none."""
    found = parameters.get(group, {}).get(name, {}).get("value", [])
    return list(np.ravel(np.asarray(found), order="F"))


def _open(path: Path) -> Any:
    try:
        ezc3d = importlib.import_module("ezc3d")
    except ImportError as error:
        raise MissingExtra("ezc3d", "mocap", "Reading a C3D file") from error
    try:
        return ezc3d.c3d(str(path))
    except (OSError, RuntimeError, ValueError, IndexError, MemoryError) as error:
        reason = str(error).removesuffix(": iostream error").rstrip(". ")
        raise FileUnreadable(
            f"{path.name} cannot be read as C3D ({reason}); expected an unbroken file of that format. "
            "Export or copy it again."
        ) from error


def _unit(file: Any, path: Path) -> tuple[str, float, tuple[Problem, ...]]:
    stated = [str(unit).strip() for unit in values(file["parameters"], "POINT", "UNITS")]
    unit = stated[0] if stated else ""
    if unit.lower() in METRES_PER:
        return unit, METRES_PER[unit.lower()], ()
    message = f"The file gives the unit of its points as '{unit}'; millimetres were assumed."
    return unit, 1e-3, (Problem("unit_assumed", message, path.name),)


def _markers(file: Any, scale: float) -> Markers:
    points = file["data"]["points"]
    labels = _labels(file["parameters"], points.shape[1])
    keep = [i for i, label in enumerate(labels) if label not in _outputs(file["parameters"])]
    xyz = np.ascontiguousarray(np.moveaxis(points[:3], (0, 1, 2), (2, 1, 0)))
    residual = file["data"]["meta_points"]["residuals"][0].T
    xyz = np.where((residual < 0)[:, :, None], np.nan, xyz)
    rate = float(file["header"]["points"]["frame_rate"])
    start = float(file["header"]["points"]["first_frame"]) / rate
    return Markers(told_apart(_bare([labels[i] for i in keep])), blank_missing(xyz[:, keep]) * scale, rate, start)


def _labels(parameters: Mapping[str, Any], count: int) -> list[str]:
    names = [n for n in ("LABELS", *(f"LABELS{i}" for i in range(2, 10))) if n in parameters.get("POINT", {})]
    labels = [str(label).strip() for name in names for label in values(parameters, "POINT", name)]
    labels += [f"point {i}" for i in range(len(labels) + 1, count + 1)]
    return labels[:count]


def _outputs(parameters: Mapping[str, Any]) -> set[str]:
    """Return the labels that hold a model's angles or moments, not positions of markers."""
    return {str(v).strip() for name in _MODEL_OUTPUTS for v in values(parameters, "POINT", name)} - {""}


def _bare(labels: list[str]) -> list[str]:
    """Drop the subject's name that some systems write before each label (``Anna:RASI``)."""
    prefixes = {label.partition(":")[0] for label in labels if ":" in label}
    if len(prefixes) != 1:
        return labels
    return [label.removeprefix(f"{next(iter(prefixes))}:") for label in labels]


def _analog(file: Any) -> Analog | None:
    samples: Array = file["data"]["analogs"][0].T
    if samples.size == 0:
        return None
    parameters = file["parameters"]
    rate = float(file["header"]["analogs"]["frame_rate"])
    names = [str(v).strip() for v in values(parameters, "ANALOG", "LABELS")]
    units = [str(v).strip() for v in values(parameters, "ANALOG", "UNITS")]
    count = samples.shape[1]
    names += [f"channel {i}" for i in range(len(names) + 1, count + 1)]
    start = float(file["header"]["points"]["first_frame"]) / float(file["header"]["points"]["frame_rate"])
    return Analog(tuple(names[:count]), tuple((units + [""] * count)[:count]), samples, rate, start)
