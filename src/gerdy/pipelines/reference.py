"""Another recording or runner as a reference: a folder that ``gerdy analyze --out`` wrote, or a C3D."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gerdy.errors import FileUnreadable, GerdyError, ReferenceInvalid
from gerdy.motion.norms import method_words
from gerdy.motion.stance_curves import StanceCurves
from gerdy.motion.study import study
from gerdy.pipelines.joints import find_joints
from gerdy.pipelines.occasion import read_occasion
from gerdy.pipelines.sources_of_motion import open_motion, open_static
from gerdy.pipelines.stances import curves_of_legs
from gerdy.quantities import SIDES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from gerdy.pipelines.subject import Subject
    from gerdy.quantities import Array, SideName

__all__ = ["STANCES", "OtherRun", "method_of", "read_run", "stance_arrays"]

STANCES: Final = "stance_curves.npz"
"""File of an analysis folder that holds the stances of each leg."""


@dataclass(frozen=True, slots=True, eq=False)
class OtherRun:
    """A recording to compare with.

    Parameters
    ----------
    name : of the file or folder
    runner_id, sex : of the runner
    method : in words
    speed_m_s : as found
    standing : SHA-256 of the standing trial, None without one
    curves : side → stances
    """

    name: str
    runner_id: str
    sex: str | None
    method: str
    speed_m_s: float | None
    standing: str | None
    curves: Mapping[SideName, StanceCurves]


def read_run(place: Path, static: Path | None, subject: Subject) -> OtherRun:
    """Read a reference.

    Parameters
    ----------
    place : a folder of another analysis, of this runner or another; or a recording of this runner with the same
        standing trial
    static, subject : of the runner

    Raises
    ------
    ReferenceInvalid : it holds no stances that could be compared
    """
    return _from_folder(place) if place.is_dir() else _from_recording(place, static, subject)


def stance_arrays(curves: Mapping[SideName, StanceCurves]) -> dict[str, Array]:
    """Return what `STANCES` holds: ``<side>.<part>`` → array; moments only where there are forces."""
    return {
        f"{side}.{part}": np.asarray(values, dtype=np.float32)
        for side, rows in curves.items()
        for part in ("q", "slope", "moments", "duration_s")
        if (values := getattr(rows, part)) is not None
    }


def method_of(recording: Mapping[str, Any]) -> str:
    """Return the method of an analysis in words."""
    standing = recording["static"] is not None
    return method_words(recording["marker_set"], recording["events_from"], standing=standing)


def _from_folder(folder: Path) -> OtherRun:
    try:
        known = read_occasion(folder)
        document = json.loads((folder / "analysis.json").read_text(encoding="utf-8"))
        with np.load(folder / STANCES, allow_pickle=False) as stored:
            arrays = {name: stored[name].astype(float) for name in stored.files}
    except FileUnreadable as error:
        raise ReferenceInvalid(str(error)) from error
    except (OSError, ValueError) as error:
        raise ReferenceInvalid(
            f"{folder} holds no stances to compare with ({error}); expected a folder that 'gerdy analyze FILE --out "
            "FOLDER' wrote with joint angles. Analyse that recording again."
        ) from error
    return OtherRun(
        folder.name,
        known.runner_id,
        document["subject"]["sex"],
        method_of(document["recording"]),
        known.speed_m_s,
        known.standing,
        {side: _curves(arrays, side) for side in SIDES if f"{side}.q" in arrays},
    )


def _curves(arrays: Mapping[str, Array], side: SideName) -> StanceCurves:
    q, slope, duration = (arrays[f"{side}.{part}"] for part in ("q", "slope", "duration_s"))
    return StanceCurves(q, slope, arrays.get(f"{side}.moments"), duration)


def _from_recording(file: Path, static: Path | None, subject: Subject) -> OtherRun:
    try:
        run = open_motion([file], None, None)
        standing = open_static(static, run.marker_set) if static else None
        motion = study(run.markers, run.marker_set, run.forces)
    except GerdyError as error:
        raise ReferenceInvalid(
            f"{file.name} cannot be the reference: {error} Analyse it with --out and give that folder."
        ) from error
    joints = find_joints(run.markers, run.marker_set, standing.markers if standing else None, subject, muscles=False)
    if joints.motion is None:
        raise ReferenceInvalid(
            f"{file.name} cannot be the reference: joint angles were {joints.why_not}. Analyse it with --out and give "
            "that folder."
        )
    about = standing.facts if standing else None
    facts = run.facts | {"static": about, "events_from": motion.stances.method}
    curves = curves_of_legs(joints.motion, joints.moments(motion, subject), motion, subject.mass_kg)
    hashed = about["sha256"] if about else None
    return OtherRun(file.name, subject.runner_id, subject.sex, method_of(facts), motion.speed.mean, hashed, curves)
