"""Net joint moments of a recording: the runner's body, its motion and the forces under each foot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy import evidence
from gerdy.body.dynamics import Loads, differentiate, inverse_dynamics
from gerdy.errors import MotionError
from gerdy.recordings.filters import lowpass

if TYPE_CHECKING:
    from gerdy.motion.joint_motion import JointMotion
    from gerdy.quantities import Array
    from gerdy.recordings.data import Forces

__all__ = ["JointMoments", "foot_loads", "joint_moments"]

_FOOT: Final = {"left": "calcn_l", "right": "calcn_r"}


@dataclass(frozen=True, slots=True, eq=False)
class JointMoments:
    """Generalised forces of a recording.

    Parameters
    ----------
    names : coordinates, the columns of `values`
    values : (frames, coordinates) N·m (N for translations), in the sign of the coordinate; NaN where not known
    vertical_residual_n : root mean square over frames of the vertical force that motion, masses and plates leave
        unexplained
    """

    names: tuple[str, ...]
    values: Array
    vertical_residual_n: float


def joint_moments(motion: JointMotion, forces: Forces, cutoff_hz: float | None = None) -> JointMoments:
    """Find the net moments that a motion and the forces under the feet ask of the joints.

    Parameters
    ----------
    motion : joint motion of a body that has the runner's mass
    forces : per foot (``left``, ``right``), in ground axes
    cutoff_hz : low pass of the forces; None is that of the markers, because a force that is sharper than the motion it
        goes with makes moments that neither holds

    Returns
    -------
    JointMoments

    Raises
    ------
    MotionError : the forces are not those of single feet

    Notes
    -----
    Segments that no marker shows move with the pelvis as one piece. The moments of a leg do not feel them; the
    horizontal residuals do, so only the vertical one is kept.
    """
    if set(forces.names) != set(_FOOT):
        raise MotionError(
            f"Forces of {', '.join(forces.names)} were given; joint moments need one force per foot (left, right)."
        )
    loads = foot_loads(forces, motion.time_s, cutoff_hz)
    rates = differentiate(motion.time_s, motion.poses.q)
    values = inverse_dynamics(motion.runner.body, motion.poses.q, rates, loads)
    vertical = values[:, motion.poses.coordinates.index("pelvis_ty")]
    return JointMoments(motion.poses.coordinates, values, float(np.sqrt(np.nanmean(vertical**2))))


def foot_loads(forces: Forces, time_s: Array, cutoff_hz: float | None = None) -> Loads:
    """Bring forces to the markers' times, with moments about the origin: a filtered point of force has no meaning.

    Parameters
    ----------
    forces : per foot (``left``, ``right``), in ground axes
    time_s : (frames,) s of the markers
    cutoff_hz : as in `joint_moments`
    """
    cutoff = evidence.value("house_recordings.marker_cutoff") if cutoff_hz is None else cutoff_hz
    point = np.nan_to_num(forces.point_m, nan=0.0)
    about_origin = forces.free_moment_nm + np.cross(point, forces.force_n)
    force, moment = (_resampled(part, forces, time_s, cutoff) for part in (forces.force_n, about_origin))
    return Loads(tuple(_FOOT[name] for name in forces.names), force, np.zeros_like(force), moment)


def _resampled(values: Array, forces: Forces, time_s: Array, cutoff_hz: float) -> Array:
    smooth = lowpass(values, cutoff_hz, forces.rate_hz)
    out = np.empty((len(time_s), *values.shape[1:]))
    for foot in range(values.shape[1]):
        for axis in range(3):
            out[:, foot, axis] = np.interp(time_s, forces.time_s, smooth[:, foot, axis])
    return out
