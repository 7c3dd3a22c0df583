"""Norms: who stands in them, who may be set against them, and whether they agree with others' averages."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import replace

import numpy as np
import pytest

from gerdy.band.hybrids import OUTCOMES
from gerdy.band.norms import load_band_norm, relative_to_norm
from gerdy.motion.norms import Norm, against_norm, load_norms, match_norm
from gerdy.motion.stance_curves import COORDINATES, mean_stance, stance_curves
from gerdy.quantities import Spread

LIKE_THE_NORM = {
    "marker_set": "rbds",
    "standing": True,
    "events_from": "forces",
    "speed_m_s": 3.5,
    "sex": None,
    "files": [],
}


@pytest.fixture
def norm():
    return load_norms()[0]


def matched(**other):
    return match_norm(**(LIKE_THE_NORM | other))


def test_the_norm_holds_the_twelve_men_and_one_woman_without_an_injury(norm):
    """`participants.csv` of the shared data: `Injury` is No for these, at 3.5 m/s."""
    numbers = {int(runner.name.removeprefix("RBDS")) for runner in norm.runners}

    assert numbers == {4, 12, 14, 16, 17, 19, 20, 21, 23, 25, 26, 27, 28}
    assert [runner.name for runner in norm.runners if runner.sex == "female"] == ["RBDS019"]
    assert norm.who == "12 men and 1 woman"
    assert norm.n == 13
    assert norm.speed_m_s == pytest.approx(3.5, abs=0.1)


def test_curves_and_band_outcomes_are_of_the_same_runners(norm):
    band = load_band_norm(norm.name)

    assert band.runners == tuple(runner.name for runner in norm.runners)
    assert set(band.outcomes) == set(OUTCOMES)
    assert norm.curves.recorded == set(COORDINATES)
    assert all(np.isfinite(values).all() for values in (norm.curves.q, norm.curves.slope, norm.curves.moments))


@pytest.mark.shared
def test_a_runner_is_left_out_of_their_own_norm(shared_data):
    """The hash of either file of the shared trial is enough."""
    folder = shared_data / "rbds-running" / "RBDS014"
    for name in ("RBDS014runT35.c3d", "RBDS014static.c3d"):
        mine = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        found = matched(files=[mine])

        assert found.n == 12
        assert "RBDS014" not in [runner.name for runner in found.runners]


def test_a_man_is_set_against_men_and_whoever_gives_no_sex_against_all():
    assert matched(sex="male").who == "12 men"
    assert matched().who == "12 men and 1 woman"


def test_one_woman_is_no_norm_for_women():
    why = matched(sex="female")

    assert isinstance(why, str)
    assert "1 woman" in why
    assert "5 of the runner's sex are needed" in why


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"speed_m_s": 2.5}, "this recording at 2.50 m/s"),
        ({"speed_m_s": 3.9}, "this recording at 3.90 m/s"),
        ({"marker_set": "rajagopal"}, "marker set rajagopal"),
        ({"standing": False}, "without a standing trial"),
        ({"events_from": "markers"}, "contacts from markers"),
    ],
)
def test_another_speed_or_method_has_no_matched_norm_and_the_reason_says_which(other, words):
    why = matched(**other)

    assert isinstance(why, str)
    assert why.startswith("not matched")
    assert words in why


def test_a_quarter_of_a_metre_per_second_apart_is_still_the_same_speed(norm):
    assert isinstance(matched(speed_m_s=norm.speed_m_s + 0.24), Norm)
    assert isinstance(matched(speed_m_s=norm.speed_m_s - 0.26), str)


def test_a_difference_is_scored_only_where_ten_runners_stand_behind_it(norm):
    """Z is the difference over the runners' standard deviation, by definition."""
    mine = Spread(15.0, 1.0, 20, "deg")
    twelve = against_norm("hip_adduction_peak_deg", mine, matched(sex="male"))
    values = norm.where(range(9)).measures["hip_adduction_peak_deg"]
    nine = against_norm("hip_adduction_peak_deg", mine, norm.where(range(9)))

    ten = against_norm("hip_adduction_peak_deg", mine, norm.where(range(10)))

    assert ten.z is not None
    assert twelve.n == 12
    assert twelve.z == pytest.approx((15.0 - twelve.mean) / twelve.sd)
    assert nine.n == 9
    assert nine.z is None
    assert nine.difference == pytest.approx(15.0 - values.mean())
    assert nine.sd == pytest.approx(values.std(ddof=1))


