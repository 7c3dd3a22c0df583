"""What-ifs: one stance and twenty, a hundred changes each, on one believable band, after warm-up."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

import numba
import numpy as np

from benchmarks.rows import Row
from gerdy.band.evaluate import AtStances
from gerdy.band.priors import draw_bands
from gerdy.band.what_if import FootForce, parse_changes
from gerdy.band.what_if.evaluate import changed_case, evaluate
from gerdy.band.what_if.residual import residual
from gerdy.pipelines.analyze import analyze
from gerdy.pipelines.demo import demo_files
from gerdy.pipelines.legs import legs_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gerdy.band.design import Draw
    from gerdy.band.what_if import Case, Change

STANCES = 20
SWEEPS = {
    "hip adduction {:+.2f} deg": np.linspace(-6.0, 6.0, 20),
    "pelvic tilt {:+.2f} deg": np.linspace(-8.0, 8.0, 20),
    "step width {:+.2f} cm": np.linspace(-4.0, 4.0, 20),
    "knee varus {:+.2f} deg": np.linspace(-3.0, 3.0, 10),
    "cadence {:+.2f} %": np.linspace(-10.0, 10.0, 8),
    "gluteus medius strength {:+.2f} %": np.linspace(-40.0, 40.0, 20),
    "epicondyle prominence {:+.2f} mm": np.linspace(-1.0, 3.0, 2),
}
"""A hundred what-ifs of every kind: poses, measured, strength, band."""


def run() -> list[Row]:
    """Time a hundred what-ifs with their residual checks, and the parts of it."""
    demo = demo_files()
    found = analyze(demo.motion, forces=demo.forces, static=demo.static, subject=demo.subject, depth="muscles")
    leg = legs_of(found)["right"]
    draw = draw_bands(leg.body, 1)[0]
    asked: list[Sequence[Change]] = [(), *(parse_changes([t.format(x)]) for t, xs in SWEEPS.items() for x in xs)]
    goals = {1: "0.25 s", STANCES: "2.5 s"}
    most = numba.get_num_threads()
    rows = []
    for threads in sorted({1, most}):
        numba.set_num_threads(threads)
        for stances in (1, STANCES):
            case = coarse(leg, stances)
            spent = _best(lambda case=case: every(case, asked, draw))  # type: ignore[misc]
            evaluations = len(asked) * case.at.when_s.size
            name = f"{len(asked) - 1} what-ifs and the baseline of {stances} stances"
            rows.append(Row(f"{name}, {evaluations} evaluations", spent, "s", "", threads, goals[stances]))
            rows.append(Row("  each", 1e6 * spent / evaluations, "µs per evaluation", "", threads))
    numba.set_num_threads(most)
    return rows


def every(case: Case, asked: Sequence[Sequence[Change]], draw: Draw) -> None:
    """Answer every what-if on one band: moved pose, net moments, residual, load sharing, band, outcomes."""
    cases = [changed_case(case, changes) for changes in asked]
    for one in cases:
        if one.moved is not None:
            residual(case, one.moved)
    evaluate(case, asked, cases, draw)


def coarse(leg: Case, stances: int) -> Case:
    """Return a case of so many stances, repeated where there are fewer, with every second point (25)."""
    recorded, points = leg.at.when_s.shape
    chosen = np.arange(stances) % recorded
    rows = (chosen[:, None] * points + np.arange(0, points, 2)).ravel()
    moments = None if leg.at.moments is None else leg.at.moments[rows]
    at = AtStances(leg.at.when_s[chosen, ::2], leg.at.q[rows], leg.at.velocity[rows], moments)
    ground = None if leg.ground is None else FootForce(*(part[rows] for part in leg.ground))
    return replace(leg, at=at, acceleration=leg.acceleration[rows], ground=ground)


def _best(job: Callable[[], object], times: int = 3) -> float:
    job()
    spent = []
    for _ in range(times):
        start = perf_counter()
        job()
        spent.append(perf_counter() - start)
    return min(spent)
