"""The shared trials against figures that were not made by gerdy.

`expected_gait_events.csv` was computed from the force plate alone (40 Hz zero-lag low pass, 50 N above the flight
level, both sides pooled); the Rajagopal figures were computed from its force file (50 N, unfiltered).
"""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from conftest import SHARED_DATA
from gerdy import Analysis, Subject, analyze
from gerdy.motion.marker_events import marker_stances
from gerdy.motion.stances import differences
from gerdy.quantities import SIDES
from gerdy.recordings import read, write_forces

pytestmark = pytest.mark.shared

STEP_PER_MINUTE = 1.0
MILLISECOND = 1e-3
PERCENT = 0.01
SET_ON = ("14", "19", "28")
REPORTED_ON = ("1", "5")


def expected() -> list[dict[str, str]]:
    table = SHARED_DATA / "rbds-running" / "expected_gait_events.csv"
    if not table.is_file():
        return []
    with table.open(newline="") as stream:
        return list(csv.DictReader(stream))


EXPECTED = expected()


@cache
def trial(name: str, mass_kg: float) -> Analysis:
    folder = SHARED_DATA / "rbds-running" / name[: name.index("run")]
    return analyze(folder / f"{name}.c3d", subject=Subject(mass_kg=mass_kg), depth="strides")


def pooled(found: Analysis, key: str) -> float:
    """Mean over the strides of both sides."""
    table = found.strides.where(found.strides["verdict"] == "good", drop=True)
    return float(np.nanmean(table[key]))


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row["trial"])
def test_cadence_contact_and_peak_force_agree_with_the_force_plate(row):
    found = trial(row["trial"], float(row["mass_kg"]))

    assert pooled(found, "cadence_spm") == pytest.approx(float(row["cadence_spm"]), abs=1 * STEP_PER_MINUTE)
    assert pooled(found, "contact_time_s") == pytest.approx(float(row["contact_time_s"]), abs=12 * MILLISECOND)
    assert pooled(found, "flight_time_s") == pytest.approx(float(row["flight_time_s"]), abs=12 * MILLISECOND)
    assert pooled(found, "peak_vertical_force_bw") == pytest.approx(float(row["peak_vGRF_BW"]), rel=3 * PERCENT)


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row["trial"])
def test_every_stance_is_found_and_the_feet_alternate(row):
    found = trial(row["trial"], float(row["mass_kg"])).motion.stances

    assert len(found) == int(row["n_stances"])
    assert (found.right[1:] != found.right[:-1]).all()


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row["trial"])
def test_the_side_of_each_stance_is_where_the_force_acts(row):
    """In a right stance the centre of pressure lies nearer to the right heel than to the left one."""
    found = trial(row["trial"], float(row["mass_kg"]))
    forces, stances = found.motion.forces, found.motion.stances
    heels = {side: found.markers[found.marker_set.roles[f"heel_{side}"]][:, 2] for side in SIDES}
    middle = (stances.contact_s + stances.toe_off_s) / 2
    pressure = np.nanmax(
        [np.interp(middle, forces.time_s, np.nan_to_num(forces.point_m[:, i, 2], nan=-9)) for i in (0, 1)], axis=0
    )
    where = {
        side: np.interp(middle, found.markers.time_s[np.isfinite(z)], z[np.isfinite(z)]) for side, z in heels.items()
    }
    nearer_right = np.abs(pressure - where["right"]) < np.abs(pressure - where["left"])

    assert np.mean(nearer_right == stances.right) > 0.9


def errors(subjects: tuple[str, ...], event: str) -> np.ndarray:
    """Marker event minus force event, seconds, over both feet of the named runners' trials."""
    rows = [row for row in EXPECTED if row["subject"] in subjects]
    return np.concatenate([_errors(trial(row["trial"], float(row["mass_kg"])), event) for row in rows])


def _errors(found: Analysis, event: str) -> np.ndarray:
    from_markers = marker_stances(found.markers, found.marker_set)
    pairs = ((getattr(found.motion.stances.of(side), event), getattr(from_markers.of(side), event)) for side in SIDES)
    return np.concatenate([differences(forces, markers, 0.1) for forces, markers in pairs])


