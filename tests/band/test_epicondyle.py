"""The crossing of the epicondyle against an independent, slower solver, and what a taut strand must obey."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from gerdy.band.epicondyle import cross

MILLIMETRE = 1e-3
MARGIN = 0.005

heights = st.floats(-0.006, 0.006)
guides = st.tuples(st.floats(-0.03, 0.04), st.floats(-0.11, -0.03), st.floats(0.055, 0.075))
ends = st.tuples(st.floats(-0.035, 0.02), st.floats(-0.455, -0.435), st.floats(0.024, 0.042))
apexes = st.tuples(st.floats(-0.008, 0.0), st.floats(-0.408, -0.402), st.floats(0.034, 0.048))
radii = st.floats(0.015, 0.030)
middles = st.floats(-0.006, 0.012)
travels = st.floats(0.002, 0.0071)


def length(x, z, guide, end, level):
    """Length of a string guide → (x, level, z) → end."""
    crossing = np.array([x, level, z])
    return np.linalg.norm(crossing - guide) + np.linalg.norm(end - crossing)


def bone(x, apex, radius):
    return apex[2] - (x - apex[0]) ** 2 / (2 * radius)


def slow_crossing(guide, end, apex, radius, front, back):
    """Shortest string by sequential quadratic programming from three starts; shares no line with the kernel."""
    guide, end = np.array(guide), np.array(end)
    outside = {"type": "ineq", "fun": lambda p: 1e3 * (p[1] - bone(p[0], apex, radius))}
    tries = [
        minimize(
            lambda p: 1e3 * length(p[0], p[1], guide, end, apex[1]),
            [start, bone(start, apex, radius) + 0.001],
            method="SLSQP",
            bounds=[(back, front), (-0.5, 0.5)],
            constraints=[outside],
            options={"ftol": 1e-15, "maxiter": 300},
        )
        for start in (back, front, (front + back) / 2)
    ]
    return min((found.fun / 1e3, *found.x) for found in tries)


@settings(deadline=None, max_examples=60)
@example((0.0, -0.0625, 0.0625), (0.02, -0.4368654963636463, 0.033203125), (0.0, -0.408, 0.046875), 0.015, 0.0, 0.0039)
@given(guides, ends, apexes, radii, middles, travels)
def test_the_strand_is_as_short_as_an_independent_solver_can_make_it(guide, end, apex, radius, middle, travel):
    front, back = middle + travel / 2, middle - travel / 2
    x, z, _, crosses = cross(*guide, *end, *apex, 1 / radius, front, back, MARGIN, True)
    best, slow_x, slow_z = slow_crossing(guide, end, apex, radius, front, back)

    assert crosses
    assert length(x, z, np.array(guide), np.array(end), apex[1]) <= best + 1e-3 * MILLIMETRE
    # Where ours is shorter, the slow solver ended in the longer of two valleys and its place says nothing.
    if length(x, z, np.array(guide), np.array(end), apex[1]) > best - 1e-6 * MILLIMETRE:
        assert np.hypot(x - slow_x, z - slow_z) < 0.1 * MILLIMETRE


@given(guides, ends, apexes, radii, middles, travels)
def test_it_never_lies_in_the_bone_and_never_beyond_its_anchor(guide, end, apex, radius, middle, travel):
    front, back = middle + travel / 2, middle - travel / 2
    x, z, contact, _ = cross(*guide, *end, *apex, 1 / radius, front, back, MARGIN, True)

    assert back - 1e-9 <= x <= front + 1e-9
    assert z >= bone(x, apex, radius) - 1e-12
    assert contact == (z <= bone(x, apex, radius) + 1e-12) or not contact


def test_a_straight_strand_that_meets_nothing_crosses_on_the_straight_line():
    """Half-way between (0, 0, 0.06) and (0.02, -0.8, 0.04) lies (0.01, -0.4, 0.05)."""
    x, z, contact, crosses = cross(0, 0, 0.06, 0.02, -0.8, 0.04, 0, -0.4, 0.03, 50, 0.02, -0.02, MARGIN, True)

    assert (x, z) == (pytest.approx(0.01), pytest.approx(0.05))
    assert crosses
    assert not contact


def test_a_strand_over_the_apex_presses_with_the_sum_of_its_two_inclinations():
    """Ends 0.4 m above and 0.04 m below, both 8 mm medial of the apex: sin = 8/400.08 + 8/40.79 = 0.2161."""
    from gerdy.band.design import Design
    from gerdy.band.geometry import _below_guide

    guide = np.array([[0.0, 0.0, 0.03]] * 3)
    design = Design(
        np.zeros((5, 2, 3)), guide, np.array([0.0, -0.4, 0.038]), 50.0, 0.006, np.zeros(3), np.zeros(3), 1.0, MARGIN
    )
    pull, pressure, position = np.empty(3), np.zeros(3), np.zeros(3)
    contact = np.zeros(3, dtype=np.bool_)
    _below_guide(design, 0, np.array([0.0, -0.44, 0.03]), pull, pressure, position, contact)

    assert contact[0]
    assert pressure[0] == pytest.approx(8 / np.hypot(400, 8) + 8 / np.hypot(40, 8), abs=1e-4)


def test_a_deeply_bent_knee_has_no_crossing_and_no_nan_where_it_counts():
    _, _, contact, crosses = cross(0, 0, 0.06, -0.04, -0.39, 0.04, 0, -0.4, 0.03, 50, 0.02, -0.02, MARGIN, True)

    assert not crosses
    assert not contact
