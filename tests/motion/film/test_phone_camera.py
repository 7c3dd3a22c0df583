"""A phone three to six metres away, half a metre off the middle, five degrees off the plane: what it adds to angles."""

from __future__ import annotations

import numpy as np
import pytest

from gerdy import evidence
from gerdy.motion.film.angles import FRONT_ANGLES, SIDE_ANGLES
from gerdy.motion.film.plane import runner_plane
from motion.film.figure import Figure, film, joints_of

CAMERAS = [
    {"distance_m": distance, "aside_m": aside, "yaw_deg": yaw}
    for distance in (3.0, 4.5, 6.0)
    for aside in (-0.5, 0.0, 0.5)
    for yaw in (-5.0, 0.0, 5.0)
]
RUNNING = Figure(
    pelvic_drop=6.0, femoral_adduction=9.0, knee_projection=4.0, lean_to_stance=3.0, thigh_forward=22.0,
    knee_flexion=38.0, foot_up=4.0, trunk_forward=8.0, heel_everted=6.0,
)  # fmt: skip
"""About mid-stance of a runner, with everything turned that can be."""


def added(view, angles, side="right"):
    """Return angle → degrees that each camera adds to what a camera far away sees."""
    figure = joints_of(RUNNING)
    far = runner_plane(film(figure, view), view)
    planes = [runner_plane(film(figure, view, **camera), view) for camera in CAMERAS]
    return {
        name: np.degrees([angle(near, side)[0] - angle(far, side)[0] for near in planes])
        for name, angle in angles.items()
    }


@pytest.mark.parametrize(("view", "angles"), [("side", SIDE_ANGLES), ("rear", FRONT_ANGLES), ("front", FRONT_ANGLES)])
def test_a_phone_adds_no_more_than_the_stated_error(view, angles, record_property):
    """The stated error is one standard deviation: root mean square over the cameras, and nothing beyond three of it."""
    stated = evidence.entry("house_film.perspective_error").value
    errors = added(view, angles)

    for name, values in errors.items():
        record_property(f"{view} {name}", f"largest {np.abs(values).max():.2f} deg, stated {stated[name]:.2f} deg")
        assert np.sqrt(np.mean(values**2)) <= stated[name], name
        assert np.abs(values).max() <= 3 * stated[name], name