def test_pelvic_drop_carries_an_error_of_five_degrees(norm):
    """`running-norms/SOURCE.md`: pelvic markers disagree by 5 to 10 degrees."""
    for instant in ("peak", "mid_stance", "contact"):
        found = against_norm(f"contralateral_pelvic_drop_{instant}_deg", Spread(9.0, 1.0, 20, "deg"), norm)

        assert found.error == 5.0


def test_a_measure_that_the_norm_lacks_is_not_compared(norm):
    few = replace(norm, measures={"hip_adduction_peak_deg": np.array([1.0, np.nan, np.nan])})

    assert against_norm("trunk_forward_lean_peak_deg", Spread(9.0, 1.0, 20, "deg"), norm) is None
    assert against_norm("hip_adduction_peak_deg", Spread(9.0, 1.0, 20, "deg"), few) is None


@pytest.mark.shared
@pytest.mark.parametrize("coordinate", ["knee_angle", "hip_adduction"])
def test_largest_angles_of_stance_agree_with_averages_that_others_made(shared_data, norm, coordinate):
    """`rbds_kinematics_mean_sd.csv`: 20 runners of the same data set through OpenSim, 3.5 m/s, largest in stance.

    Groups of 13 and 20 differ by chance by less than two standard errors of their means. Hip flexion and the ankle
    differ by more, as `docs/design/why.md` says: their zero is where each method puts the markers on its own body.
    """
    with (shared_data / "running-norms" / "rbds_kinematics_mean_sd.csv").open(newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["belt_speed_m_s"] == "3.5"]
    stance = [row for row in rows if row["coordinate"] == coordinate and float(row["percent_gait_cycle"]) <= 33]
    angles = np.array([float(row["mean_deg"]) for row in stance])
    sd = float(stance[int(angles.argmax())]["sd_between_runners_deg"])
    ours = np.degrees(norm.curves.q[:, :, COORDINATES.index(coordinate)].mean(axis=0))

    assert ours.max() == pytest.approx(angles.max(), abs=2 * sd * np.sqrt(1 / 13 + 1 / 20))


def test_a_stance_that_turns_evenly_has_that_slope_and_a_mirror_turns_the_pelvis():
    """By hand: 0.5 rad/s over stances of 0.2 s is 0.1 rad per stance; 20 N·m on 70 kg and 0.8 m is 0.357."""
    names = ["pelvis_list", "hip_adduction_l"]
    time = np.linspace(0.0, 1.0, 201)
    q, velocity = np.stack([0.5 * time, 0.5 * time], axis=1), np.full((201, 2), 0.5)
    moments = np.full((201, 2), 20.0)
    stances = np.array([0.1, 0.5]), np.array([0.3, 0.7])
    found = stance_curves(names, "left", time, q, velocity, moments, stances, 5, 70 * 0.8)
    hip, drop, tilt = (COORDINATES.index(name) for name in ("hip_adduction", "pelvis_list", "pelvis_tilt"))

    assert found.duration_s == pytest.approx([0.2, 0.2])
    assert found.q[0, :, hip] == pytest.approx([0.05, 0.075, 0.1, 0.125, 0.15])
    assert found.q[:, :, drop] == pytest.approx(-found.q[:, :, hip])
    assert found.slope[:, :, hip] == pytest.approx(0.1)
    assert found.moments[:, :, hip] == pytest.approx(20 / 56)
    assert np.isnan(found.q[:, :, tilt]).all()
    assert found.recorded == {"hip_adduction", "pelvis_list"}
    assert mean_stance(found).q[:, hip] == pytest.approx([0.15, 0.175, 0.2, 0.225, 0.25])


def test_the_load_against_the_norm_is_paired_draw_by_draw():
    """By hand: twice the norm in every draw is a ratio of 2 without spread, however far the draws lie apart."""
    norm = np.array([[1.0, 10.0, 100.0], [3.0, 30.0, 300.0]])
    even = np.full((3, 2), 0.5)
    found = relative_to_norm(np.array([4.0, 40.0, 400.0]), norm, even)

    assert (found["p5"], found["median"], found["p95"]) == pytest.approx((2.0, 2.0, 2.0))
    assert found["draws"] == 3


def test_a_draw_in_which_the_norm_presses_nothing_gives_no_ratio():
    found = relative_to_norm(np.array([4.0, 1.0]), np.array([[2.0, 0.0]]), np.ones((2, 1)))

    assert found["draws"] == 1
    assert relative_to_norm(np.ones(3), np.ones((1, 2)), np.ones((2, 1))) is None


def test_fewer_draws_pair_with_the_first_of_the_norms():
    found = relative_to_norm(np.array([4.0]), np.array([[2.0, 1.0]]), np.ones((2, 1)))

    assert found == {"median": 2.0, "p5": 2.0, "p95": 2.0, "draws": 1}
