"""Bodies and bands that the tests of the band share."""

from __future__ import annotations

import numpy as np
import pytest

from gerdy.band.priors import central_draw, draw_bands
from gerdy.body.model import load

SPANNED = ("hip_flexion", "hip_adduction", "hip_rotation", "knee_angle", "knee_adduction", "knee_rotation")


@pytest.fixture(scope="session")
def body():
    return load()


@pytest.fixture(scope="session")
def draw(body):
    return central_draw(body)


@pytest.fixture(scope="session")
def draws(body):
    return draw_bands(body, 32)


@pytest.fixture(scope="session")
def poses(body):
    """200 poses of the right leg over the joint space of running stance."""
    rng = np.random.default_rng(7)
    low, high = np.radians([-20, -15, -20, 2, -6, -12]), np.radians([60, 20, 20, 80, 6, 12])
    q = np.zeros((200, len(body.coordinates)))
    for name, a, b in zip(SPANNED, low, high, strict=True):
        q[:, body.coordinate_index(f"{name}_r")] = rng.uniform(a, b, len(q))
    return q


@pytest.fixture(scope="session")
def at(body):
    """Pose with the named angles of the right leg in degrees, one frame for each value given."""

    def pose(**degrees):
        frames = max((np.size(value) for value in degrees.values()), default=1)
        q = np.zeros((frames, len(body.coordinates)))
        for name, value in degrees.items():
            q[:, body.coordinate_index(f"{name}_r")] = np.radians(value)
        return q

    return pose
