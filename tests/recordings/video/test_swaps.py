"""Legs that were mistaken for each other are put right, and those that were not stay as they are."""

from __future__ import annotations

import numpy as np
import pytest

from gerdy.recordings.keypoints import KEYPOINTS, Keypoints
from gerdy.recordings.video.key_point_files import read_keypoints
from gerdy.recordings.video.swaps import LEG, repair_swaps


def side_view(frames=120, rate=60.0, cadence=170.0):
    """Two legs that swing like pendulums in a side view and cross each other in every step."""
    time = np.arange(frames) / rate
    xy = np.full((frames, len(KEYPOINTS), 2), np.nan)
    for side, phase in (("l", 0.0), ("r", np.pi)):
        swing = np.sin(np.pi * cadence / 60 * time + phase)
        for joint, depth in zip(("hip", *LEG), (0, 100, 200, 210, 205), strict=True):
            place = KEYPOINTS.index(f"{joint}_{side}")
            xy[:, place] = np.column_stack([300 + depth * 0.4 * swing, 400 + depth - 10 * np.abs(swing)])
    seen = np.isfinite(xy[..., 0])
    return Keypoints(time, xy, seen.astype(float), np.where(seen, 3.0, np.nan), (640, 720))


def exchange(points, frames):
    xy = points.xy.copy()
    for joint in ("hip", *LEG):
        left, right = (KEYPOINTS.index(f"{joint}_{side}") for side in "lr")
        xy[frames, left], xy[frames, right] = points.xy[frames, right], points.xy[frames, left]
    return Keypoints(points.time_s, xy, points.confidence, points.spread, points.size)


@pytest.mark.parametrize("first", [2, 17, 40, 63, 100])
@pytest.mark.parametrize("length", [1, 3, 8])
def test_a_planted_swap_is_found_picture_by_picture(first, length):
    clean = side_view()
    planted = np.zeros(len(clean.time_s), bool)
    planted[first : first + length] = True
    repaired, found = repair_swaps(exchange(clean, planted))

    assert np.array_equal(found, planted)
    assert np.allclose(repaired.xy, clean.xy, equal_nan=True)
    assert repaired.facts["swapped_s"] == [[round(first / 60, 3), round((first + length - 1) / 60, 3)]]


def test_crossing_legs_that_were_labelled_rightly_are_left_alone():
    _, found = repair_swaps(side_view())

    assert not found.any()


def test_a_film_in_which_a_leg_is_hidden_for_a_while_is_left_alone_there():
    points = side_view()
    xy = points.xy.copy()
    xy[50:60, [KEYPOINTS.index(f"{joint}_r") for joint in LEG]] = np.nan
    _, found = repair_swaps(Keypoints(points.time_s, xy, points.confidence, points.spread, points.size))

    assert not found[50:60].any()


@pytest.mark.shared
def test_swaps_planted_into_a_real_runner_are_found(shared_data):
    """Twelve swaps of 1 to 8 pictures in each of six draws; the runner's own key points hold none."""
    clean, already = repair_swaps(read_keypoints(shared_data / "video-treadmill-side" / "male_side.pose.json"))
    assert not already.any()
    for seed in range(6):
        rng = np.random.default_rng(seed)
        planted = np.zeros(len(clean.time_s), bool)
        for first in rng.integers(5, 350, 12):
            planted[first : first + rng.integers(1, 9)] = True
        _, found = repair_swaps(exchange(clean, planted))

        assert np.array_equal(found, planted)
