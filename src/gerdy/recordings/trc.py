"""TRC: markers as text, read with all its dialects and written so that OpenSim reads it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy.errors import FileUnreadable
from gerdy.recordings.data import Markers, Problem, Read, Recording
from gerdy.recordings.files import as_text, fingerprint, read_bytes, whole_file
from gerdy.recordings.points import METRES_PER, blank_missing, refuse_invisible, told_apart
from gerdy.recordings.tables import header_number, header_words, parse_rows
from gerdy.recordings.timing import uniform

if TYPE_CHECKING:
    from gerdy.quantities import Array

_EXPECTED: Final = "a TRC marker file"


@dataclass(frozen=True, slots=True)
class _Header:
    values: dict[str, str]
    labels: tuple[str, ...]
    first_row: int


def read_trc(path: str | Path) -> Read:
    """Read the markers of a TRC file.

    Returns
    -------
    markers in metres, NaN where a cell is blank or NaN or the point is exactly (0, 0, 0)

    Raises
    ------
    FileUnreadable : missing, empty, cut off, or not a TRC file
    RecordingImplausible : not one visible sample
    """
    path = Path(path)
    content = read_bytes(path)
    lines = as_text(content, path, _EXPECTED).split("\n")
    header = _header(lines, path)
    table = parse_rows(lines[header.first_row :], 2 + 3 * len(header.labels), path, header.first_row + 1)
    problems = _check_count(header, len(table), path)
    xyz, unit_problems = _metres(table[:, 2:].reshape(len(table), -1, 3), header, path)
    stated = header_number(header.values.get("datarate", ""))
    grid = uniform(table[:, 1], stated, path)
    markers = Markers(header.labels, blank_missing(grid.spread(xyz)), grid.rate_hz, grid.start_s)
    refuse_invisible(markers, path)
    metadata = {
        "format": "trc",
        "file": path.name,
        "sha256": fingerprint(content),
        "kind": "markers",
        "rate_hz": markers.rate_hz,
        "frames": len(markers.xyz_m),
        "labels": list(markers.labels),
        "units": header.values.get("units", ""),
    }
    return Read(Recording(markers=markers), metadata, (*problems, *unit_problems, *grid.problems))


def write_trc(path: str | Path, markers: Markers) -> None:
    """Write markers as a TRC file in millimetres; a missing sample is a blank cell.

    Each row ends with a tab: without it OpenSim misses a blank last cell.

    Raises
    ------
    OutputBlocked : the place cannot be written; nothing half-written is left behind
    """
    path = Path(path)
    frames, count = markers.xyz_m.shape[:2]
    rate = f"{markers.rate_hz:.10g}"
    head = "\n".join(
        (
            f"PathFileType\t4\t(X/Y/Z)\t{path.name}",
            "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames",
            f"{rate}\t{rate}\t{frames}\t{count}\tmm\t{rate}\t1\t{frames}",
            "Frame#\tTime\t" + "".join(f"{label}\t\t\t" for label in markers.labels).rstrip("\t"),
            "\t\t" + "\t".join(f"X{i}\tY{i}\tZ{i}" for i in range(1, count + 1)),
            "\n",
        )
    )
    cells = np.char.mod("%.6f", markers.xyz_m.reshape(frames, -1) * 1e3)
    cells[np.isnan(markers.xyz_m).reshape(frames, -1)] = ""
    with whole_file(path) as part:
        body = (
            f"{i}\t{t:.9g}\t" + "\t".join(row) + "\t\n"
            for i, (t, row) in enumerate(zip(markers.time_s, cells.tolist(), strict=True), start=1)
        )
        part.write_text(head + "".join(body), encoding="utf-8")


def _header(lines: list[str], path: Path) -> _Header:
    if not lines[0].lower().lstrip().startswith("pathfiletype"):
        raise FileUnreadable(
            f"{path.name} begins with '{lines[0].strip()[:40]}'; expected 'PathFileType' as in {_EXPECTED}. "
            "Check the file's name, or export it again."
        )
    if len(lines) < 4 or not lines[3].lower().lstrip().startswith("frame"):
        raise FileUnreadable(
            f"{path.name} ends within its header; expected the row of marker names ('Frame#  Time …') in "
            "line 4. Export the file again."
        )
    values = dict(zip((w.lower() for w in header_words(lines[1])), header_words(lines[2]), strict=False))
    labels = tuple(header_words(lines[3])[2:])
    if not labels:
        raise FileUnreadable(f"{path.name} names no marker in line 4; expected at least one. Export the file again.")
    promised = values.get("nummarkers", "")
    if promised.isdigit() and int(promised) != len(labels):
        raise FileUnreadable(
            f"{path.name} promises {promised} markers and names {len(labels)} in line 4; expected the same number. "
            "Correct the header or export the file again."
        )
    first = next((i for i in range(4, len(lines)) if _is_row(lines[i])), len(lines))
    return _Header(values, told_apart(labels), first)


def _is_row(line: str) -> bool:
    words = line.split(maxsplit=1)
    return bool(words) and words[0].replace(".", "", 1).isdigit()


def _check_count(header: _Header, rows: int, path: Path) -> tuple[Problem, ...]:
    promised = header_number(header.values.get("numframes", ""))
    if rows == 0 or rows < promised:
        raise FileUnreadable(
            f"{path.name} ends early: its header promises {promised:.0f} frames and {rows} are there. "
            "Export or copy the file again, or correct NumFrames if that is all there ever was."
        )
    if rows > promised:
        message = f"The header promises {promised:.0f} frames, the file holds {rows}; all of them were read."
        return (Problem("frame_count_differs", message, path.name),)
    return ()


def _metres(xyz: Array, header: _Header, path: Path) -> tuple[Array, tuple[Problem, ...]]:
    unit = header.values.get("units", "").lower()
    if unit in METRES_PER:
        return xyz * METRES_PER[unit], ()
    raise FileUnreadable(
        f"{path.name} gives its unit as '{header.values.get('units', '')}'; expected mm, cm or m in line 3. "
        "Correct the header or export the file again."
    )
