"""The right person's joints, picture by picture, on real films; skipped where the networks were not set up."""

from __future__ import annotations

import av
import cv2
import numpy as np
import pytest

from gerdy.errors import FootageRefused
from gerdy.recordings.keypoints import KEYPOINTS
from gerdy.recordings.video import networks
from gerdy.recordings.video.film import open_film, pictures
from gerdy.recordings.video.key_point_files import read_keypoints
from gerdy.recordings.video.pose import TwoNetworks
from gerdy.recordings.video.swaps import repair_swaps
from recordings.video.films import write_film

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not networks.is_set_up(), reason="gerdy setup-video was not run"),
]

MEDIAPIPE = {
    "nose": (724.9, 613.6),
    "hip_l": (486.5, 824.3),
    "hip_r": (411.1, 767.8),
    "knee_l": (464.6, 997.7),
    "ankle_l": (403.5, 1099.3),
}
"""cam01.mp4, picture 50: pixels from `mediapipe` 0.10.14 itself (solutions.pose, complexity 1, no smoothing)."""


@pytest.fixture(scope="module")
def treadmill(shared_data):
    return repair_swaps(TwoNetworks().estimate(open_film(shared_data / "video-treadmill-side" / "male_side.mp4")))[0]


def test_the_runner_is_found_in_every_picture(treadmill):
    assert treadmill.facts["pictures_with_person"] == treadmill.facts["pictures"] == 360
    assert treadmill.facts["track_breaks_s"] == []


def test_two_networks_of_different_makers_see_the_same_near_leg(treadmill, shared_data):
    """RTMPose's points of the same film: medians within a twentieth of the runner's 680 pixels."""
    other = read_keypoints(shared_data / "video-treadmill-side" / "male_side.pose.json")
    for joint in ("knee_l", "ankle_l", "heel_l", "toe_l"):
        away = np.hypot(*(treadmill.at(joint) - other.at(joint)).T)
        assert np.median(away) < 0.05 * 680, joint


def test_both_networks_agree_which_leg_is_which(treadmill, shared_data):
    other = read_keypoints(shared_data / "video-treadmill-side" / "male_side.pose.json")
    legs = [[KEYPOINTS.index(f"{joint}_{side}") for side in "lr" for joint in ("knee", "ankle")], []]
    legs[1] = legs[0][2:] + legs[0][:2]
    same, crossed = (
        np.hypot(*(treadmill.xy[:, order] - other.xy[:, legs[0]]).transpose(2, 0, 1)).sum(1) for order in legs
    )

    assert (same < crossed).mean() > 0.97


def test_the_joints_are_where_mediapipe_itself_puts_them(shared_data):
    points = TwoNetworks().estimate(open_film(shared_data / "video-one-leg-balance-4cam" / "cam01.mp4"))
    for joint, place in MEDIAPIPE.items():
        assert np.hypot(*(points.at(joint)[50] - place)) < 0.01 * 1920, joint


def test_the_walker_is_chosen_and_not_the_man_on_the_roof(shared_data):
    points = TwoNetworks().estimate(open_film(shared_data / "video-walking-side-outdoor" / "demo.mp4"))
    hips = (points.at("hip_l") + points.at("hip_r")) / 2
    seen = np.isfinite(hips[:, 0])

    assert seen.sum() > 60
    assert hips[seen, 1].min() > 994 / 2
    assert hips[seen][-1, 0] < hips[seen][0, 0]
    assert points.facts["pictures_with_person"] < points.facts["pictures"]


@pytest.fixture
def pair(tmp_path, shared_data):
    """Two people side by side: the balancing man, and a smaller copy of him that stands to the right."""
    frames = [p.rgb for p in pictures(open_film(shared_data / "video-one-leg-balance-4cam" / "cam03.mp4"), longest=640)]
    made = []
    for frame in frames[:48]:
        small = cv2.resize(frame, None, fx=0.85, fy=0.85, interpolation=cv2.INTER_AREA)
        canvas = np.full((640, 800, 3), 128, np.uint8)
        canvas[:, : frame.shape[1]] = frame
        canvas[640 - small.shape[0] :, 800 - small.shape[1] :] = small[:, ::-1]
        made.append(canvas)
    return write_film(tmp_path / "two.mp4", made, rate=60)


def test_of_two_people_the_larger_is_taken_unless_a_box_names_the_other(pair):
    film = open_film(pair)
    larger = TwoNetworks().estimate(film)
    smaller = TwoNetworks().estimate(film, box=(450, 200, 800, 640))

    assert np.nanmedian(larger.at("hip_l")[:, 0]) < 360
    assert np.nanmedian(smaller.at("hip_l")[:, 0]) > 450
    assert larger.facts["other_people"] >= 1


def test_nobody_in_the_picture_is_refused_with_how_to_film(tmp_path):
    black = write_film(tmp_path / "black.mp4", [np.zeros((240, 320, 3), np.uint8)] * 30)

    with pytest.raises(FootageRefused, match=r"No person was found.*gerdy film-guide"):
        TwoNetworks().estimate(open_film(black))


def test_the_film_library_that_is_used_is_the_one_that_is_declared():
    assert int(av.__version__.split(".")[0]) >= 14
