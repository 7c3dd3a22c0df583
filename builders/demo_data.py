"""Build the bundled example from the public data set: ``python builders/demo_data.py ../shared/data``.

About ten strides of participant 5 at 3.5 m/s, cleaned by gerdy's own pipeline: markers as TRC, force per foot as MOT,
and the standing trial averaged into one pose. CC BY 4.0, Fukuchi, Fukuchi and Duarte 2017; see NOTICE.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from gerdy import analyze
from gerdy.recordings.storage import write_forces
from gerdy.recordings.trc import write_trc

if TYPE_CHECKING:
    from gerdy.recordings.data import Forces, Markers

OUT = Path(__file__).parents[1] / "src" / "gerdy" / "pipelines" / "demo_data"
STRIDES = 11
"""Whole strides of both feet in the excerpt, so that ten a side remain after the cut at its ends."""


def main(shared: Path) -> None:
    """Write the three files."""
    folder = shared / "rbds-running" / "RBDS05"
    found = analyze(folder / "RBDS05runT35.c3d", static=folder / "RBDS05static.c3d")
    if found.motion.forces is None or found.static is None:
        sys.exit(f"{folder} gave no forces or no standing trial; both are needed.")
    good = found.motion.strides
    first = int(np.searchsorted(good.contact_s, 10.0))
    start, end = good.contact_s[first] - 0.15, good.end_s[first + 2 * STRIDES] + 0.15
    OUT.mkdir(exist_ok=True)
    write_trc(OUT / "run.trc", _cut_markers(found.markers, start, end))
    write_forces(OUT / "run_forces.mot", _cut_forces(found.motion.forces, start, end))
    write_trc(OUT / "static.trc", _standing(found.static))


def _cut_markers(markers: Markers, start: float, end: float) -> Markers:
    keep = (markers.time_s >= start) & (markers.time_s <= end)
    return replace(markers, xyz_m=markers.xyz_m[keep], start_s=0.0)


def _cut_forces(forces: Forces, start: float, end: float) -> Forces:
    keep = (forces.time_s >= start) & (forces.time_s <= end)
    return replace(
        forces,
        force_n=forces.force_n[keep],
        point_m=forces.point_m[keep],
        free_moment_nm=forces.free_moment_nm[keep],
        start_s=0.0,
    )


def _standing(static: Markers) -> Markers:
    pose = np.nanmean(static.xyz_m, axis=0)
    return replace(static, xyz_m=np.repeat(pose[None], 2, axis=0), start_s=0.0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
