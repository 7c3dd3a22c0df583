"""Every shared runner gets muscle forces: from a C3D file to newtons, without a gap that was not in the recording."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from conftest import SHARED_DATA
from gerdy import Subject, analyze
from gerdy.body import differentiate, load, static_optimisation
from gerdy.body.scaled_muscles import with_scaled_muscles
from gerdy.motion.joint_moments import joint_moments
from gerdy.quantities import SIDES

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.shared


def running_trials() -> list[Path]:
    return sorted(SHARED_DATA.glob("rbds-*/*/*run*.c3d"))


def one_of_each(trials: list[Path]) -> list[pytest.param]:
    """Give the first trial of every runner; all but one are long."""
    firsts = {trial.parent.name: trial for trial in reversed(trials)}
    return [
        pytest.param(trial, id=trial.stem, marks=[pytest.mark.long] if k else [])
        for k, (_, trial) in enumerate(sorted(firsts.items()))
    ]


@pytest.mark.parametrize("trial", one_of_each(running_trials()))
def test_a_shared_runner_gets_muscle_forces_in_every_recorded_frame(trial):
    static = next(trial.parent.glob("*static.c3d"))
    found = analyze(trial, static=static, subject=Subject(mass_kg=70.0, height_m=1.75), reference=None)
    assert found.joints is not None
    runner = found.joints.runner
    body = with_scaled_muscles(runner.body, load(), runner.scaling.factors)
    motion, strides = found.joints, found.motion
    moments = joint_moments(motion, strides.forces).values
    rates = differentiate(motion.time_s, motion.poses.q)
    for side in SIDES:
        stance = _stance(strides, side, motion.time_s)
        forces = static_optimisation(body, motion.poses.q[stance], rates.velocity[stance], moments[stance], side=side)
        recorded = np.isfinite(moments[stance]).all(axis=1) & np.isfinite(rates.velocity[stance]).all(axis=1)
        assert recorded.mean() > 0.9
        assert np.isfinite(forces.force[recorded]).all()
        # A soleus that carries a runner pulls between one and fourteen body weights.
        soleus = forces.force[:, forces.muscles.index(f"soleus_{side[0]}")]
        assert 1.0 < np.nanmax(soleus) / (70.0 * 9.81) < 14.0


def _stance(strides, side, time_s):
    """Frames in which this foot is on the ground."""
    good = strides.good(side)
    on_ground = [(time_s >= a) & (time_s <= b) for a, b in zip(good.contact_s, good.toe_off_s, strict=True)]
    return np.any(on_ground, axis=0)
