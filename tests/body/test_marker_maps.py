"""A marker map is data: both sides alike, every place on a segment, mistakes named."""

from __future__ import annotations

import numpy as np
import pytest

from gerdy.body import load
from gerdy.body.marker_maps import load_marker_map, marker_map_names, read_marker_map
from gerdy.errors import BodyError

GOOD = """
about = "test"
hip_centres = "measured"
[marker.SACR]
body = "pelvis"
place_m = [-0.15, 0.03, 0.0]
[both_sides.KNEE]
body = "femur"
place_m = [0.0, -0.4, 0.05]
static_weight = 1.0
weight = 1.0
landmark = "lateral_epicondyle"
[[measurement]]
name = "thigh"
bodies = ["femur_r", "femur_l"]
axes = "xyz"
pairs = [["R.KNEE", "L.KNEE"]]
"""


@pytest.mark.parametrize("name", marker_map_names())
def test_every_marker_and_measurement_of_a_shipped_map_names_a_segment_of_the_body(name):
    body, marker_map = load(), load_marker_map(name)
    measured = {segment for measurement in marker_map.measurements for segment in measurement.bodies}

    assert {marker.body for marker in marker_map} | measured <= set(body.bodies)


def test_left_places_are_the_mirror_of_right_ones():
    marker_map = load_marker_map("rbds")
    right, left = marker_map["R.Ankle"], marker_map["L.Ankle"]
    assert left.body == "tibia_l"
    assert np.allclose(left.place_m, np.multiply(right.place_m, [1, 1, -1]))
    assert left.landmark == "lateral_malleolus_l"


def test_the_rbds_map_knows_all_48_static_markers_and_the_two_predicted_hips():
    # The labels of RBDS05static.c3d, less R. and L.
    static = {
        *("Ankle", "Ankle.Medial", "ASIS", "GTR", "Heel.Bottom", "Heel.Lateral", "Heel.Top", "HF", "Iliac.Crest"),
        *("Knee", "Knee.Medial", "MT1", "MT2", "MT5", "PSIS", "Shank.Bottom.Lateral", "Shank.Bottom.Medial"),
        *("Shank.Top.Lateral", "Shank.Top.Medial", "Thigh.Bottom.Lateral", "Thigh.Bottom.Medial"),
        *("Thigh.Top.Lateral", "Thigh.Top.Medial", "TT"),
    }
    expected = {f"{side}.{label}" for side in "RL" for label in [*static, "HJC"]}
    assert set(load_marker_map("rbds").labels) == expected


def test_weights_of_the_rajagopal_map_are_those_of_the_published_set_up_over_fifty(shared_data):
    from defusedxml import ElementTree

    setup = ElementTree.parse(shared_data / "opensim-rajagopal-run" / "ik_setup_run.xml")
    marker_map = load_marker_map("rajagopal")
    for task in setup.iter("IKMarkerTask"):
        applied = task.find("apply").text.strip() == "true"
        expected = float(task.find("weight").text) / 50 if applied else 0.0
        assert marker_map[task.get("name")].weight == expected, task.get("name")


def test_a_laboratorys_own_map_is_read_from_toml(tmp_path):
    path = tmp_path / "ours.toml"
    path.write_text(GOOD)
    marker_map = read_marker_map(path)
    assert marker_map.name == "ours"
    assert marker_map.labels == ("SACR", "R.KNEE", "L.KNEE")
    assert marker_map.in_recording(["L.KNEE", "X"])[0].body == "femur_l"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("about", "abuot", "lacks or misspells an entry"),
        ('"measured"', '"guessed"', "harrington2007"),
        ("place_m = [0.0, -0.4, 0.05]", "", "static_weight and no place_m"),
        ("weight = 1.0\nlandmark", "weight = -1.0\nlandmark", "negative weight"),
        ('axes = "xyz"', 'axes = "long"', "letters of xyz"),
        ('"R.KNEE", "L.KNEE"', '"R.KNE", "L.KNEE"', "nearest: R.KNEE"),
        ("[marker.SACR]", "[marker.SACR", "not valid TOML"),
        ('body = "femur"', 'bodi = "femur"', "lacks or misspells an entry"),
    ],
)
def test_a_mistake_in_a_map_is_named(tmp_path, old, new, message):
    path = tmp_path / "ours.toml"
    path.write_text(GOOD.replace(old, new))
    with pytest.raises(BodyError, match=message):
        read_marker_map(path)


def test_an_unknown_map_and_a_missing_file_say_what_there_is(tmp_path):
    with pytest.raises(BodyError, match="rajagopal, rbds"):
        load_marker_map("plugingait")
    with pytest.raises(BodyError, match="could not be read as a marker map"):
        read_marker_map(tmp_path / "none.toml")
