"""Key points from other programs come in under our names, whatever the order of theirs."""

from __future__ import annotations

import json

import numpy as np
import pytest

from gerdy.errors import FileUnreadable
from gerdy.recordings.keypoints import KEYPOINTS
from gerdy.recordings.video.key_point_files import read_keypoints

ORDERS = {
    25: {"nose": 0, "shoulder_r": 2, "wrist_l": 7, "hip_r": 9, "knee_r": 10, "ankle_r": 11, "hip_l": 12, "toe_l": 19},
    26: {"nose": 0, "shoulder_l": 5, "hip_l": 11, "hip_r": 12, "knee_r": 14, "ankle_r": 16, "toe_l": 20, "heel_r": 25},
    17: {"nose": 0, "shoulder_l": 5, "elbow_r": 8, "hip_l": 11, "knee_l": 13, "ankle_r": 16},
}
"""Number of points → our name → place, from the published tables of OpenPose (BODY_25), Halpe and COCO."""


def folder(tmp_path, count, people=1, frames=3):
    for frame in range(frames):
        bodies = []
        for person in range(people):
            size = 1 + person
            points = [[100 * person + size * 10.0 * i, frame + size * 20.0 * i, 0.9] for i in range(count)]
            bodies.append({"pose_keypoints_2d": [value for point in points for value in point]})
        name = tmp_path / f"run_{frame:012d}_keypoints.json"
        name.write_text(json.dumps({"people": bodies}), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("count", ORDERS)
def test_each_order_of_points_is_read_as_its_table_says(tmp_path, count):
    points = read_keypoints(folder(tmp_path, count), rate_hz=50)

    for name, place in ORDERS[count].items():
        assert points.at(name)[1].tolist() == [10.0 * place, 1 + 20.0 * place], name
    assert points.time_s.tolist() == [0.0, 0.02, 0.04]


def test_of_several_people_the_largest_is_taken(tmp_path):
    points = read_keypoints(folder(tmp_path, 17, people=2), rate_hz=50)

    assert points.at("hip_l")[0].tolist() == [100 + 2 * 10.0 * 11, 2 * 20.0 * 11]


def test_pictures_are_ordered_by_number_not_by_name(tmp_path):
    folder(tmp_path, 17, frames=1)
    first = tmp_path / "run_000000000000_keypoints.json"
    first.rename(tmp_path / "run_2_keypoints.json")
    (tmp_path / "run_10_keypoints.json").write_text('{"people": []}', encoding="utf-8")
    points = read_keypoints(tmp_path, rate_hz=50)

    assert np.isfinite(points.at("hip_l")[0]).all()
    assert np.isnan(points.at("hip_l")[1]).all()


def test_a_folder_needs_a_frame_rate(tmp_path):
    with pytest.raises(FileUnreadable, match="how many pictures a second"):
        read_keypoints(folder(tmp_path, 17))


def test_an_unknown_number_of_points_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(FileUnreadable, match=r"bodies of 21 points; gerdy knows 17"):
        read_keypoints(folder(tmp_path, 21), rate_hz=50)


@pytest.mark.parametrize("text", ["", "[1, 2]", '{"people": 3}', '{"keypoint_names": ["nose"], "frames": [[[1]]]}'])
def test_a_file_that_is_no_pose_file_is_refused(tmp_path, text):
    file = tmp_path / "x.json"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(FileUnreadable):
        read_keypoints(file)


@pytest.mark.shared
def test_the_rtmpose_points_of_the_treadmill_runner_are_read(shared_data):
    file = shared_data / "video-treadmill-side" / "male_side.pose.json"
    given = json.loads(file.read_text(encoding="utf-8"))
    points = read_keypoints(file)

    assert points.xy.shape == (360, len(KEYPOINTS), 2)
    assert points.size == (720, 1280)
    for ours, theirs in (("toe_l", "l_big_toe"), ("knee_r", "r_knee"), ("nose", "nose")):
        place = given["keypoint_names"].index(theirs)
        assert points.at(ours)[7].tolist() == given["frames"][7][place][:2]


def test_a_mirror_swaps_sides_and_turns_the_picture_round(tmp_path):
    points = read_keypoints(folder(tmp_path, 17), rate_hz=50, size=(400, 800))
    twice = points.mirrored().mirrored()

    assert points.mirrored().at("hip_r")[0].tolist() == [399 - 110.0, 220.0]
    assert np.array_equal(twice.xy, points.xy, equal_nan=True)
