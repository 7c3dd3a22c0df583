"""The whole body must be able to move like that under that force."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gerdy.band.what_if import parse_changes
from gerdy.band.what_if.case import FootForce
from gerdy.band.what_if.pose import Moved, move
from gerdy.band.what_if.residual import residual
from gerdy.errors import WhatIfRefused


def pushed(case, share):
    """The same motion with a sideways force of a share of body weight at the height of the mass centre, by hand."""
    from gerdy.band.what_if.space import mass_centre
    from gerdy.body import forward

    centre = mass_centre(case.body, forward(case.body, case.at.q))
    more = np.zeros_like(case.ground.force)
    more[:, 2] = share * case.weight_n
    ground = FootForce(case.ground.force + more, case.ground.about_origin + np.cross(centre, more))
    return under(case, case.at.q, ground)


def under(case, q, ground):
    """A pose under a force, with the recorded rates."""
    required = case.dynamics(q, case.at.velocity, case.acceleration, ground)
    return Moved(q, case.at.velocity, case.acceleration, ground, None, required)


@pytest.mark.parametrize(("share", "verdict"), [(0.0, "small"), (0.02, "small"), (0.03, "warning"), (0.06, "refused")])
def test_a_force_that_nothing_explains_is_found_as_large_as_it_is(stance, share, verdict):
    """Limits: 5 % of body weight refuses, half of it warns."""
    found = residual(stance, pushed(stance, share))

    assert found.force == pytest.approx(share, abs=1e-9)
    assert found.moment == pytest.approx(0.0, abs=1e-9)
    assert found.verdict == verdict


@pytest.mark.parametrize(("share", "verdict"), [(0.02, "small"), (0.03, "warning"), (0.06, "refused")])
def test_a_free_moment_that_nothing_explains_is_found_as_large_as_it_is(stance, share, verdict):
    """Limits: 0.05 body weight x height refuses, half of it warns."""
    more = np.zeros_like(stance.ground.force)
    more[:, 0] = share * stance.weight_n * 1.70
    case = replace(stance, height_m=1.70)
    ground = FootForce(stance.ground.force, stance.ground.about_origin + more)
    found = residual(case, under(case, stance.at.q, ground))

    assert found.force == pytest.approx(0.0, abs=1e-9)
    assert found.moment == pytest.approx(share, abs=1e-9)
    assert found.verdict == verdict


def test_a_mass_centre_that_moves_aside_under_the_same_force_leaves_force_times_distance(stance):
    """By hand: everything 3 cm to the right, the force where it was; mean moment is mean vertical force x 3 cm."""
    q = stance.at.q.copy()
    q[:, stance.body.coordinate_index("pelvis_tz")] += 0.03
    found = residual(stance, under(stance, q, stance.ground))
    force = stance.ground.force
    mean = np.trapezoid(np.stack([-0.03 * force[:, 1], 0.03 * force[:, 0]], axis=1), axis=0) / (len(force) - 1)

    assert found.force == pytest.approx(0.0, abs=1e-9)
    assert found.moment * stance.weight_n * stance.stature_m == pytest.approx(np.linalg.norm(mean), rel=1e-9)


def test_a_refused_change_says_how_much_is_unexplained_and_what_to_do(stance):
    with pytest.raises(WhatIfRefused, match=r"6.0 % of body weight.*smaller change"):
        residual(stance, pushed(stance, 0.06)).require("step width +20 cm")


def test_the_whats_ifs_of_the_design_are_not_refused(runner):
    """The ones that the feasibility study computed, on the bundled runner."""
    for text in ("hip adduction -4 deg", "pelvic drop -4 deg", "pelvic tilt +5 deg", "step width +4 cm",
                 "knee varus +2 deg", "tibial rotation +5 deg"):  # fmt: skip
        assert residual(runner, move(runner, parse_changes([text]), 0.5)).verdict != "refused", text


def test_without_forces_there_is_no_residual(stance):
    case = replace(stance, ground=None)
    assert residual(case, under(case, stance.at.q, None)) is None
