"""Every shared running frame: the band's solver against a slower one, and strain rate against speed."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from conftest import SHARED_DATA
from gerdy import Subject, analyze
from gerdy.band.geometry import band_geometry
from gerdy.band.priors import central_draw
from gerdy.body.kinematics import forward
from gerdy.quantities import SIDES

pytestmark = [pytest.mark.shared, pytest.mark.long]

MILLIMETRE = 1e-3
TRIALS = sorted(SHARED_DATA.glob("rbds-*/*/*run*.c3d"))
GOLDEN = (np.sqrt(5) - 1) / 2


def strand_length(x, guide, end, design):
    """Length over x (frames,) with z as low as bone and string allow; z outwards."""
    level = design.apex[1]
    above, below = np.hypot(x - guide[0], level - guide[1]), np.hypot(x - end[:, 0], level - end[:, 1])
    free = (guide[2] * below + end[:, 2] * above) / (above + below)
    bone = design.outward * design.apex[2] - design.curvature * (x - design.apex[0]) ** 2 / 2
    z = np.maximum(free, bone)
    return np.sqrt(above**2 + (z - guide[2]) ** 2) + np.sqrt(below**2 + (z - end[:, 2]) ** 2), z


def slowly(guide, end, design, strand):
    """Golden-section search over the travel: no derivative, no Newton step, no line of the kernel."""
    low = np.full(len(end), design.centre[strand] - design.travel / 2)
    high = low + design.travel
    for _ in range(70):
        left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        shorter = strand_length(left, guide, end, design)[0] < strand_length(right, guide, end, design)[0]
        low, high = np.where(shorter, low, left), np.where(shorter, right, high)
    x = (low + high) / 2
    length, z = strand_length(x, guide, end, design)
    level = design.apex[1]
    pull = (z - guide[2]) / np.sqrt((x - guide[0]) ** 2 + (level - guide[1]) ** 2 + (z - guide[2]) ** 2)
    pull += (z - end[:, 2]) / np.sqrt((x - end[:, 0]) ** 2 + (level - end[:, 1]) ** 2 + (z - end[:, 2]) ** 2)
    bone = design.outward * design.apex[2] - design.curvature * (x - design.apex[0]) ** 2 / 2
    touching = z <= bone + 1e-9
    return length, np.where(touching, pull * np.hypot(1, design.curvature * (x - design.apex[0])), 0.0)


@pytest.mark.parametrize("file", TRIALS, ids=lambda file: file.stem)
def test_the_solver_agrees_with_a_slower_one_in_every_frame(file):
    static = next(file.parent.glob("*static.c3d"))
    found = analyze(file, static=static, subject=Subject(mass_kg=70), depth="band", reference=None)
    body, q = found.joints.runner.body, found.joints.poses.q
    q = q[np.isfinite(q).all(axis=1)]
    posed = forward(body, q)
    draw = central_draw(body)
    for side in SIDES:
        design = draw.designs[side]
        ours = band_geometry(body, q, design, side)
        femur, tibia = body.body_index(f"femur_{side[0]}"), body.body_index(f"tibia_{side[0]}")
        gerdy = np.einsum("fij,j->fi", posed.rotation[:, tibia], design.gerdy) + posed.position[:, tibia]
        end = np.einsum("fji,fj->fi", posed.rotation[:, femur], gerdy - posed.position[:, femur])
        end[:, 2] *= design.outward
        crossing = ours.crosses

        assert np.isfinite(ours.length).all()
        assert crossing.mean() > 0.9
        for strand, path in enumerate((0, 1, 4)):
            start = np.einsum("fij,j->fi", posed.rotation[:, 0], design.origin[path, 1]) + posed.position[:, 0]
            hung = np.einsum("fij,j->fi", posed.rotation[:, femur], design.guide[strand]) + posed.position[:, femur]
            guide = design.guide[strand] * np.array([1, 1, design.outward])
            below, pressure = slowly(guide, end, design, strand)
            over_pelvis = np.linalg.norm(design.origin[path, 1] - design.origin[path, 0])
            whole = over_pelvis + np.linalg.norm(start - hung, axis=1) + below

            assert np.abs(whole - ours.length[:, path])[crossing].max() < 0.1 * MILLIMETRE
            assert np.abs(pressure - ours.pressure[:, strand])[crossing].max() < 0.01


@pytest.mark.parametrize("runner", ["RBDS05", "RBDS019", "RBDS001", "RBDS014", "RBDS028"])
def test_v7_strain_rate_rises_with_speed_in_every_runner(runner):
    """Chen 2023: +9.7 % from normal to fast; here the sign in every runner with two speeds."""
    folder = SHARED_DATA / "rbds-running" / runner
    static = folder / f"{runner}static.c3d"
    rates = []
    for file in sorted(folder.glob("*run*.c3d")):
        found = analyze(file, static=static, subject=Subject(mass_kg=60), reference=None)
        key = "path_elongation_rate_peak_pct_s"
        rates.append(np.mean([found.sides[side].band["anterior"][key]["median"] for side in SIDES]))

    assert all(slow < fast for slow, fast in pairwise(rates))
