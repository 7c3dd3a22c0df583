"""Which file gives what: one set of markers, and forces from the same or another file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gerdy.errors import RecordingError
from gerdy.recordings import read
from gerdy.recordings.clean import clean, default_settings
from gerdy.recordings.data import Recording
from gerdy.recordings.marker_sets import load_marker_set, recognise
from gerdy.recordings.orient import orient

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gerdy.recordings.data import Forces, Markers, Problem, Read
    from gerdy.recordings.marker_sets import MarkerSet


@dataclass(frozen=True, slots=True)
class Source:
    """A cleaned recording in ground axes.

    Parameters
    ----------
    facts : plain values about files, axes and marker set
    """

    markers: Markers
    forces: Forces | None
    marker_set: MarkerSet
    facts: dict[str, Any]
    problems: tuple[Problem, ...]


def open_motion(files: Sequence[Path], forces: Path | None, markers_file: Path | None) -> Source:
    """Read, turn into ground axes and clean one recording of a moving runner.

    Raises
    ------
    RecordingError : no file, or more than one, holds markers or forces
    """
    reads = {file: read(file) for file in [*files, *([forces] if forces else [])]}
    with_markers = [file for file, found in reads.items() if found.data.markers is not None]
    with_forces = [file for file, found in reads.items() if found.data.forces is not None]
    if forces is not None and forces in with_forces:
        with_forces = [forces]
    _require_one(with_markers, with_forces, reads)
    recording = Recording(
        markers=reads[with_markers[0]].data.markers,
        forces=reads[with_forces[0]].data.forces if with_forces else None,
    )
    source = _prepare(recording, with_markers[0].name, markers_file)
    facts = {
        "files": [_about(file, found) for file, found in reads.items()],
        "forces_from": with_forces[0].name if with_forces else None,
    }
    problems = tuple(problem for found in reads.values() for problem in found.problems)
    return Source(source.markers, source.forces, source.marker_set, facts | source.facts, problems + source.problems)


def open_static(file: Path, marker_set: MarkerSet) -> Source:
    """Read a standing trial with the same marker set; it needs no forces.

    Raises
    ------
    RecordingError : the file holds no markers
    """
    found = read(file)
    if found.data.markers is None:
        raise RecordingError(f"{file.name} holds no markers; a static trial is a C3D or TRC of the standing runner.")
    source = _prepare(Recording(markers=found.data.markers), file.name, None, marker_set)
    return Source(source.markers, None, marker_set, _about(file, found), found.problems + source.problems)


def _prepare(recording: Recording, name: str, markers_file: Path | None, known: MarkerSet | None = None) -> Source:
    assert recording.markers is not None  # noqa: S101  # both callers have looked
    marker_set = known or (
        load_marker_set(markers_file) if markers_file else recognise(recording.markers.labels, file=name)
    )
    turned, orientation, turn_problems = orient(recording, marker_set, file=name)
    assert turned.markers is not None  # noqa: S101  # orient keeps what it is given
    markers, clean_problems = clean(turned.markers, marker_set, default_settings(), file=name)
    facts = {"marker_set": marker_set.name, "orientation": orientation.to_json()}
    return Source(markers, turned.forces, marker_set, facts, (*turn_problems, *clean_problems))


def _require_one(with_markers: list[Path], with_forces: list[Path], reads: dict[Path, Read]) -> None:
    names = ", ".join(file.name for file in reads)
    if len(with_markers) != 1:
        seen = ", ".join(file.name for file in with_markers) or "none"
        raise RecordingError(
            f"One recording of a moving runner is analysed at a time; of {names}, markers are in: {seen}. "
            "Give one C3D or TRC with markers, and others in runs of their own (see also 'gerdy batch')."
        )
    if len(with_forces) > 1:
        seen = ", ".join(file.name for file in with_forces)
        raise RecordingError(f"Ground reaction forces stand in {seen}; name the one to use with --forces.")


def _about(file: Path, found: Read) -> dict[str, Any]:
    return {"name": file.name} | {key: found.metadata.get(key) for key in ("kind", "sha256", "rate_hz", "frames")}
