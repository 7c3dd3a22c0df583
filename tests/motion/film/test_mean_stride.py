"""One mean stance from films: what is seen stays, what is not is the norm's, and the error is the one put in."""

from __future__ import annotations

import numpy as np
import pytest

from gerdy.motion.film.mean_stride import believed_stances
from gerdy.motion.film.seen_stance import SeenAngle, SeenStance
from gerdy.motion.norms import load_norms
from gerdy.motion.stance_curves import COORDINATES, mean_stance

NORM = load_norms()[0].curves
POINTS = NORM.q.shape[1]
DEGREE = np.radians(1.0)
KNEE, TILT, FLEXION = (COORDINATES.index(name) for name in ("knee_angle", "pelvis_tilt", "hip_flexion"))


def seen(standing_deg=0.0, timing_s=0.0, scatter_deg=0.0, rows=4, **angles):
    """A film in which every stance is a half sine of the named height in degrees above level."""
    wave = np.sin(np.pi * np.linspace(0.0, 1.0, POINTS))
    off = scatter_deg * DEGREE * (np.arange(rows) - (rows - 1) / 2)[:, None]
    curves = {name: SeenAngle(height * DEGREE * wave + off, standing_deg * DEGREE) for name, height in angles.items()}
    return SeenStance(curves, np.full(rows, 0.25), 0.7, timing_s)


def test_without_films_the_mean_stance_and_its_spread_are_the_norms():
    found = believed_stances([], NORM, 256)

    assert np.allclose(found.mean.q, mean_stance(NORM).q, atol=1e-6)
    # A new runner differs from the mean of n by the spread between runners and the error of that mean.
    spread = NORM.q.std(axis=0, ddof=1) * np.sqrt(1 + 1 / len(NORM))
    assert np.std([draw.q for draw in found.draws], axis=0) == pytest.approx(spread, rel=0.15, abs=0.1 * DEGREE)
    assert found.assumed == COORDINATES


def test_a_side_film_gives_the_knee_and_leaves_the_frontal_hip_to_the_norm():
    found = believed_stances([seen(thigh_forward=20.0, knee_flexion=40.0, dorsiflexion=15.0)], NORM, 16)

    assert found.mean.q[:, KNEE].max() == pytest.approx(40.0 * DEGREE, rel=0.01)
    assert {"pelvis_list", "hip_adduction", "hip_rotation", "pelvis_tilt"} <= set(found.assumed)
    assert "knee_angle" not in found.assumed
    assert found.partly_assumed == ("hip_flexion",)
    assert found.mean.duration_s == pytest.approx(0.25)
    assert found.stances == 4


def test_hip_flexion_is_the_thigh_in_the_room_less_the_pelvis_of_the_norm():
    """With no list, rotation or adduction the pelvis and the hip turn about one axis, so their angles add up."""
    level = NORM.q.copy()
    level[:, :, [i for i, name in enumerate(COORDINATES) if name != "pelvis_tilt"]] = 0.0
    norm = type(NORM)(level, NORM.slope * 0.0, None, NORM.duration_s)

    found = believed_stances([seen(thigh_forward=30.0, knee_flexion=40.0, dorsiflexion=15.0)], norm, 16)

    for draw in found.draws:
        together = draw.q[:, TILT] + draw.q[:, FLEXION]
        assert together.max() == pytest.approx(30.0 * DEGREE, rel=0.01)


def test_the_error_of_a_film_comes_back_as_the_spread_of_the_draws():
    found = believed_stances([seen(standing_deg=4.0, scatter_deg=2.0, rows=4, knee_flexion=40.0)], NORM, 1024)

    # Standard error of the mean of -3, -1, 1, 3 degrees: sd 2.582 over 2.
    expected = np.hypot(4.0, 2.582 / 2) * DEGREE
    sd = np.sqrt(np.diag(found.covariance)).reshape(POINTS, -1)[:, KNEE]
    assert sd == pytest.approx(np.full(POINTS, expected), rel=0.05)


def test_an_event_set_late_moves_the_curve_by_its_slope_and_changes_the_duration():
    found = believed_stances([seen(timing_s=0.02, knee_flexion=40.0)], NORM, 1024)

    # Two independent events of 20 ms; a half sine of 40 deg rises by 40 π per stance at contact.
    assert np.std([draw.duration_s for draw in found.draws]) == pytest.approx(0.02 * np.sqrt(2), rel=0.05)
    at_contact = np.std([draw.q[0, KNEE] for draw in found.draws])
    assert at_contact == pytest.approx(40.0 * DEGREE * np.pi * 0.02 / 0.25, rel=0.05)


def test_frozen_draws_differ_only_by_what_is_seen():
    found = believed_stances([seen(thigh_forward=20.0, knee_flexion=40.0, dorsiflexion=15.0)], NORM, 16)

    # Nothing seen has an error here, so nothing is left when what is assumed is held.
    for draw in found.frozen:
        assert np.allclose(draw.q, found.mean.q, atol=1e-9)


def test_films_from_two_sides_leave_only_what_no_camera_sees_to_the_norm():
    side = seen(thigh_forward=20.0, knee_flexion=40.0, dorsiflexion=15.0)
    rear = seen(thigh_inward=6.0, pelvic_drop=5.0)

    found = believed_stances([side, rear], NORM, 16)

    assert set(found.assumed) == {
        "pelvis_tilt", "pelvis_rotation", "hip_rotation", "knee_adduction", "knee_rotation", "subtalar_angle",
    }  # fmt: skip
    assert found.partly_assumed == ("hip_flexion", "hip_adduction")
