"""Contacts from foot markers, against a runner made of equations whose times are known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gerdy.motion.gait import Gait, recognise_gait
from gerdy.motion.marker_events import clearance_contacts, marker_stances
from gerdy.motion.sides import which_foot
from gerdy.motion.speed import is_treadmill, running_speed
from motion.runner import Runner, rbds

MILLISECOND = 1e-3


@pytest.mark.parametrize(("step_s", "contact_s"), [(0.40, 0.30), (0.35, 0.22), (0.29, 0.17)])
def test_contact_and_toe_off_are_found_within_the_allowed_error(step_s, contact_s):
    runner = Runner(step_s=step_s, contact_s=contact_s)
    found = marker_stances(runner.markers(), rbds())
    truth = runner.contacts()[: len(found)]

    assert len(found) >= len(runner.contacts()) - 2
    assert np.median(np.abs(found.contact_s - truth[:, 0])) < 15 * MILLISECOND
    assert np.median(np.abs(found.toe_off_s - truth[:, 1])) < 25 * MILLISECOND


def test_the_feet_alternate_beginning_with_the_one_that_lands_first():
    found = marker_stances(Runner().markers(), rbds())

    assert (found.right[1:] != found.right[:-1]).all()
    assert found.right[0], "the runner made of equations begins with the right foot"


def test_a_stance_next_to_unseen_markers_is_left_out_and_the_others_stay():
    swing = 0.2 * np.sin(np.pi * np.arange(60) / 60)
    clearance = np.tile(np.concatenate([swing, np.zeros(40)]), 6)
    unseen = clearance.copy()
    unseen[295:300] = np.nan

    assert len(clearance_contacts(clearance, 150.0)) == 5
    assert len(clearance_contacts(unseen, 150.0)) == 4


def test_the_foot_on_the_belt_is_the_lower_one():
    runner = Runner()
    right, sure = which_foot(runner.contacts()[:-1], runner.markers(), rbds())

    assert right.tolist() == [i % 2 == 0 for i in range(len(right))]
    assert sure.all()


def test_two_feet_at_the_same_height_leave_the_side_unsure():
    markers = Runner().markers()
    flat = replace(markers, xyz_m=np.where(np.arange(3) == 1, 0.03, markers.xyz_m))

    assert not which_foot(Runner().contacts()[:-1], flat, rbds())[1].any()


def test_the_speed_of_the_belt_is_found_from_the_foot_on_it():
    runner = Runner(speed_m_s=3.3)
    markers = runner.markers()
    found = running_speed(markers, rbds(), marker_stances(markers, rbds()))

    assert found.mean == pytest.approx(3.3, rel=0.02)
    assert is_treadmill(markers, rbds(), found.mean)


def test_the_same_run_over_ground_has_the_same_speed_and_is_no_treadmill():
    runner = Runner(speed_m_s=3.3)
    markers = runner.markers()
    moved = markers.xyz_m.copy()
    moved[:, :, 0] += 3.3 * markers.time_s[:, None]
    ground = replace(markers, xyz_m=moved)
    found = running_speed(ground, rbds(), marker_stances(ground, rbds()))

    assert found.mean == pytest.approx(3.3, rel=0.02)
    assert not is_treadmill(ground, rbds(), found.mean)


def test_running_walking_and_standing_are_told_apart():
    standing = Runner(duration_s=2.0).markers()
    still = replace(standing, xyz_m=np.repeat(standing.xyz_m[:1], 300, axis=0))

    assert recognise_gait(Runner().markers(), rbds()) is Gait.RUNNING
    assert recognise_gait(Runner(step_s=0.55, contact_s=0.65, speed_m_s=1.3).markers(), rbds()) is Gait.WALKING
    assert recognise_gait(still, rbds()) is Gait.STANDING
