"""Inverse kinematics: the pose whose markers lie nearest to the measured ones, frame by frame.

Per frame, minimise over the free coordinates q, within the limits of the joints,

    sum_i w_i |x_i - m_i(q)|^2 / s^2  +  sum_j (q_j - c_j)^2 / d_j^2

with measured marker x_i, model marker m_i, weight w_i, marker spread s, and for each coordinate a prior of centre c_j
and width d_j, so wide that it decides nothing unless one is stated. Solved by Levenberg-Marquardt with the exact
Jacobian; a coordinate that would leave its limits waits at the limit until the data pull it back.

Frames are cut into chunks of fixed length. The first frame of a chunk starts from the start pose, turned and moved
onto its markers; the others go on from the two frames before. No result depends on the number of threads.

References
----------
.. [Lu1999] Lu TW, O'Connor JJ (1999). Bone position estimation from skin marker co-ordinates using global
   optimisation with joint constraints. Journal of Biomechanics 32:129-134.
.. [Marquardt1963] Marquardt DW (1963). An algorithm for least-squares estimation of nonlinear parameters.
   Journal of the Society for Industrial and Applied Mathematics 11:431-441.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy.body.ik_kernel import solve_chunks
from gerdy.body.ik_problem import Prior, by_kind, state_problem
from gerdy.evidence import value

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from gerdy.body.model import CompiledBody
    from gerdy.quantities import Array, Flags

__all__ = ["Poses", "Prior", "inverse_kinematics", "knee_priors"]

CHUNK: Final = 32
"""Frames that follow one another from one start; part of the result, not of the machine."""

_ITERATIONS: Final = 100
_STEP: Final = 1e-5  # rad or m: the last step; the solution is then good to 0.0002 degrees


@dataclass(frozen=True, slots=True, eq=False)
class Poses:
    """Solved poses.

    Parameters
    ----------
    coordinates : names of the columns of `q`
    q : (frames, coordinates) rad and m; NaN where the visible markers do not determine the coordinate
    observed : (coordinates,) False for a coordinate that no marker of the recording can show; it keeps its default
    residual_m : (frames, markers) distance of measured to model marker; NaN where the marker is missing
    data_share : (frames, coordinates) 1 - (posterior / prior variance): 1 all from the markers, 0 all from the prior
    at_limit : (frames, coordinates) True where a joint limit holds the coordinate
    converged : (frames,) False where the iteration limit was reached
    priors : the priors that were stated
    """

    coordinates: tuple[str, ...]
    q: Array
    observed: Flags
    residual_m: Array
    data_share: Array
    at_limit: Flags
    converged: Flags
    priors: tuple[Prior, ...] = ()

    def of(self, coordinate: str) -> Array:
        """One coordinate over frames, (frames,)."""
        column: Array = self.q[:, self.coordinates.index(coordinate)]
        return column


def knee_priors(body: CompiledBody, standing: Array | None = None) -> tuple[Prior, ...]:
    """Return the stated soft priors on knee adduction and rotation, where the body has these coordinates.

    Parameters
    ----------
    body : a compiled body; the published one-coordinate knee gets no prior
    standing : (coordinates,) pose of the static trial, whose knee adduction is the centre; None centres on 0

    Returns
    -------
    one `Prior` per knee coordinate; widths are house choices (`house_inverse_kinematics`)
    """
    centre = body.default_pose()[0] if standing is None else standing
    return tuple(
        Prior(name, float(centre[body.coordinate_index(name)]), np.deg2rad(value(f"house_inverse_kinematics.{key}")))
        for key, stem in (("knee_adduction_sd", "knee_adduction"), ("knee_rotation_sd", "knee_rotation"))
        for name in (f"{stem}_r", f"{stem}_l")
        if name in body.coordinate_names
    )


def inverse_kinematics(
    body: CompiledBody,
    segments: Sequence[str],
    places_m: Array,
    weights: Array,
    xyz_m: Array,
    *,
    priors: Sequence[Prior] = (),
    locked: Collection[str] = (),
    start: Array | None = None,
) -> Poses:
    """Find the pose of every frame.

    Parameters
    ----------
    body : the runner's scaled body
    segments : (markers,) segment that carries each marker
    places_m : (markers, 3) m, place of each marker in its segment's frame
    weights : (markers,) 0 takes no part; its residual is still reported
    xyz_m : (frames, markers, 3) m in ground (x forward, y up, z right); NaN where a marker is missing
    priors : stated priors; all other coordinates get one that is too wide to matter
    locked : further coordinates to hold at the start pose, beside those that the model locks
    start : (coordinates,) start pose and value of locked coordinates; None is the model's default pose

    Returns
    -------
    Poses

    Raises
    ------
    BodyError : shapes that do not match, an unknown segment or coordinate, or no marker that counts

    Notes
    -----
    A coordinate whose posterior standard deviation is larger than `house_inverse_kinematics.undetermined_rotation`
    (or `…_translation`) is not determined by the visible markers and becomes NaN.

    References
    ----------
    [Lu1999]_ global optimisation; [Marquardt1963]_ the step.

    Examples
    --------
    >>> import numpy as np
    >>> from gerdy import body
    >>> generic = body.load()
    >>> places = np.array([[0.01, 0.02, 0.13], [0.01, 0.02, -0.13], [-0.15, 0.03, 0.04], [-0.15, 0.03, -0.04]])
    >>> here = body.forward(generic, generic.default_pose()).position[:, :1] + places
    >>> found = inverse_kinematics(generic, ["pelvis"] * 4, places, np.ones(4), here)
    >>> bool(found.residual_m.max() < 1e-6)
    True
    """
    problem = state_problem(body, segments, places_m, weights, xyz_m, priors, locked, start, CHUNK)
    frames, columns = len(problem.xyz), len(body.coordinates)
    q, share = np.empty((frames, columns)), np.empty((frames, columns))
    limit, converged = np.empty((frames, columns), dtype=bool), np.empty(frames, dtype=bool)
    residual = np.empty(problem.xyz.shape[:2])
    solve_chunks(body.skeleton, problem, CHUNK, _STEP, _ITERATIONS, q, share, limit, converged, residual)
    undetermined = by_kind(body, "undetermined_rotation", "undetermined_translation")
    lost = problem.observed & ((1.0 - share) / problem.information > undetermined**2)
    return Poses(
        body.coordinate_names,
        np.where(lost, np.nan, q),
        problem.observed,
        residual,
        share,
        limit,
        converged,
        tuple(priors),
    )
