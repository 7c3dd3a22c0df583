"""The body against OpenSim, on the same stride: inverse dynamics, muscle geometry, static optimisation.

Comparison case: RajagopalLaiUhlrich2023 scaled to the Rajagopal runner, knee as published, OpenSim's own joint
angles, reserves 2.5, 5, 10, 1 and 1 N·m. gerdy computes both legs; so do OpenSim's tools.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numba
import numpy as np

from benchmarks.rows import Row
from gerdy.band.priors import central_draw
from gerdy.band.tension import leg_band
from gerdy.body import (
    Loads,
    MotionRates,
    inverse_dynamics,
    load,
    muscle_capacity,
    muscle_geometry,
    share_load,
    static_optimisation,
)
from gerdy.quantities import SIDES

if TYPE_CHECKING:
    from collections.abc import Callable

    from gerdy.body import CompiledBody
    from gerdy.body.muscles import Mode

TESTS = Path(__file__).parents[1] / "tests"
REPEATS = 40
SHARED = Path(os.environ.get("GERDY_SHARED_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))


def run() -> list[Row]:
    """Measure; without the shared recordings or OpenSim there is nothing to compare, and nothing is reported."""
    if not SHARED.is_dir():
        return []
    sys.path[:0] = [str(TESTS), str(TESTS / "body")]
    # The oracles of the tests, which are no package.
    dynamics_oracle, ik_oracle = import_module("dynamics_oracle"), import_module("ik_oracle")
    from gerdy.body.compiler.pipeline import compile_model  # noqa: PLC0415 - needs OpenSim

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        runner = ik_oracle.build(SHARED, folder)
        (folder / "grf_run.mot").write_bytes((SHARED / "opensim-rajagopal-run" / "grf_run.mot").read_bytes())
        motion = dynamics_oracle.solve_kinematics(runner, folder)
        rows = slice(*np.searchsorted(motion.time, dynamics_oracle.STRIDE_S))
        moments_s, _ = _timed(lambda: dynamics_oracle.run_inverse_dynamics(runner.placed, motion, folder, rows))
        sharing_s, _ = _timed(lambda: dynamics_oracle.run_static_optimisation(runner.placed, motion, folder, rows))
        comparison = compile_model(runner.placed, knee="published")
        plates = dynamics_oracle.plates(folder, motion.time[rows])
    frames = len(motion.time[rows])
    table = []
    for name, body, mode in (("comparison leg", comparison, "opensim"), ("shipped body", load(), "correct")):
        table += _measure(name, body, mode, motion, rows, plates, (moments_s + sharing_s) / frames)  # type: ignore[arg-type]
    return table + _with_band(load(), motion, rows, plates, (moments_s + sharing_s) / frames)


def _with_band(body: CompiledBody, motion: Any, rows: slice, plates: Any, opensim_s: float) -> list[Row]:
    """Time the shipped body with its band inside load sharing; OpenSim's tools have no band at all."""
    q, rates, loads = _inputs(body, motion, rows, plates)
    draw, most, table = central_draw(body), numba.get_num_threads(), []

    def both() -> None:
        moments = inverse_dynamics(body, q, rates, loads)
        for side in SIDES:
            leg_band(body, q, rates.velocity, moments, draw, side)

    for threads in sorted({1, most}):
        numba.set_num_threads(threads)
        spent = _best(both) / len(q)
        table += [
            Row("shipped body with its band, 6 moments shared", 5e5 * spent, "µs per leg-frame", "", threads, "30 µs"),
            Row(
                "shipped body with its band: the same",
                opensim_s / spent,
                "times as fast",
                "OpenSim's ID and SO tools, without a band",
                threads,
                "1000",
            ),
        ]
    return table


def _measure(
    name: str, body: CompiledBody, mode: Mode, motion: Any, rows: slice, plates: Any, opensim_s: float
) -> list[Row]:
    """Time one body, on one thread and on all; per leg and frame."""
    q, rates, loads = _inputs(body, motion, rows, plates)
    asked = 5 if mode == "opensim" else 6
    goal = "12 µs" if mode == "opensim" else "25 µs"
    most = numba.get_num_threads()
    table = []
    for threads in sorted({1, most}):
        numba.set_num_threads(threads)
        spent = _best(lambda: _both_legs(body, q, rates, loads, mode)) / len(q)
        table.append(
            Row(
                f"{name}: moments, geometry, {asked} moments shared", 5e5 * spent, "µs per leg-frame", "", threads, goal
            )
        )
        if mode == "opensim":
            table.append(
                Row(
                    f"{name}: the same",
                    opensim_s / spent,
                    "times as fast",
                    "OpenSim's ID and SO tools",
                    threads,
                    "2000",
                )
            )
    numba.set_num_threads(1)
    table += _stages(name, body, q, rates, loads, mode)
    numba.set_num_threads(most)
    return table


def _stages(name: str, body: CompiledBody, q: np.ndarray, rates: MotionRates, loads: Loads, mode: Mode) -> list[Row]:
    moments = inverse_dynamics(body, q, rates, loads)
    leg = static_optimisation(body, q, rates.velocity, moments, side="right", mode=mode)
    columns = [body.coordinate_index(c) for c in leg.coordinates]
    arms, net = leg.geometry.moment_arm[:, :, : len(columns)], moments[:, columns]
    reserve = np.full(len(columns), 2.0)
    stages: dict[str, Callable[[], object]] = {
        "inverse dynamics, whole body": lambda: inverse_dynamics(body, q, rates, loads),
        "muscle geometry, one leg": lambda: muscle_geometry(
            body, q, rates.velocity, muscles=leg.muscles, coordinates=leg.coordinates, mode=mode
        ),
        "muscle capacity, one leg": lambda: muscle_capacity(body, leg.geometry, mode=mode),
        "load sharing, one leg": lambda: share_load(arms, leg.capacity.active, net, reserve=reserve, lower=0.01),
    }
    return [Row(f"{name}: {what}", 1e6 * _best(job) / len(q), "µs per frame") for what, job in stages.items()]


def _both_legs(body: CompiledBody, q: np.ndarray, rates: MotionRates, loads: Loads, mode: Mode) -> None:
    moments = inverse_dynamics(body, q, rates, loads)
    for side in SIDES:
        static_optimisation(body, q, rates.velocity, moments, side=side, mode=mode)


def _inputs(body: CompiledBody, motion: Any, rows: slice, plates: Any) -> tuple[np.ndarray, MotionRates, Loads]:
    """Repeat the stride so that the clock can be read; coordinates the motion lacks stay at rest."""
    parts = []
    for values in (motion.q, motion.qd, motion.qdd):
        part = np.zeros((len(motion.time[rows]), len(body.coordinates)))
        for j, name in enumerate(body.coordinate_names):
            if name in motion.names:
                part[:, j] = values[rows, motion.names.index(name)]
        parts.append(np.tile(part, (REPEATS, 1)))
    loads = {key: np.tile(values, (REPEATS, 1, 1)) for key, values in plates.items()}
    return parts[0], MotionRates(parts[1], parts[2]), Loads(("calcn_r", "calcn_l"), **loads)


def _best(job: Callable[[], object], times: int = 5) -> float:
    job()
    return min(_timed(job)[0] for _ in range(times))


def _timed(job: Callable[[], object]) -> tuple[float, object]:
    start = time.perf_counter()
    result = job()
    return time.perf_counter() - start, result
