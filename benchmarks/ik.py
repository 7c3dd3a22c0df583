"""Inverse kinematics of one running stride: ours against OpenSim's tool, same model, markers and weights."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numba
import numpy as np

from benchmarks.rows import Row
from gerdy.body.compiler.skeleton import read_skeleton
from gerdy.body.ik import inverse_kinematics
from gerdy.body.marker_maps import load_marker_map
from gerdy.recordings import read

if TYPE_CHECKING:
    from collections.abc import Callable

SHARED = Path(os.environ.get("GERDY_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data"))
START_S, END_S = 0.23, 1.5
ACCURACY = {"the published set-up's 1e-4": 1e-4, "its default 1e-5": 1e-5}


def run() -> list[Row]:
    """Time 128 frames with both; nothing without the shared data or the opensim extra."""
    try:
        import opensim  # noqa: PLC0415 - an optional extra
    except ImportError:
        return []
    if not (SHARED / "opensim-rajagopal-run").is_dir():
        return []
    opensim.Logger.setLevelString("off")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _copy(folder)
        opensim.ScaleTool(str(folder / "scale_setup_run.xml")).run()
        ours, frames = _ours(opensim, folder)
        theirs = {how: _once(opensim, folder, accuracy) for how, accuracy in ACCURACY.items()}
    threads = numba.get_num_threads()
    rows = [Row("inverse kinematics, 42 markers", 1e6 * ours / frames, "µs per frame", "", threads)]
    for how, seconds in theirs.items():
        against = f"OpenSim's tool at {how}, {1e3 * seconds / frames:.1f} ms per frame, files included"
        rows.append(Row("inverse kinematics", seconds / ours, "times OpenSim's tool", against, threads, "at least 50"))
    return rows


def _copy(folder: Path) -> None:
    source = SHARED / "opensim-rajagopal-run"
    for name in ("ik_setup_run.xml", "static_run.trc", "motion_capture_run.trc"):
        shutil.copyfile(source / name, folder / name)
    shutil.copyfile(source / "RajagopalLaiUhlrich2023.osim", folder / "generic_unscaled.osim")
    text = (source / "scale_setup_run.xml").read_text(encoding="utf-8")
    text = text.replace("../generic_unscaled", "generic_unscaled").replace("../ExpData/", "")
    (folder / "scale_setup_run.xml").write_text(text, encoding="utf-8")


def _ours(opensim: Any, folder: Path) -> tuple[float, int]:
    model = opensim.Model(str(folder / "subject_scaled_run.osim"))
    model.initSystem()
    body, _ = read_skeleton(model)
    markers = read(folder / "motion_capture_run.trc").data.markers
    if markers is None:
        raise SystemExit("motion_capture_run.trc holds no markers")
    frames = (markers.time_s >= START_S - 1e-6) & (markers.time_s <= END_S + 1e-6)
    xyz = markers.xyz_m[frames]
    at, weights = {place.name: place for place in body.markers}, load_marker_map("rajagopal")
    segments = [at[label].body for label in markers.labels]
    places = np.array([at[label].position for label in markers.labels])
    trust = np.array([weights[label].weight for label in markers.labels])
    inverse_kinematics(body, segments, places, trust, xyz)
    return _best(lambda: inverse_kinematics(body, segments, places, trust, xyz), 9), len(xyz)


def _once(opensim: Any, folder: Path, accuracy: float) -> float:
    tool = opensim.InverseKinematicsTool(str(folder / "ik_setup_run.xml"), False)
    model = opensim.Model(str(folder / "subject_scaled_run.osim"))
    model.initSystem()
    tool.setModel(model)
    tool.setMarkerDataFileName(str(folder / "motion_capture_run.trc"))
    tool.setResultsDir(str(folder))
    tool.setOutputMotionFileName(str(folder / "ik.mot"))
    tool.set_report_errors(False)
    tool.set_accuracy(accuracy)
    tool.setStartTime(START_S)
    tool.setEndTime(END_S)
    return _best(tool.run, 1)


def _best(work: Callable[[], object], repeats: int) -> float:
    spent = []
    for _ in range(repeats):
        start = perf_counter()
        work()
        spent.append(perf_counter() - start)
    return min(spent)
