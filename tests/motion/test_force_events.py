"""Contacts from vertical force, against half-sine stances whose times are known by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerdy.motion.foot_forces import combined
from gerdy.motion.force_events import flight_level, force_contacts, has_flight, threshold_intervals
from gerdy.recordings.data import Forces
from motion.runner import GRAVITY, Runner

MILLISECOND = 1e-3


def reaches(threshold_n: float, runner: Runner) -> float:
    """Time after contact at which a half sine passes a force: arcsin(F / peak) · contact time / pi."""
    return float(np.arcsin(threshold_n / runner.peak_n) * runner.contact_s / np.pi)


def test_a_half_sine_stance_begins_when_fifty_newtons_are_passed():
    runner = Runner()
    found = force_contacts(runner.vertical(np.arange(3000) / 300.0), 300.0)
    whole = runner.contacts()[:-1]

    assert found[:, 0] == pytest.approx(whole[:, 0] + reaches(50, runner), abs=1 * MILLISECOND)
    assert found[:, 1] == pytest.approx(whole[:, 1] - reaches(50, runner), abs=1 * MILLISECOND)


@given(offset=st.floats(-30, 30))
def test_a_plate_that_does_not_return_to_zero_gives_the_same_times(offset):
    runner = Runner()
    clean = runner.vertical(np.arange(3000) / 300.0)

    assert force_contacts(clean + offset, 300.0) == pytest.approx(force_contacts(clean, 300.0), abs=1e-6)


def test_the_level_in_flight_is_what_the_empty_plate_shows():
    runner = Runner()
    assert flight_level(runner.vertical(np.arange(3000) / 300.0) + 7.5) == pytest.approx(7.5, abs=0.5)


def test_contacts_cut_by_the_ends_of_the_recording_are_left_out():
    signal = np.array([1.0, -1.0, 1.0, 1.0, -1.0, 1.0])

    assert threshold_intervals(signal).tolist() == [[1.5, 3.5]]


def test_a_spike_of_noise_is_not_a_contact():
    runner = Runner()
    force = runner.vertical(np.arange(3000) / 300.0)
    quiet = np.flatnonzero(force == 0)[20]
    spiked = force.copy()
    spiked[quiet : quiet + 2] = 200.0

    assert len(force_contacts(spiked, 300.0)) == len(force_contacts(force, 300.0))


def test_walking_on_one_plate_has_no_flight_and_running_has():
    time = np.arange(3000) / 300.0
    walking = 60 * GRAVITY * (1 + 0.2 * np.sin(4 * np.pi * time))

    assert has_flight(Runner().vertical(time))
    assert not has_flight(walking)


def test_two_plates_act_like_one_force_at_their_common_point():
    """Two forces of 300 N and 100 N, 0.4 m apart: the resultant acts a quarter of the way from the larger one."""
    force = np.zeros((1, 2, 3))
    force[0, :, 1] = (300.0, 100.0)
    point = np.array([[[0.0, 0.0, 0.0], [0.4, 0.0, 0.0]]])
    total, where, free = combined(Forces(("plate 1", "plate 2"), force, point, np.zeros_like(force), 1000.0))

    assert total[0].tolist() == [0.0, 400.0, 0.0]
    assert where[0] == pytest.approx([0.1, 0.0, 0.0])
    assert free[0] == pytest.approx([0.0, 0.0, 0.0])


def test_a_couple_of_horizontal_forces_on_two_plates_is_a_free_moment():
    """Equal and opposite forward forces of 50 N at z = -0.1 and +0.1 m turn about the vertical: 10 N·m."""
    force = np.array([[[50.0, 200.0, 0.0], [-50.0, 200.0, 0.0]]])
    point = np.array([[[0.0, 0.0, -0.1], [0.0, 0.0, 0.1]]])
    _, where, free = combined(Forces(("plate 1", "plate 2"), force, point, np.zeros_like(force), 1000.0))

    assert where[0] == pytest.approx([0.0, 0.0, 0.0])
    assert free[0] == pytest.approx([0.0, -10.0, 0.0])
