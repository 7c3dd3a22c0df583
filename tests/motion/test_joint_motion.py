"""All shared runners go from markers to measures; without what is needed the reason is said."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from numpy.testing import assert_allclose

from gerdy import body
from gerdy.errors import BodyError
from gerdy.motion.joint_motion import fit_body, joint_motion, side_measures
from gerdy.motion.measures import mid_stance_times
from gerdy.motion.study import study
from gerdy.recordings import Recording, clean, default_settings, orient, read, recognise
from gerdy.recordings.mirror import mirror

degree = np.pi / 180
EXPECTED = {
    "hip_adduction_peak_deg",
    "hip_flexion_contact_deg",
    "knee_flexion_peak_deg",
    "knee_flexion_contact_deg",
    "knee_flexion_zone_deg",
    "dorsiflexion_peak_deg",
    "contralateral_pelvic_drop_mid_stance_deg",
    "anterior_pelvic_tilt_toe_off_deg",
    "tibial_internal_rotation_excursion_deg",
    "knee_varus_peak_deg",
    "subtalar_eversion_peak_deg",
    "pelvis_to_foot_mid_stance_mm",
}


@cache
def _opened(path):
    data = read(path).data
    marker_set = recognise(data.markers.labels)
    turned = orient(data, marker_set)[0]
    return clean(turned.markers, marker_set, default_settings())[0], turned.forces, marker_set


def _runner(folder):
    static, _, _ = _opened(next(folder.glob("*static.c3d")))
    trial = min(folder.glob("*runT35.c3d"))
    markers, forces, marker_set = _opened(trial)
    fitted = fit_body(body.load(), body.load_marker_map(marker_set.name), markers.labels, static=static, mass_kg=60.0)
    return fitted, markers, forces, marker_set


def _measures(found, markers, forces, marker_set, side):
    good = study(markers, marker_set, forces).good(side)
    return side_measures(found, side, mid_stance_times(good.contact_s, good.toe_off_s))


RUNNERS = [
    *(f"rbds-running/RBDS{n}" for n in ("001", "05", "014", "019", "028")),
    *(f"rbds-norm/RBDS{n}" for n in ("002", "011", "012", "015", "016", "017", "018", "020")),
    *(f"rbds-norm/RBDS{n}" for n in ("021", "023", "025", "026", "027", "03", "04", "09")),
]


@pytest.mark.shared
@pytest.mark.parametrize("runner", RUNNERS)
def test_every_shared_runner_goes_through_without_a_gap_where_there_are_markers(shared_data, runner):
    fitted, markers, forces, marker_set = _runner(shared_data / runner)
    found = joint_motion(fitted, markers)
    assert found.poses.converged.all()
    assert np.isfinite(found.coordinates.values).all()
    assert found.fit.rms_mm < 15.0
    for side in ("left", "right"):
        measures = _measures(found, markers, forces, marker_set, side)
        assert set(measures) >= EXPECTED
        assert not any(key.startswith("trunk") for key in measures)
        # Wide limits that only a wrong sign, side or zero would break; see docs/validation/body.md for the values.
        assert 0 < measures["hip_adduction_peak_deg"].mean < 20
        assert 30 < measures["knee_flexion_peak_deg"].mean < 60
        assert 15 < measures["dorsiflexion_peak_deg"].mean < 40
        assert 0 < measures["anterior_pelvic_tilt_mid_stance_deg"].mean + 15 < 40
        assert measures["knee_flexion_contact_deg"].n == len(study(markers, marker_set, forces).good(side))


@pytest.mark.shared
def test_mirroring_a_recording_and_its_static_trial_swaps_the_sides_and_changes_nothing_else(shared_data):
    folder = shared_data / "rbds-running" / "RBDS05"
    generic, results = body.load(), {}
    for name, turn in (("as recorded", lambda m, _: m), ("mirrored", _mirrored)):
        static, _, marker_set = _opened(folder / "RBDS05static.c3d")
        markers, forces, _ = _opened(folder / "RBDS05runT35.c3d")
        good = study(markers, marker_set, forces)
        short = markers.__class__(markers.labels, markers.xyz_m[:600], markers.rate_hz, markers.start_s)
        fitted = fit_body(generic, body.load_marker_map("rbds"), short.labels, static=turn(static, marker_set))
        results[name] = joint_motion(fitted, turn(short, marker_set)), good
    here, there = results["as recorded"][0], results["mirrored"][0]
    for side, other in (("left", "right"), ("right", "left")):
        angles, mirrored = here.angles(side), there.angles(other)
        assert set(angles) == set(mirrored)
        for key, value in angles.items():
            # The published left leg is a rounded mirror of the right one.
            assert_allclose(mirrored[key], value, atol=0.15 * degree, err_msg=key)


def _mirrored(markers, marker_set):
    return mirror(Recording(markers=markers), marker_set).markers


@pytest.mark.shared
def test_the_runner_with_a_band_history_drops_the_pelvis_and_adducts_the_hip_more_on_the_painful_right(shared_data):
    """RBDS05; the same sides stand out in another laboratory's OpenSim angles of this trial (15 against 11 degrees)."""
    fitted, markers, forces, marker_set = _runner(shared_data / "rbds-running" / "RBDS05")
    found = joint_motion(fitted, markers)
    right, left = (_measures(found, markers, forces, marker_set, side) for side in ("right", "left"))
    for key in ("hip_adduction_peak_deg", "contralateral_pelvic_drop_peak_deg"):
        assert right[key].mean > left[key].mean + 4.0


def test_without_static_trial_and_height_the_reason_and_the_way_out_are_said():
    with pytest.raises(BodyError, match="Give --static FILE"):
        fit_body(body.load(), body.load_marker_map("rbds"), ("R.ASIS",))


@pytest.mark.shared
def test_from_height_alone_the_rajagopal_runner_has_angles_and_the_report_says_how_he_was_scaled(shared_data):
    markers, _, marker_set = _opened(shared_data / "opensim-rajagopal-run" / "motion_capture_run.trc")
    fitted = fit_body(body.load(), body.load_marker_map(marker_set.name), markers.labels, height_m=1.80)
    found = joint_motion(fitted, markers)
    assert {segment.how for segment in found.fit.segments} == {"stature"}
    knee = np.degrees(found.poses.of("knee_angle_r"))
    assert np.isfinite(knee).all()
    # The same knee from OpenSim's own scaled and marked model: 13 to 111 degrees (SOURCE.md of the trial).
    assert knee.min() == pytest.approx(13, abs=8)
    assert knee.max() == pytest.approx(111, abs=8)
    assert "trunk_ipsilateral_lean" in found.angles("right")


@pytest.mark.shared
def test_joint_coordinates_are_written_as_a_file_that_opensim_opens(shared_data, tmp_path):
    opensim = pytest.importorskip("opensim", reason="the opensim extra is not installed")
    from gerdy.recordings.storage import write_coordinates

    fitted, markers, _, _ = _runner(shared_data / "rbds-running" / "RBDS05")
    short = markers.__class__(markers.labels, markers.xyz_m[:50], markers.rate_hz, markers.start_s)
    found = joint_motion(fitted, short)
    write_coordinates(tmp_path / "angles.mot", found.coordinates)
    table = opensim.TimeSeriesTable(str(tmp_path / "angles.mot"))
    column = table.getDependentColumn("hip_adduction_r").to_numpy()
    assert table.getNumRows() == 50
    assert_allclose(column, np.degrees(found.poses.of("hip_adduction_r")), atol=1e-4)
