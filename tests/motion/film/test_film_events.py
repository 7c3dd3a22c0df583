"""Contact and toe-off in films, against arithmetic and against the force plate under shared runners."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerdy import evidence
from gerdy.motion.film.agreement import agree
from gerdy.motion.film.course import course
from gerdy.motion.film.leg_events import leg_stances
from gerdy.motion.film.pelvis_events import bounce, contact_from_speeds, pelvis_stances
from gerdy.motion.stances import Stances, differences
from gerdy.quantities import SIDES
from motion.film.virtual import REPORTED_ON, filmed, runner

MILLISECOND = 1e-3


@given(step=st.floats(0.28, 0.42), duty=st.floats(0.45, 0.85))
def test_the_moments_of_body_weight_give_the_contact_time_of_a_half_sine(step, duty):
    """Force π/2 · T/t · sin(π s/t) in body weights is one at s = t/π · arcsin(2t/πT), and so long before the end."""
    contact = duty * step
    inside = contact / np.pi * np.arcsin(2 * contact / (np.pi * step))

    assert contact_from_speeds(contact - 2 * inside, step) == pytest.approx(contact, abs=1 * MILLISECOND)


def bouncing(step_s=0.36, contact_s=0.24, rate_hz=60.0, seconds=10.0):
    """A pelvis driven by half-sine forces of a known contact time, integrated twice by hand; g is 9.80665."""
    dt = 1e-4
    time = np.arange(0.0, seconds, dt)
    phase = time % step_s
    peak = np.pi / 2 * step_s / contact_s
    weight = np.where(phase < contact_s, peak * np.sin(np.pi * phase / contact_s), 0.0)
    acceleration = 9.80665 * (weight - 1.0)
    speed = np.cumsum(acceleration) * dt
    speed -= speed.mean()
    height = np.cumsum(speed) * dt
    at = np.arange(0.0, seconds - 0.1, 1 / rate_hz)
    up = 1000.0 * np.interp(at, time, height)
    still, ankles = np.zeros_like(up), np.cos(np.pi * (at - contact_s / 2) / step_s) * 100.0
    joints = {("hip", None): up, ("ankle", "left"): ankles, ("ankle", "right"): -ankles}
    plane = SimpleNamespace(of=lambda joint, side=None: (still, joints[joint, side]), view="side")
    return SimpleNamespace(
        time_s=at, plane=plane, leg_px=800.0, rate_hz=rate_hz, height=lambda joint, side=None: joints[joint, side] / 800
    )


@pytest.mark.parametrize("rate_hz", [30.0, 60.0, 120.0])
def test_a_pelvis_that_falls_and_is_caught_gives_back_step_and_contact(rate_hz):
    seen = bouncing(rate_hz=rate_hz)
    found = pelvis_stances(seen)
    contacts = (found.contact_s + 0.18) % 0.36 - 0.18

    assert bounce(seen).step_s == pytest.approx(0.36, abs=2 * MILLISECOND)
    assert np.median(found.toe_off_s - found.contact_s) == pytest.approx(0.24, abs=12 * MILLISECOND)
    assert np.median(contacts) == pytest.approx(0.0, abs=12 * MILLISECOND)


def test_the_feet_alternate_and_the_lower_ankle_stands():
    found = pelvis_stances(bouncing())
    middle = (found.contact_s + found.toe_off_s) / 2

    assert (found.right[1:] != found.right[:-1]).all()
    # The left ankle is highest in the middle of the first stance, so the right foot carries it.
    assert found.right[np.argmin(np.abs(middle - 0.12 - 0.72))]


@pytest.mark.shared
@pytest.mark.parametrize("trial", REPORTED_ON)
@pytest.mark.parametrize(("view", "rate_hz"), [("side", 60.0), ("rear", 60.0), ("side", 30.0)])
def test_contact_and_toe_off_agree_with_the_force_plate(trial, view, rate_hz):
    """Runners whose films set no value; joints scatter by 4 of 400 pixels a metre in every picture."""
    points, start = filmed(trial, view, rate_hz=rate_hz, noise_px=4.0)
    plate, found = runner(trial).found.motion.stances, leg_stances(course(points, view))
    allowed = evidence.value("house_film.timing_error")
    for side in SIDES:
        for kind in ("contact_s", "toe_off_s"):
            off = differences(getattr(found.of(side), kind), getattr(plate.of(side), kind) - start, 0.1)
            assert np.isfinite(off).mean() > 0.95, (side, kind)
            assert abs(np.nanmedian(off)) <= allowed, (side, kind)


@pytest.mark.shared
@pytest.mark.parametrize("trial", REPORTED_ON)
@pytest.mark.parametrize("view", ["side", "rear", "front"])
def test_legs_and_pelvis_find_the_same_steps_without_knowing_of_each_other(trial, view):
    seen = course(filmed(trial, view, noise_px=4.0)[0], view)
    agreement = agree(leg_stances(seen), pelvis_stances(seen))

    # What a film needs to be measured at all.
    assert agreement.share >= evidence.value("house_film.least_agreement")
    assert abs(agreement.contact_s) < 30 * MILLISECOND
    assert abs(agreement.toe_off_s) < 45 * MILLISECOND


def test_methods_that_see_different_steps_do_not_agree():
    at = np.arange(10) * 0.36
    right = np.arange(10) % 2 == 0
    legs = Stances(at, at + 0.24, right, "film")
    late = Stances(at + 0.18, at + 0.42, right, "film")

    assert agree(legs, legs).share == 1.0
    assert agree(legs, late).share == 0.0
