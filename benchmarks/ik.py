"""Inverse kinematics of one running stride: ours against OpenSim's tool, same model, markers and weights."""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numba
import numpy as np

from benchmarks.rows import Row
from gerdy.body.ik import inverse_kinematics
from gerdy.body.marker_maps import load_marker_map

if TYPE_CHECKING:
    from collections.abc import Callable

SHARED = Path(os.environ.get("GERDY_SHARED_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
ORACLES = Path(__file__).parents[1] / "tests" / "body"
REPEATS = 40


def run() -> list[Row]:
    """Time one stride with both; nothing without the shared data or the opensim extra."""
    if find_spec("opensim") is None or not SHARED.is_dir():
        return []
    sys.path.insert(0, str(ORACLES))
    oracle: Any = importlib.import_module("ik_oracle")
    with tempfile.TemporaryDirectory() as folder:
        made = oracle.build(SHARED, Path(folder))
        ours, frames = _ours(oracle, made)
        accuracies = {
            "the published set-up's 1e-4": oracle.SETUP_ACCURACY,
            "its default 1e-5": oracle.DEFAULT_ACCURACY,
        }
        theirs = {how: _best(made.tool(accuracy)[0], 1) for how, accuracy in accuracies.items()}
    threads = numba.get_num_threads()
    rows = [Row("inverse kinematics, 42 markers", 1e6 * ours / frames, "µs per frame", "", threads)]
    for how, seconds in theirs.items():
        against = f"OpenSim's tool at {how}, {1e3 * seconds / frames:.1f} ms per frame, files included"
        rows.append(Row("inverse kinematics", seconds / ours, "times OpenSim's tool", against, threads, "at least 50"))
    return rows


def _ours(oracle: Any, made: Any) -> tuple[float, int]:
    body = oracle.compiled(made.placed)
    labels, time, xyz = oracle.read_trc(made.run)
    xyz = xyz[(time >= oracle.START_S - 1e-9) & (time <= oracle.END_S + 1e-9)]
    at, weights = {place.name: place for place in body.markers}, load_marker_map("rajagopal")
    segments, places = [at[label].body for label in labels], np.array([at[label].position for label in labels])
    trust = np.array([weights[label].weight for label in labels])
    inverse_kinematics(body, segments, places, trust, xyz)
    return _best(lambda: inverse_kinematics(body, segments, places, trust, xyz), REPEATS), len(xyz)


def _best(work: Callable[[], object], repeats: int) -> float:
    spent = []
    for _ in range(repeats):
        start = perf_counter()
        work()
        spent.append(perf_counter() - start)
    return min(spent)