@pytest.mark.skipif(not EXPECTED, reason="the shared data folder is not beside this checkout")
@pytest.mark.parametrize("subjects", [SET_ON, REPORTED_ON], ids=["set on 14, 19, 28", "reported on 1, 5"])
@pytest.mark.parametrize(("event", "median_ms"), [("contact_s", 15), ("toe_off_s", 25)])
def test_markers_alone_find_the_events_of_the_force_plate(subjects, event, median_ms):
    found = np.abs(errors(subjects, event))
    missed = np.isnan(found)

    assert missed.mean() < 0.01
    assert np.median(found[~missed]) <= median_ms * MILLISECOND
    assert np.percentile(found[~missed], 95) <= 40 * MILLISECOND


def test_the_rajagopal_run_with_a_force_for_each_foot(shared_data):
    folder = shared_data / "opensim-rajagopal-run"
    found = analyze(
        [folder / "motion_capture_run.trc", folder / "grf_run.mot"],
        static=folder / "static_run.trc",
        subject=Subject(mass_kg=72.84),
        depth="strides",
    )

    assert pooled(found, "cadence_spm") == pytest.approx(174.3, abs=1 * STEP_PER_MINUTE)
    assert pooled(found, "contact_time_s") == pytest.approx(0.231, abs=5 * MILLISECOND)
    assert pooled(found, "peak_vertical_force_bw") == pytest.approx(2.67, abs=0.08)


def test_a_plate_that_carries_six_percent_too_little_is_reported_and_nothing_is_rescaled(shared_data):
    """The source note of runner 5 gives 0.94 body weight."""
    found = trial("RBDS05runT35", 60.0)
    problem = next(item for item in found.problems if item.code == "force_not_body_weight")

    assert "0.94 body weight" in problem.message
    assert pooled(found, "peak_vertical_force_bw") == pytest.approx(2.524, rel=3 * PERCENT)


def test_the_mass_can_be_taken_from_the_forces_on_request(shared_data):
    """0.937 of 60 kg is 56.2 kg."""
    found = analyze(
        shared_data / "rbds-running" / "RBDS05" / "RBDS05runT35.c3d", mass_from_forces=True, depth="strides"
    )

    assert found.subject.mass_from == "forces"
    assert found.subject.mass_kg == pytest.approx(56.2, abs=0.4)


def test_walking_on_one_plate_gets_kinematics_only_and_says_so(shared_data, tmp_path):
    """The walking trial of the ligament models, its plates reduced to one."""
    folder = shared_data / "opensim-itb-ligament-models"
    markers = tmp_path / "walker.toml"
    markers.write_text(WALKER, encoding="utf-8")
    plates = read(folder / "overground_17_grf.mot").data.forces
    one = replace(
        plates,
        names=("plate 1",),
        force_n=plates.force_n.sum(axis=1, keepdims=True),
        point_m=plates.point_m[:, :1],
        free_moment_nm=plates.free_moment_nm[:, :1],
    )
    write_forces(tmp_path / "one_plate.mot", one)
    found = analyze([folder / "overground_17.trc", tmp_path / "one_plate.mot"], markers=markers, depth="strides")

    assert found.recording["gait"] == "walking"
    assert found.recording["events_from"] == "markers"
    assert {"walking", "forces_not_separable"} <= {problem.code for problem in found.problems}
    assert all("flight_time_s" in result.missing for result in found.sides.values())


WALKER = """
name = "walker"
description = "the walking trial of the knee ligament models"
required = ["asis_left", "asis_right", "heel_left", "heel_right"]
one_of = [["lateral_toe_left"], ["lateral_toe_right"]]
partners = [["L.*", "R.*"]]

[roles]
asis_left = "L.ASIS"
asis_right = "R.ASIS"
psis_left = "L.PSIS"
psis_right = "R.PSIS"
heel_left = "L.Heel"
heel_right = "R.Heel"
lateral_toe_left = "L.MT5"
lateral_toe_right = "R.MT5"
"""
