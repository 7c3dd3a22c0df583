"""Films from file to answer: the shared treadmill film, its copies, and films that cannot be measured."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gerdy import Subject
from gerdy.errors import FileUnreadable, FootageRefused
from gerdy.motion.film.film_study import Asked, study_film
from gerdy.pipelines.film import FilmOptions, analyze_films, are_films
from gerdy.quantities import SIDES
from gerdy.recordings.keypoints import KEYPOINTS
from gerdy.recordings.video import networks
from gerdy.recordings.video.film import open_film, pictures
from gerdy.recordings.video.key_point_files import read_keypoints
from recordings.video.films import numbered, sound_only, write_film

STEP_PER_MINUTE = 1.0
CADENCE_SPM = 168.9
"""male_side.groundtruth.json: from raw pixels, no pose model, 168.9 ± 0.5 steps/min."""

needs_networks = pytest.mark.skipif(not networks.is_set_up(), reason="gerdy setup-video was not run")


@pytest.fixture(scope="module")
def others(shared_data):
    """RTMPose's key points of the treadmill film."""
    return read_keypoints(shared_data / "video-treadmill-side" / "male_side.pose.json")


@pytest.fixture(scope="module")
def plain(others):
    return study_film("male_side", others)


def cadence(found):
    strides = found.strides.where(found.strides.good)
    return float(np.mean(120.0 / (strides.end_s - strides.contact_s)))


@pytest.mark.shared
@needs_networks
def test_cadence_from_our_networks_is_the_one_measured_from_raw_pixels(shared_data):
    found = analyze_films([shared_data / "video-treadmill-side" / "male_side.mp4"], subject=Subject(height_m=1.78))

    for side in SIDES:
        assert found.sides[side].values["cadence_spm"].mean == pytest.approx(CADENCE_SPM, abs=1 * STEP_PER_MINUTE)
    assert found.films[0].motion.scene.view == "side"
    assert found.films[0].motion.scene.near == "left"
    # The band that the film's own notes give from the literature.
    assert 0.180 <= found.sides["left"].values["contact_time_s"].mean <= 0.320


@pytest.mark.shared
def test_cadence_from_the_key_points_of_another_network_is_the_same(shared_data):
    found = analyze_films([shared_data / "video-treadmill-side" / "male_side.pose.json"])

    for side in SIDES:
        assert found.sides[side].values["cadence_spm"].mean == pytest.approx(CADENCE_SPM, abs=1 * STEP_PER_MINUTE)


def turned(points, degrees):
    """The film as a camera turned clockwise about its own line of sight sees it."""
    middle = np.array(points.size) / 2.0
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return replace(points, xy=(points.xy - middle) @ np.array([[c, -s], [s, c]]) + middle)


COPIES = {
    "rolled left": lambda points: turned(points, -4.0),
    "rolled right": lambda points: turned(points, 4.0),
    "half the size": lambda points: replace(points, xy=points.xy / 2, size=(360, 640)),
    "twice the size": lambda points: replace(points, xy=points.xy * 2, size=(1440, 2560)),
    "joints a pixel off": lambda points: replace(
        points, xy=points.xy + np.random.default_rng(7).normal(0.0, 1.0, points.xy.shape)
    ),
}


@pytest.mark.shared
@pytest.mark.parametrize("copy", COPIES)
def test_copies_of_a_film_agree_within_the_stated_error(copy, others, plain):
    found = study_film(copy, COPIES[copy](others))

    assert cadence(found) == pytest.approx(CADENCE_SPM, abs=1 * STEP_PER_MINUTE)
    for side in SIDES:
        for key, one in plain.measures[side].items():
            other = found.measures[side][key]
            assert abs(one.mean - other.mean) <= one.se, (side, key)


@pytest.mark.long
@pytest.mark.shared
@needs_networks
@pytest.mark.parametrize(
    ("size", "mirrored"), [((720, 1280), False), ((360, 640), False), ((720, 1280), True)],
    ids=["re-encoded", "re-encoded at half the size", "re-encoded in a mirror"],
)  # fmt: skip
def test_copies_made_of_pictures_agree_within_the_stated_error(shared_data, tmp_path, size, mirrored):
    """Decoded, written again with strong compression, and read by the networks as any film."""
    source = shared_data / "video-treadmill-side" / "male_side.mp4"
    shown = [p.rgb[:, ::-1] if mirrored else p.rgb for p in pictures(open_film(source), longest=max(size))]
    copy = write_film(tmp_path / "copy.mp4", shown, rate=30, crf=32)
    plain, other = (analyze_films([file]) for file in (source, copy))
    for side in SIDES:
        same = ("right" if side == "left" else "left") if mirrored else side
        seen = other.sides[same].values["cadence_spm"]
        # The far foot of the small film scatters by 8 steps/min from stride to stride; its mean is no surer than that.
        allowed = max(1 * STEP_PER_MINUTE, 2 * seen.sd / np.sqrt(seen.n))
        assert seen.mean == pytest.approx(CADENCE_SPM, abs=allowed)
        for key, one in plain.measures(side).items():
            assert abs(one.mean - other.measures(same)[key].mean) <= 2 * one.se, (side, key)


