"""Attribution of the bundled run: nine groups on the mean stance, without forces, and single stances without draws."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numba
import numpy as np

from benchmarks.rows import Row
from gerdy import analyze
from gerdy.band.attribution import attribute, shares_of
from gerdy.band.evaluate import zero_length
from gerdy.band.groups import GROUPS
from gerdy.band.hybrids import work_of
from gerdy.band.priors import central_draw, draw_bands
from gerdy.band.reference import ComparedLeg, Reference
from gerdy.band.session_errors import NO_ERROR, LegSize, believed
from gerdy.motion.norms import load_norms
from gerdy.motion.stance_curves import StanceCurves, leg_length
from gerdy.pipelines.band import leg_motions
from gerdy.pipelines.demo import demo_files

if TYPE_CHECKING:
    from collections.abc import Callable

SINGLE_STANCES = 20


def run() -> list[Row]:
    """Measure; the shipped norm and the bundled runner are enough."""
    leg, stances, reference = _case()
    draws = draw_bands(leg.body)
    bare = StanceCurves(stances.q, stances.slope, None, stances.duration_s)
    geometry = [group for group in GROUPS if not group.is_force]
    points, many = stances.q.shape[1], len(draws)
    attribute(leg, stances, reference, draws[:2])
    table = []
    for what, rows, groups, goal in (
        ("9 groups, 64 draws", stances, GROUPS, "25 s"),
        ("geometry only, 64 draws", bare, geometry, "4 s"),
    ):
        spent = _timed(lambda rows=rows: attribute(leg, rows, reference, draws))  # type: ignore[misc]
        work = work_of(groups, points)
        table += _rows(
            f"attribution of the mean stance, {what}", spent, many * max(work.sharings, work.capacities), goal
        )
    spent = _timed(lambda: _single_stances(leg, stances, reference))
    evaluations = SINGLE_STANCES * work_of(GROUPS, points).sharings
    return table + _rows(f"attribution of {SINGLE_STANCES} single stances, no draws", spent, evaluations, "8 s")


def _case() -> tuple[ComparedLeg, StanceCurves, Reference]:
    run = demo_files()
    found = analyze(run.motion, forces=run.forces, static=run.static, subject=run.subject, side="right", reference=None)
    if found.joints is None:
        raise SystemExit("The bundled run gave no joint angles.")
    motion = leg_motions(found.joints, found.moments, found.motion)["right"]
    size = LegSize(run.subject.mass_kg or motion.body.mass, leg_length(motion.body, "right"))
    norm = load_norms()[0]
    reference = Reference(
        kind="norm", name=norm.name, curves=norm.curves, markers="averaged", method=norm.method, speed_m_s=3.5, sex=None
    )
    return ComparedLeg(motion.body, "right", size, motion.standing), found.curves["right"], reference


def _single_stances(leg: ComparedLeg, stances: StanceCurves, reference: Reference) -> None:
    draw = central_draw(leg.body)
    zero = zero_length(leg.body, leg.side, leg.standing, draw)
    norm = believed(reference.curves, np.full(reference.n, 1.0 / reference.n), NO_ERROR, leg.size)
    for number in range(SINGLE_STANCES):
        one = np.eye(len(stances))[number % len(stances)]
        shares_of(leg, believed(stances, one, NO_ERROR, leg.size), norm, GROUPS, draw, zero)


def _rows(what: str, spent_s: float, evaluations: int, goal: str) -> list[Row]:
    threads = numba.get_num_threads()
    return [
        Row(what, spent_s, "s", "", threads, goal),
        Row("… evaluations of the band", float(evaluations), "leg-frames", "", threads),
        Row("… each", 1e6 * spent_s / evaluations, "µs per leg-frame", "", threads),
    ]


def _timed(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start
