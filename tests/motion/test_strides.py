"""Strides, their verdicts, and what they add up to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerdy.motion.gait import flight_times
from gerdy.motion.stances import Stances, differences, in_order
from gerdy.motion.strides import VERDICTS, cut_strides
from gerdy.motion.summary import in_body_weights, mean_over_strides, stance_forces, stride_times, summarise
from gerdy.motion.symmetry import compare_sides, left_minus_right
from gerdy.quantities import Spread
from motion.runner import GRAVITY, Runner


def steady(runner: Runner) -> Stances:
    contacts = runner.contacts()[:-1]
    return in_order(contacts[1::2], contacts[0::2], "forces")


def test_a_stride_runs_from_a_contact_to_the_next_of_the_same_foot():
    strides = cut_strides(steady(Runner(step_s=0.36)))

    assert set(strides.verdict) == {"good"}
    assert strides.end_s - strides.contact_s == pytest.approx(0.72)


def test_cadence_counts_the_steps_of_both_feet():
    """A step every 0.36 s is 60 / 0.36 = 166.67 steps per minute."""
    strides = cut_strides(steady(Runner(step_s=0.36)))

    assert summarise(stride_times(strides))["cadence_spm"].mean == pytest.approx(166.67, abs=0.01)


def test_flight_is_step_time_minus_contact_time():
    flight = flight_times(steady(Runner(step_s=0.36, contact_s=0.24)))

    assert flight[:-1] == pytest.approx(0.12)
    assert np.isnan(flight[-1]), "nothing is known after the last toe-off"


def test_flight_is_unknown_when_the_same_foot_seems_to_land_twice():
    stances = steady(Runner())
    lost = stances.where(np.arange(len(stances)) != 3)

    assert np.isnan(flight_times(lost)[2])


def test_a_stride_without_the_other_foot_is_not_used():
    stances = steady(Runner())
    strides = cut_strides(stances.where(np.arange(len(stances)) != 5))

    assert strides.verdict.count("no opposite contact") + strides.verdict.count("implausible time") >= 1
    assert "good" in strides.verdict


def test_a_stumble_is_an_outlier_and_ordinary_variation_is_not():
    rng = np.random.default_rng(1)
    contacts = Runner(duration_s=20).contacts()[:-1] + rng.normal(0, 0.003, (55, 1))
    contacts[20, 1] += 0.12
    strides = cut_strides(in_order(contacts[1::2], contacts[0::2], "forces"))

    assert [i for i, verdict in enumerate(strides.verdict) if verdict == "outlier"] == [20]


def test_a_stride_with_an_unfilled_gap_is_dropped_and_only_that_one():
    stances = steady(Runner())
    time = np.arange(1500) / 150.0
    missing = (time > 3.00) & (time < 3.05)
    strides = cut_strides(stances, missing=(time, missing))
    dropped = [i for i, verdict in enumerate(strides.verdict) if verdict == "gap"]
    covering = np.flatnonzero((strides.contact_s < 3.05) & (strides.end_s > 3.00))

    assert dropped == covering.tolist()


def test_every_verdict_is_explained():
    seen = set(cut_strides(steady(Runner())).verdict)

    assert seen <= set(VERDICTS)


def test_the_mean_force_over_whole_strides_is_body_weight():
    """The half-sine runner is built so that its mean force over a step is body weight."""
    runner = Runner(mass_kg=72.0)
    time = np.arange(30000) / 3000.0
    mean = mean_over_strides(time, runner.vertical(time), cut_strides(steady(runner)))

    assert mean / GRAVITY == pytest.approx(72.0, rel=1e-3)


def test_the_peak_of_a_half_sine_is_in_the_middle_of_stance():
    """Peak = pi/2 · step time / contact time body weights: 2.356 at 0.36 and 0.24 s."""
    runner = Runner(step_s=0.36, contact_s=0.24)
    time = np.arange(30000) / 3000.0
    found = in_body_weights(stance_forces(cut_strides(steady(runner)), time, runner.vertical(time)), runner.mass_kg)

    assert found["peak_vertical_force_bw"] == pytest.approx(2.356, abs=0.001)
    assert found["peak_vertical_force_pct_stance"] == pytest.approx(50.0, abs=0.5)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=30, unique=True), st.floats(-0.02, 0.02))
def test_the_difference_to_the_same_events_moved_is_the_move(times, move):
    spaced = np.sort(np.array(times)) + np.arange(len(times))

    assert differences(spaced, spaced + move, 0.05) == pytest.approx(np.full(len(spaced), move), abs=1e-9)


def test_an_event_without_a_partner_has_no_difference():
    assert np.isnan(differences(np.array([1.0]), np.array([2.0]), 0.05)).all()
    assert np.isnan(differences(np.array([1.0]), np.array([]), 0.05)).all()


def test_sides_are_exchangeable():
    left, right = Spread(0.21, 0.004, 20, "s"), Spread(0.20, 0.004, 22, "s")

    assert left_minus_right(left, right).mean == pytest.approx(-left_minus_right(right, left).mean)
    assert left_minus_right(left, right).sd == pytest.approx(left_minus_right(right, left).sd)


@pytest.mark.parametrize(
    ("gap_ms", "method", "beyond"), [(2.0, "forces", False), (10.0, "forces", True), (10.0, "markers", False)]
)
def test_a_side_difference_below_the_error_of_the_method_is_never_called_one(gap_ms, method, beyond):
    left, right = Spread(0.200 + gap_ms / 1000, 0.001, 40, "s"), Spread(0.200, 0.001, 40, "s")

    assert compare_sides("contact_time_s", left, right, method).beyond_error is beyond


def test_a_few_strides_never_make_a_side_difference():
    left, right = Spread(0.25, 0.001, 6, "s"), Spread(0.20, 0.001, 6, "s")

    assert not compare_sides("contact_time_s", left, right, "forces").beyond_error
