"""Legs to ask about: one made by hand on the shipped body, one of the bundled runner."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gerdy.band.evaluate import AtStances
from gerdy.band.what_if.case import Case, FootForce
from gerdy.body import Loads, MotionRates, forward, inverse_dynamics, load
from gerdy.pipelines.legs import read_legs

SWAPPED = ("pelvis_list", "pelvis_rotation", "pelvis_tz", "lumbar_bending", "lumbar_rotation")


@pytest.fixture(scope="session")
def body():
    return load()


@pytest.fixture(scope="session")
def stance(body):
    """One right stance of 25 points: a smooth motion of known rates under a known force, on the shipped body."""
    time = np.linspace(0.0, 0.24, 25)
    q, velocity, acceleration = (np.zeros((25, len(body.coordinates))) for _ in range(3))
    about = {
        "pelvis_tilt": (-15, 3), "pelvis_list": (4, 4), "pelvis_rotation": (3, 5), "hip_flexion_r": (15, 20),
        "hip_adduction_r": (7, 4), "hip_rotation_r": (3, 4), "knee_angle_r": (30, 12), "knee_adduction_r": (1, 2),
        "knee_rotation_r": (-3, 4), "ankle_angle_r": (8, 12), "subtalar_angle_r": (-4, 4), "hip_flexion_l": (5, 20),
        "hip_adduction_l": (-3, 3), "knee_angle_l": (70, 15), "lumbar_extension": (-8, 3), "lumbar_bending": (-3, 3),
    }  # fmt: skip
    turn = 2.0 * np.pi / 0.5
    for k, (name, (middle, swing)) in enumerate(about.items()):
        j, phase = body.coordinate_index(name), 0.4 * k
        q[:, j] = np.radians(middle + swing * np.cos(turn * time + phase))
        velocity[:, j] = np.radians(-swing * turn * np.sin(turn * time + phase))
        acceleration[:, j] = np.radians(-swing * turn**2 * np.cos(turn * time + phase))
    q[:, body.coordinate_index("pelvis_ty")] = 0.95
    weight = body.mass * 9.80665
    force = np.zeros((25, 3))
    force[:, 1] = 2.4 * weight * np.sin(np.pi * time / 0.24)
    force[:, 0], force[:, 2] = 0.1 * weight * np.cos(np.pi * time / 0.24), -0.05 * force[:, 1]
    foot = forward(body, q).position[:, body.body_index("toes_r")] * [1.0, 0.0, 1.0]
    ground = FootForce(force, np.cross(foot, force) + np.array([0.0, 4.0, 0.0]))
    moments = _moments(body, "r", q, velocity, acceleration, ground)
    at = AtStances(time[None], q, velocity, moments)
    return Case(body, "right", at, acceleration, ground, None, 0.7, 3.5)


@pytest.fixture(scope="session")
def mirrored(body):
    """The same case on the other leg: the runner seen in a mirror."""
    names = body.coordinate_names
    swap = [names.index(name[:-1] + {"r": "l", "l": "r"}.get(name[-1], "")) if name[-2:] in ("_r", "_l") else i
            for i, name in enumerate(names)]  # fmt: skip
    sign = np.array([-1.0 if name in SWAPPED else 1.0 for name in names])

    def mirror(case):
        ground = FootForce(case.ground.force * [1, 1, -1], case.ground.about_origin * [-1, -1, 1])
        at = case.at
        turned = AtStances(at.when_s, *((part[:, swap] * sign) for part in (at.q, at.velocity, at.moments)))
        side = "left" if case.side == "right" else "right"
        return replace(case, side=side, at=turned, acceleration=case.acceleration[:, swap] * sign, ground=ground)

    mirror.of_q = lambda q: q[:, swap] * sign
    return mirror


@pytest.fixture(scope="session")
def runner(demo_folder):
    """The right leg of the bundled runner, on four stances."""
    return read_legs(demo_folder)["right"].some(4)


def _moments(body, s, q, velocity, acceleration, ground):
    force, about = (part[:, None] for part in ground)
    loads = Loads((f"calcn_{s}",), force, np.zeros_like(force), about)
    return inverse_dynamics(body, q, MotionRates(velocity, acceleration), loads)