@pytest.mark.shared
def test_a_mirrored_film_swaps_the_sides(others, plain):
    found = study_film("mirrored", others.mirrored())

    assert cadence(found) == pytest.approx(cadence(plain), abs=0.1 * STEP_PER_MINUTE)
    for key, one in plain.measures["left"].items():
        assert found.measures["right"][key].mean == pytest.approx(one.mean, abs=0.5), key


@pytest.mark.shared
def test_a_film_at_half_the_rate_is_refused(others):
    with pytest.raises(FootageRefused, match="Frame rate 15"):
        study_film("half", others.keep(np.arange(len(others.time_s)) % 2 == 0))


@pytest.mark.shared
@needs_networks
def test_somebody_who_walks_is_called_walking_and_refused_as_running(shared_data):
    with pytest.raises(FootageRefused, match="shows walking, not running"):
        analyze_films([shared_data / "video-walking-side-outdoor" / "demo.mp4"])


@pytest.mark.shared
@needs_networks
def test_squats_are_not_taken_for_running(shared_data):
    with pytest.raises(FootageRefused, match="not running"):
        analyze_films([shared_data / "video-squat-with-mocap" / "video.mp4"])


def cut_off(path: Path) -> Path:
    write_film(path, numbered(20))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    return path


def black(path: Path) -> Path:
    return write_film(path, [np.zeros((48, 64, 3), np.uint8)] * 40)


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (sound_only, FileUnreadable),
        (cut_off, FileUnreadable),
        (lambda path: write_film(path, numbered(1)), FileUnreadable),
    ],
    ids=["sound only", "cut off", "still picture"],
)
def test_files_without_a_film_in_them_are_refused(tmp_path, make, refusal):
    with pytest.raises(refusal):
        analyze_films([make(tmp_path / "film.mp4")])


@needs_networks
def test_black_pictures_are_refused(tmp_path):
    with pytest.raises(FootageRefused, match="No person"):
        analyze_films([black(tmp_path / "black.mp4")])


def test_films_and_key_points_are_known_by_their_names(tmp_path):
    assert are_films([Path("a.mp4"), Path("b.MOV")])
    assert are_films([Path("pose.json")])
    assert are_films([tmp_path])
    assert not are_films([Path("run.c3d")])
    assert not are_films([])


@pytest.mark.shared
def test_the_document_says_what_one_film_cannot_know(shared_data):
    document = analyze_films([shared_data / "video-treadmill-side" / "male_side.pose.json"]).to_json()
    left = document["sides"]["left"]

    assert document["schema"] == "gerdy/film/1"
    assert left["band"] is None
    assert set(left["measures"]["knee_flexion_peak_deg"]) == {
        "mean", "sd", "n", "unit", "se", "sdd", "view_fitness", "frames", "film",
    }  # fmt: skip
    assert "film from behind" in left["missing"]["measures.frontal"]
    assert "no single camera" in left["missing"]["measures.rotation"]
    assert document["recording"]["films"][0]["markers"] == "none"


def test_two_films_of_the_same_view_are_refused(shared_data):
    file = shared_data / "video-treadmill-side" / "male_side.pose.json"
    with pytest.raises(FootageRefused, match="same view"):
        analyze_films([file, file])


@pytest.mark.shared
def test_a_named_roll_is_used(others):
    assert study_film("x", others, Asked(roll_deg=3.0)).roll.how == "given"


def test_an_option_left_out_is_found_by_gerdy():
    assert FilmOptions() == ((), None, None, None, 1.0, None, None)
    assert len(KEYPOINTS) == 17


@pytest.mark.shared
def test_one_film_with_a_height_reaches_the_band_and_says_what_it_took_from_others(shared_data):
    file = shared_data / "video-treadmill-side" / "male_side.pose.json"

    found = analyze_films([file], subject=Subject(height_m=1.78, sex="male"))

    for side in SIDES:
        band, missing = found.sides[side].to_json()["band"], found.sides[side].missing
        assert band["anterior"]["path_elongation_peak_pct"]["draws"] == 64
        assert {"hip_adduction", "pelvis_list", "hip_rotation"} <= set(band["assumed"])
        assert "men" in band["assumed_from"]
        assert "women" not in band["assumed_from"]
        # The zone is one of knee flexion, which a side film shows.
        assert band["share_assumed"]["zone.loading_ms"] == 0.0
        assert all(band["share_assumed"][path] > 0.5 for path in band["mostly_norm"])
        assert missing["band.contact_impulse_n_s"] == "not recorded: needs ground reaction forces"
    assert "film_band_assumed" in [problem.code for problem in found.problems]


@pytest.mark.shared
def test_without_a_height_the_band_is_null_and_says_what_to_give(shared_data):
    found = analyze_films([shared_data / "video-treadmill-side" / "male_side.pose.json"])

    assert found.sides["left"].to_json()["band"] is None
    assert "--height" in found.sides["left"].missing["band"]
