"""Changes of measures against their error: expected values by hand."""

from __future__ import annotations

import pytest

from gerdy.motion.change import measure_change, session_error
from gerdy.motion.clinical import ANGLE_NAMES
from gerdy.motion.measures import INSTANTS
from gerdy.quantities import Spread


def hip(mean, sd=1.0, n=25):
    return Spread(mean, sd, n, "deg")


def test_with_the_same_markers_only_the_scatter_of_strides_counts():
    # Standard errors 0.2 and 0.2: 1.96 * sqrt(0.08) = 0.554 degrees.
    found = measure_change("hip_adduction_peak_deg", hip(10.0), hip(11.0), "forces", same_markers=True)

    assert found.change == 1.0
    assert found.error == pytest.approx(0.554, abs=0.001)
    assert found.told_apart


def test_with_new_markers_one_degree_of_hip_adduction_cannot_be_told_apart():
    # Session error 2.0 degrees (house_band.offset_sd): 1.96 * sqrt(2) * 2.0 = 5.54 degrees.
    found = measure_change("hip_adduction_peak_deg", hip(10.0), hip(11.0), "forces", same_markers=False)

    assert found.error == pytest.approx(5.544, abs=0.001)
    assert not found.told_apart


def test_an_excursion_keeps_a_part_of_the_session_error():
    whole, excursion = (
        session_error(f"hip_adduction_{what}_deg", hip(5.0), hip(5.0)) for what in ("peak", "excursion")
    )

    assert excursion == pytest.approx(0.3 * whole)


def test_contact_time_keeps_the_error_of_the_method_with_the_same_markers():
    # Times from markers err by more than times from forces.
    a, b = Spread(0.200, 0.001, 50, "s"), Spread(0.202, 0.001, 50, "s")
    forces = measure_change("contact_time_s", a, b, "forces", same_markers=True)
    markers = measure_change("contact_time_s", a, b, "markers", same_markers=True)

    assert markers.error > forces.error


def test_too_few_strides_are_never_a_change():
    found = measure_change("hip_adduction_peak_deg", hip(0.0, n=2), hip(30.0, n=2), "forces", same_markers=True)

    assert not found.enough
    assert not found.told_apart


def test_a_small_moment_still_has_an_error():
    a = Spread(0.0, 0.0, 25, "N·m/kg")

    assert session_error("tibial_internal_rotation_moment_peak_nm_kg", a, a) > 0.1


@pytest.mark.parametrize("angle", ANGLE_NAMES)
@pytest.mark.parametrize("instant", INSTANTS)
def test_every_angle_at_every_instant_has_a_session_error(angle, instant):
    assert session_error(f"{angle}_{instant}_deg", hip(1.0), hip(1.0)) > 0
