"""Length, pauses, climb, slope and turns of a track, against hand calculations."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gerdy.recordings.activities import track

METRE = 1.0


def test_one_degree_of_latitude_is_a_360th_of_the_circumference():
    """2 π · 6 371 008.8 m / 360 = 111 195.08 m (mean radius of the Earth, IUGG)."""
    assert track.straight_lines(np.array([46.0, 47.0]), np.array([14.5, 14.5])) == pytest.approx([111_195.08], abs=0.01)


def test_one_degree_of_longitude_shrinks_with_the_cosine_of_the_latitude():
    (length,) = track.straight_lines(np.array([60.0, 60.0]), np.array([10.0, 10.001]))
    assert length == pytest.approx(111.19508 * math.cos(math.radians(60)), rel=1e-6)


def test_a_point_without_position_gives_no_length_beside_it():
    lines = track.straight_lines(np.array([46.0, np.nan, 46.0]), np.array([14.5, 14.5, 14.5]))
    assert np.isnan(lines).all()


def test_standing_at_a_light_is_a_pause_and_a_kerb_is_not():
    """Two minutes at 3 m/s with 20 s and 5 s of standing in it."""
    standing = {*range(30, 50), *range(80, 85)}
    distance = np.cumsum([0.0] + [0.0 if second in standing else 3.0 for second in range(120)])
    found, moving = track.pauses(np.arange(121.0), distance)
    assert found == ((30.0, 20.0),)
    assert moving == 100.0


def test_barometer_noise_does_not_add_up_to_hills():
    noise = np.tile([100.0, 101.0, 100.0, 99.0], 500)
    assert track.climb(noise) == (0.0, 0.0)


def test_a_hill_of_40_m_is_climbed_and_descended_once():
    up = np.linspace(100, 140, 401)
    ascent, descent = track.climb(np.concatenate([up, up[::-1]]))
    assert ascent == pytest.approx(40, abs=3 * METRE)
    assert descent == pytest.approx(40, abs=3 * METRE)


@pytest.mark.parametrize(
    ("grade_percent", "name"), [(-10, "steep down"), (-5, "down"), (0, "level"), (5, "up"), (10, "steep up")]
)
def test_the_slopes_that_the_load_rules_name_fall_into_a_class_of_their_own(grade_percent, name):
    distance = np.linspace(0, 1000, 201)
    classes = track.distance_by_grade(distance, distance * grade_percent / 100)
    assert classes[name] == 1000
    assert sum(classes.values()) == 1000


def test_a_right_hand_square_turns_right():
    """Three right-angle corners within one round of 400 m: 270 degrees on 0.38 km of 20 m steps."""
    side = np.arange(0, 101, 1.0)
    north = np.concatenate([side, np.full(100, 100.0), 100 - side[1:], np.zeros(100)])
    east = np.concatenate([np.zeros(101), side[1:], np.full(100, 100.0), 100 - side[1:]])
    scale = 111_195.08
    total, net = track.turning(north / scale, east / scale, np.arange(len(north), dtype=float))
    assert net == pytest.approx(270 / 0.38, rel=0.01)
    assert total == pytest.approx(net)


@pytest.mark.parametrize(("written", "steps"), [(88, 176), (172, 172), (66.5, 133), (210, 210)])
def test_cadence_is_steps_per_minute_whatever_the_source_counts(written, steps):
    assert track.steps_per_minute(written) == steps


@settings(deadline=None)
@given(st.floats(60, 119), st.booleans())
def test_one_foot_and_both_feet_give_the_same_cadence(per_foot, doubled):
    assert track.steps_per_minute(per_foot * 2 if doubled else per_foot) == pytest.approx(per_foot * 2)


def test_a_track_without_altitude_has_no_slopes_and_still_has_turns():
    points = 200
    lat = np.linspace(46, 46.01, points)
    hints = track.terrain(lat, np.full(points, 14.5), np.linspace(0, 1112, points), np.full(points, np.nan))
    assert hints.distance_by_grade_m is None
    assert hints.turn_deg_per_km == pytest.approx(0, abs=0.1)
