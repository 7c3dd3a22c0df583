"""One force under both feet becomes one force per foot."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from gerdy.quantities import SIDES

if TYPE_CHECKING:
    from gerdy.motion.stances import Stances
    from gerdy.quantities import Array, Flags, SideName
    from gerdy.recordings.data import Forces


def per_foot(forces: Forces, stances: Stances) -> Forces:
    """Give each stance's force to the foot that was down.

    Parameters
    ----------
    forces : one or more plates, or already one entry per foot (then returned as it is, left first)
    stances : of both feet; between two stances the force changes hands in the middle of the flight

    Returns
    -------
    forces named ``left`` and ``right``; the point is NaN and force and moment are zero where the foot is in the air
    """
    if set(forces.names) == set(SIDES):
        order = [forces.names.index(side) for side in SIDES]
        return replace(
            forces,
            names=SIDES,
            force_n=forces.force_n[:, order],
            point_m=forces.point_m[:, order],
            free_moment_nm=forces.free_moment_nm[:, order],
        )
    total, point, moment = combined(forces)
    touching = np.isfinite(point).all(axis=1)
    down = np.stack([touching & _down(forces.time_s, stances, side) for side in SIDES], axis=1)[:, :, None]
    return replace(
        forces,
        names=SIDES,
        force_n=np.where(down, total[:, None], 0.0),
        point_m=np.where(down, point[:, None], np.nan),
        free_moment_nm=np.where(down, moment[:, None], 0.0),
    )


def combined(forces: Forces) -> tuple[Array, Array, Array]:
    """Return the resultant of all plates: force, the point on the ground where it acts, and its free moment.

    Returns
    -------
    (samples, 3) N; (samples, 3) m, NaN where the vertical force is not positive; (samples, 3) N·m, vertical only
    """
    if len(forces.names) == 1:
        return forces.force_n[:, 0], forces.point_m[:, 0], forces.free_moment_nm[:, 0]
    total = forces.force_n.sum(axis=1)
    arm = np.nan_to_num(forces.point_m)
    about_origin = (np.cross(arm, forces.force_n) + forces.free_moment_nm).sum(axis=1)
    vertical = np.where(total[:, 1] > 0, total[:, 1], np.nan)
    point = np.stack([about_origin[:, 2] / vertical, np.zeros_like(vertical), -about_origin[:, 0] / vertical], axis=1)
    free = np.zeros_like(total)
    free[:, 1] = about_origin[:, 1] - np.nan_to_num(point[:, 2] * total[:, 0] - point[:, 0] * total[:, 2])
    return total, point, free


def _down(time_s: Array, stances: Stances, side: SideName) -> Flags:
    """Tell when a foot owns the force: from half a flight before its contact to half a flight after its toe-off.

    The event times lie where the force passes a threshold; cutting there would lose the foot of every stance.
    """
    between = (stances.toe_off_s[:-1] + stances.contact_s[1:]) / 2
    owner = np.searchsorted(between, time_s)
    return np.asarray(stances.right[owner] == (side == "right"))
