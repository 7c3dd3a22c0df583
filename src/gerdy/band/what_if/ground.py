"""How the ground reaction follows a change of pose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gerdy import evidence
from gerdy.band.what_if.case import FootForce

if TYPE_CHECKING:
    from gerdy.body.kinematics import BodyPoses
    from gerdy.quantities import Array, Flags

__all__ = ["carried", "leaned", "pressure_point"]


def carried(ground: FootForce, before: BodyPoses, after: BodyPoses, foot: int) -> FootForce:
    """Carry the centre of pressure with the foot; the force keeps its direction in space.

    Parameters
    ----------
    ground : as recorded; the ground is at height zero
    before, after : pose of every body in the same rows
    foot : row of the foot among the bodies

    Returns
    -------
    FootForce : force and free moment are kept

    Notes
    -----
    The force is what moves the mass centre, whose motion hardly changes; turned with the foot it would leave several
    per cent of body weight unexplained.
    """
    point, pressed = pressure_point(ground)
    on_foot = np.einsum("fji,fj->fi", before.rotation[:, foot], point - before.position[:, foot])
    shift = after.position[:, foot] + np.einsum("fij,fj->fi", after.rotation[:, foot], on_foot) - point
    about = ground.about_origin + np.where(pressed[:, None], np.cross(shift, ground.force), 0.0)
    return FootForce(ground.force, about)


def pressure_point(ground: FootForce) -> tuple[Array, Flags]:
    """Return (rows, 3) m, the centre of pressure, and where there is one; elsewhere it is the origin."""
    up = ground.force[:, 1]
    pressed = np.abs(up) > evidence.value("house.contact_threshold")
    along, across = (np.divide(about, up, out=np.zeros_like(up), where=pressed) for about in ground.about_origin.T[::2])
    return np.stack([across, np.zeros_like(up), -along], axis=1), pressed


def leaned(ground: FootForce, aside_m: float, before: Array, after: Array) -> FootForce:
    """Move the centre of pressure aside and lean the force so that its frontal moment about the mass centre stays.

    Parameters
    ----------
    ground : as recorded; the ground is at height zero
    aside_m : by which the centre of pressure moves to the right
    before, after : (rows, 3) m, mass centre without and with the change

    Returns
    -------
    FootForce : vertical and fore-aft force and the free moment are kept
    """
    fx, fy, fz = ground.force.T
    lean = (after[:, 2] - before[:, 2] - aside_m) / after[:, 1]
    rise = (before[:, 1] - after[:, 1]) / after[:, 1]
    more = lean * fy + rise * fz
    ahead = pressure_point(ground)[0][:, 0]
    force, about = ground.force.copy(), ground.about_origin.copy()
    force[:, 2] += more
    about[:, 0] -= aside_m * fy
    about[:, 1] += aside_m * fx - ahead * more
    return FootForce(force, about)
