"""What a what-if needs of an analysis, made from it, kept in its folder, and read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy.band.evaluate import AtStances
from gerdy.band.what_if.case import Case, FootForce, case_of
from gerdy.body.dynamics import differentiate
from gerdy.body.model import load, save
from gerdy.errors import FileUnreadable
from gerdy.motion.joint_moments import foot_loads
from gerdy.pipelines.band import leg_motion
from gerdy.pipelines.npz import read_npz
from gerdy.quantities import SIDES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from gerdy.body.model import CompiledBody
    from gerdy.pipelines.analysis import Analysis
    from gerdy.quantities import Array, SideName

__all__ = ["BODY", "LEGS", "legs_of", "read_legs", "write_legs"]

BODY: Final = "body.npz"
LEGS: Final = "legs.npz"


def legs_of(found: Analysis) -> dict[SideName, Case]:
    """Return each leg with a usable stride, on the stances that its band is computed on.

    Parameters
    ----------
    found : an analysis with ``depth="band"`` or ``"muscles"``; others have none
    """
    if found.joints is None or found.joints.runner.body.muscles is None:
        return {}
    joints, moments, forces = found.joints, found.moments, found.motion.forces
    rates = differentiate(joints.time_s, joints.poses.q)
    loads = None if forces is None or moments is None else foot_loads(forces, joints.time_s)
    return {
        side: case_of(
            leg_motion(joints, moments, found.motion, rates.velocity, side),
            rates.acceleration,
            loads,
            found.subject.height_m,
        )
        for side in SIDES
        if (result := found.sides[side]) is not None and result.strides
    }


def write_legs(legs: Mapping[SideName, Case], folder: Path) -> None:
    """Keep legs and their body in a folder; nothing where there are none."""
    if not legs:
        return
    save(next(iter(legs.values())).body, folder / BODY)
    parts = {f"{side}.{name}": values for side, leg in legs.items() for name, values in _arrays(leg).items()}
    np.savez_compressed(folder / LEGS, allow_pickle=False, **parts)


def read_legs(folder: Path) -> dict[SideName, Case]:
    """Read what `write_legs` kept.

    Raises
    ------
    FileUnreadable : the folder holds no legs, or they cannot be read
    """
    file = folder / LEGS
    if not file.exists():
        raise FileUnreadable(
            f"{folder} holds no {LEGS}; expected a folder that 'gerdy analyze FILE --out FOLDER' wrote with a band. "
            "Analyse the recording again with this gerdy, without --depth, or give the recording itself."
        )
    body, arrays = load(folder / BODY), read_npz(file)
    try:
        return {side: _leg(arrays, side, body) for side in SIDES if f"{side}.q" in arrays}
    except (KeyError, ValueError) as error:
        raise FileUnreadable(f"{file} lacks {error}. Analyse the recording again with this gerdy.") from error


def _arrays(leg: Case) -> dict[str, Array]:
    found = {"when_s": leg.at.when_s, "q": leg.at.q, "velocity": leg.at.velocity, "acceleration": leg.acceleration}
    if leg.at.moments is not None and leg.ground is not None:
        found |= {"moments": leg.at.moments, "force": leg.ground.force, "about_origin": leg.ground.about_origin}
    if leg.standing is not None:
        found["standing"] = leg.standing
    height = np.nan if leg.height_m is None else leg.height_m
    return found | {"stride_s_speed_m_s_height_m": np.array([leg.stride_s, leg.speed_m_s, height])}


def _leg(arrays: dict[str, Array], side: SideName, body: CompiledBody) -> Case:
    part = {name.removeprefix(f"{side}."): values for name, values in arrays.items() if name.startswith(f"{side}.")}
    stride_s, speed_m_s, height = map(float, part["stride_s_speed_m_s_height_m"])
    return Case(
        body=body,
        side=side,
        at=AtStances(part["when_s"], part["q"], part["velocity"], part.get("moments")),
        acceleration=part["acceleration"],
        ground=FootForce(part["force"], part["about_origin"]) if "force" in part else None,
        standing=part.get("standing"),
        stride_s=stride_s,
        speed_m_s=speed_m_s,
        height_m=None if np.isnan(height) else height,
    )
