"""Measures are read at the instants they are named after; what is missing leaves its stride out."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from gerdy.motion.measures import (
    StanceTimes,
    angle_measures,
    distance_measures,
    mid_stance_times,
    moment_measures,
    phase_curves,
)

TIME = np.arange(0, 2.0, 0.01)
TIMES = StanceTimes(np.array([0.1, 0.8, 1.5]), np.array([0.3, 1.0, 1.7]), np.array([0.2, 0.9, 1.6]))


def _bump(low_deg: float, high_deg: float) -> np.ndarray:
    """A half sine from `low` at contact over `high` at mid-stance back to `low` at toe-off, in every stance."""
    angle = np.full(TIME.shape, float(low_deg))
    for a, b in zip(TIMES.contact_s, TIMES.toe_off_s, strict=True):
        inside = (a - 1e-9 <= TIME) & (b + 1e-9 >= TIME)
        angle[inside] = low_deg + (high_deg - low_deg) * np.sin(np.pi * (TIME[inside] - a) / (b - a))
    return np.radians(angle)


def test_contact_mid_stance_toe_off_peak_and_excursion_are_read_off_a_known_curve():
    found = angle_measures({"hip_adduction": _bump(4.0, 12.0)}, TIME, TIMES)
    for instant, expected in (
        ("contact", 4.0),
        ("mid_stance", 12.0),
        ("toe_off", 4.0),
        ("peak", 12.0),
        ("excursion", 8.0),
    ):
        measure = found[f"hip_adduction_{instant}_deg"]
        assert measure.mean == pytest.approx(expected, abs=1e-6)
        assert measure.sd == pytest.approx(0.0, abs=1e-6)
        assert (measure.n, measure.unit) == (3, "deg")


def test_the_zone_counts_loading_only_and_only_where_the_knee_lies_within_its_limits():
    """The knee bends from 10 to 40 degrees in a straight line, then extends; hip adduction rises one per percent."""
    phase = np.linspace(0, 1, 401)
    knee = np.radians(np.where(phase <= 0.5, 10 + 60 * phase, 70 - 60 * phase))
    adduction = np.radians(100 * phase)
    times = StanceTimes(np.array([0.0]), np.array([1.0]), np.array([0.5]))
    found = angle_measures({"knee_flexion": knee, "hip_adduction": adduction}, phase, times, zone_deg=(20.0, 30.0))
    # 20 degrees is passed at 16.7 % of stance and 30 at 33.3 %, so the mean adduction between is 25 degrees.
    assert found["hip_adduction_zone_deg"].mean == pytest.approx(25.0, abs=0.5)
    assert found["knee_flexion_zone_deg"].mean == pytest.approx(25.0, abs=0.5)


def test_a_knee_that_never_enters_the_zone_has_no_zone_measure_rather_than_zero():
    found = angle_measures({"knee_flexion": _bump(32.0, 45.0), "hip_flexion": _bump(30.0, 35.0)}, TIME, TIMES)
    assert found["hip_flexion_zone_deg"].n == 0
    assert np.isnan(found["hip_flexion_zone_deg"].mean)


def test_without_a_knee_angle_there_is_no_zone():
    assert "hip_flexion_zone_deg" not in angle_measures({"hip_flexion": _bump(30.0, 35.0)}, TIME, TIMES)


def test_a_stride_with_a_gap_in_stance_drops_out_of_its_peak_and_the_others_stay():
    angle = _bump(4.0, 12.0)
    angle[(TIME > 0.85) & (TIME < 0.95)] = np.nan
    found = angle_measures({"hip_adduction": angle}, TIME, TIMES)
    assert found["hip_adduction_peak_deg"].n == 2
    assert found["hip_adduction_contact_deg"].n == 3
    assert found["hip_adduction_peak_deg"].mean == pytest.approx(12.0, abs=1e-6)


def test_mid_stance_is_the_active_peak_of_vertical_force_even_after_a_higher_impact_peak():
    time = np.linspace(0, 0.25, 251)
    phase = time / 0.25
    force = 1500 * np.sin(np.pi * phase) + 1800 * np.exp(-(((phase - 0.12) / 0.03) ** 2))
    found = mid_stance_times(np.array([0.0]), np.array([0.25]), time, force)
    assert found.mid_stance_s[0] == pytest.approx(0.125, abs=0.003)


def test_without_forces_mid_stance_is_half_of_stance():
    found = mid_stance_times(np.array([0.1, 0.8]), np.array([0.3, 1.2]))
    assert_allclose(found.mid_stance_s, [0.2, 1.0])


def test_a_stance_that_the_recording_does_not_hold_whole_is_not_guessed():
    curves = phase_curves(TIME, np.ones_like(TIME), np.array([-0.1, 1.9]), np.array([0.1, 2.1]))
    assert np.isnan(curves[0, 0])
    assert np.isnan(curves[1, -1])
    assert curves[0, -1] == 1.0


def test_moments_are_per_kilogram():
    found = moment_measures({"hip_abduction_moment": np.full(TIME.shape, 120.0)}, TIME, TIMES, mass_kg=60.0)
    assert found["hip_abduction_moment_peak_nm_kg"].mean == pytest.approx(2.0)
    assert found["hip_abduction_moment_mid_stance_nm_kg"].unit == "N·m/kg"


def test_distances_are_in_millimetres_at_mid_stance():
    found = distance_measures({"pelvis_to_foot": np.where(TIME > 0.5, 0.04, 0.02)}, TIME, TIMES)
    assert found["pelvis_to_foot_mid_stance_mm"].mean == pytest.approx((20 + 40 + 40) / 3)
