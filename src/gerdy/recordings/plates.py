"""Force plates: from channels of a C3D file to the force on the runner.

C3D describes a plate by four corners of its surface and by the vector from its sensors' origin to the
middle of that surface. Its x axis runs from corner 2 to corner 1, its y axis from corner 4 to corner 1, and
z = x × y points into the floor [C3D]_. Channels hold the plate's reaction: standing gives negative z.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from gerdy.quantities import Array

CHANNELS: Final = {2: 6, 3: 8, 4: 6}
"""Channels per plate, by the types that are read."""


@dataclass(frozen=True, slots=True)
class Plate:
    """One force plate as the file describes it.

    Parameters
    ----------
    kind : 2 six components · 3 eight Kistler channels · 4 six volts with a calibration matrix
    corners_m : (4, 3) m, laboratory axes, in the order +x+y, −x+y, −x−y, +x−y of the plate
    origin_m : (3,) m, plate axes; types 2 and 4: sensors' origin → middle of the surface (z not positive);
        type 3: half distances of the sensors a, b, and the depth a_z0 (not positive)
    calibration : (6, 6) newtons and newton metres per volt, rows are outputs; unit matrix for types 2 and 3
    """

    kind: int
    corners_m: Array
    origin_m: Array
    calibration: Array

    @property
    def axes(self) -> Array:
        """(3, 3) columns are the plate's x, y, z in laboratory axes."""
        x = self.corners_m[0] - self.corners_m[1]
        z = np.cross(x, self.corners_m[0] - self.corners_m[3])
        x, z = x / np.linalg.norm(x), z / np.linalg.norm(z)
        return np.column_stack([x, np.cross(z, x), z])


def plate_reaction(plate: Plate, channels: Array, point_force_n: float) -> tuple[Array, Array, Array]:
    """Force on the runner, its point on the plate, and the free moment.

    Parameters
    ----------
    channels : (samples, 6 or 8) N and N·m, or V for type 4, in the order of the file's CHANNEL list
    point_force_n : below this normal force there is no point

    Returns
    -------
    force (samples, 3) N, point (samples, 3) m with NaN where too little force acts, free moment
    (samples, 3) N·m; all in laboratory axes

    Notes
    -----
    About the middle of the surface, M = M₀ + F × origin. The point lies where the horizontal moments vanish:
    x = −My/Fz, y = Mx/Fz; what is left about z is the free moment, Tz = Mz − x·Fy + y·Fx.
    """
    force, moment = _eight_channels(plate, channels) if plate.kind == 3 else _six_channels(plate, channels)
    normal = np.where(np.abs(force[:, 2]) >= point_force_n, force[:, 2], np.nan)
    x, y = -moment[:, 1] / normal, moment[:, 0] / normal
    free = moment[:, 2] - np.nan_to_num(x) * force[:, 1] + np.nan_to_num(y) * force[:, 0]
    free = np.where(np.isnan(normal), 0.0, free)
    axes = plate.axes
    point = np.column_stack([x, y, np.zeros_like(x)]) @ axes.T + plate.corners_m.mean(axis=0)
    return force @ axes.T, point, free[:, None] * axes[:, 2]


def _six_channels(plate: Plate, channels: Array) -> tuple[Array, Array]:
    six = channels @ plate.calibration.T
    force, moment = six[:, :3], six[:, 3:]
    return force, moment + np.cross(force, plate.origin_m)


def _eight_channels(plate: Plate, channels: Array) -> tuple[Array, Array]:
    """Sum Kistler's eight channels: fx12, fx34, fy14, fy23, fz1 … fz4."""
    fx12, fx34, fy14, fy23, fz1, fz2, fz3, fz4 = channels.T
    a, b, depth = plate.origin_m
    force = np.column_stack([fx12 + fx34, fy14 + fy23, fz1 + fz2 + fz3 + fz4])
    moment = np.column_stack(
        [
            b * (fz1 + fz2 - fz3 - fz4),
            a * (fz2 + fz3 - fz1 - fz4),
            b * (fx34 - fx12) + a * (fy14 - fy23),
        ]
    )
    return force, moment + np.cross(force, np.array([0.0, 0.0, depth]))
