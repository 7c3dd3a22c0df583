"""MOT and STO: joint coordinates and ground reactions as text, in OpenSim's format."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy.errors import FileUnreadable
from gerdy.recordings.coordinate_columns import coordinates_from, is_translation
from gerdy.recordings.data import Coordinates, Forces, Problem, Read, Recording
from gerdy.recordings.files import as_text, fingerprint, read_bytes, whole_file
from gerdy.recordings.force_columns import column_stem, find_plates, forces_from
from gerdy.recordings.tables import header_number, header_words, parse_rows

if TYPE_CHECKING:
    from gerdy.quantities import Array

_EXPECTED: Final = "an OpenSim storage file (MOT or STO)"
_HEADER_LIMIT: Final = 500


@dataclass(frozen=True, slots=True)
class StorageHeader:
    """What stands above the numbers of a storage file.

    Parameters
    ----------
    values : lower-case key → text, for example ``nrows`` → ``5150``
    columns : names, time first
    first_row : index of the first line of numbers
    """

    values: dict[str, str]
    columns: tuple[str, ...]
    first_row: int

    @property
    def rows(self) -> float:
        """Rows promised, NaN where the header is silent."""
        return header_number(self.values.get("nrows", self.values.get("datarows", "")))

    @property
    def in_degrees(self) -> bool | None:
        """Whether angles are degrees; None where the header is silent.

        A header without a version is OpenSim's oldest, whose angles OpenSim takes as degrees.
        """
        said = self.values.get("indegrees", "").lower()
        if said in {"yes", "true", "y", "1"}:
            return True
        if said in {"no", "false", "n", "0"}:
            return False
        return None if "version" in self.values else True


def read_storage(path: str | Path) -> Read:
    """Read a MOT or STO file of joint coordinates or of ground reactions; the column names tell which.

    Returns
    -------
    forces in newtons with points in metres, or coordinates in radians and metres

    Raises
    ------
    FileUnreadable : missing, empty, cut off, of another kind, or with neither coordinates nor forces
    """
    path = Path(path)
    content = read_bytes(path)
    lines = as_text(content, path, _EXPECTED).split("\n")
    header = read_header(lines, path)
    table = parse_rows(lines[header.first_row :], len(header.columns), path, header.first_row + 1)
    problems = _check_count(header, len(table), path)
    plates = find_plates(header.columns)
    if plates:
        forces, more = forces_from(header.columns, plates, table, path)
        recording, kind = Recording(forces=forces), "forces"
    else:
        coordinates, more = coordinates_from(header.columns, table, header.in_degrees, path)
        recording, kind = Recording(coordinates=coordinates), "coordinates"
    metadata = {
        "format": path.suffix.lower().lstrip(".") or "mot",
        "file": path.name,
        "sha256": fingerprint(content),
        "kind": kind,
        "rows": len(table),
        "columns": list(header.columns),
        "in_degrees": header.in_degrees,
    }
    return Read(recording, metadata, (*problems, *more))


def write_coordinates(path: str | Path, coordinates: Coordinates) -> None:
    """Write joint coordinates as a MOT file, angles in degrees; OpenSim reads it.

    Raises
    ------
    OutputBlocked : the place cannot be written; nothing half-written is left behind
    """
    turns = [not is_translation(name) for name in coordinates.names]
    values = np.where(turns, np.degrees(coordinates.values), coordinates.values)
    _write(Path(path), ("time", *coordinates.names), coordinates.time_s, values, in_degrees=True)


def write_forces(path: str | Path, forces: Forces) -> None:
    """Write ground reactions as a MOT file that OpenSim's external loads read.

    A missing point is written as zero: OpenSim has no word for *no contact*, and reading such a row
    back gives NaN again because its force is too small to have a point.

    Raises
    ------
    OutputBlocked : the place cannot be written; nothing half-written is left behind
    """
    names = ["time"]
    blocks = []
    for i, plate in enumerate(forces.names):
        stem = column_stem(plate)
        names += [f"ground_force_{stem}_{kind}{axis}" for kind in "vp" for axis in "xyz"]
        names += [f"ground_torque_{stem}_{axis}" for axis in "xyz"]
        blocks += [forces.force_n[:, i], forces.point_m[:, i], forces.free_moment_nm[:, i]]
    values = np.nan_to_num(np.concatenate(blocks, axis=1))
    _write(Path(path), tuple(names), forces.time_s, values, in_degrees=False)


def read_header(lines: list[str], path: Path) -> StorageHeader:
    """Read the header of a storage file, in the old and the new forms.

    Raises
    ------
    FileUnreadable : no ``endheader`` or no column names
    """
    ends = (i for i, line in enumerate(lines[:_HEADER_LIMIT]) if line.strip().lower() == "endheader")
    end = next(ends, None)
    if end is None:
        raise FileUnreadable(
            f"{path.name} begins with '{lines[0].strip()[:40]}' and has no line 'endheader'; "
            f"expected {_EXPECTED}. Check the file's name, or export it again."
        )
    names = next((i for i in range(end + 1, len(lines)) if lines[i].strip()), None)
    columns = tuple(header_words(lines[names])) if names is not None else ()
    if names is None or len(columns) < 2 or columns[0].lower() != "time":
        raise FileUnreadable(
            f"{path.name} has no row of column names that starts with 'time' after its header; expected one. "
            "Export the file again."
        )
    return StorageHeader(dict(_pair(line) for line in lines[:end] if line.strip()), columns, names + 1)


def _pair(line: str) -> tuple[str, str]:
    text = line.strip().replace("=", " ", 1)
    key, _, value = text.partition(" ")
    return key.strip().lower(), value.strip()


def _check_count(header: StorageHeader, rows: int, path: Path) -> tuple[Problem, ...]:
    if rows == 0 or rows < header.rows:
        raise FileUnreadable(
            f"{path.name} ends early: its header promises {header.rows:.0f} rows and {rows} are there. "
            "Export or copy the file again, or correct nRows if that is all there ever was."
        )
    if rows > header.rows:
        message = f"The header promises {header.rows:.0f} rows, the file holds {rows}; all of them were read."
        return (Problem("row_count_differs", message, path.name),)
    return ()


def _write(path: Path, columns: tuple[str, ...], time_s: Array, values: Array, *, in_degrees: bool) -> None:
    head = (
        f"{path.stem}\nversion=1\nnRows={len(values)}\nnColumns={len(columns)}\n"
        f"inDegrees={'yes' if in_degrees else 'no'}\nendheader\n" + "\t".join(columns) + "\n"
    )
    cells = np.char.mod("%.9g", np.column_stack([time_s, values]))
    with whole_file(path) as part:
        part.write_text(head + "".join("\t".join(row) + "\n" for row in cells.tolist()), encoding="utf-8")
