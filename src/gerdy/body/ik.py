"""Inverse kinematics: the pose whose markers lie nearest to the measured ones, frame by frame.

Per frame, minimise over the free coordinates q, within the limits of the joints,

    sum_i w_i |x_i - m_i(q)|^2 / s^2  +  sum_j (q_j - c_j)^2 / d_j^2

with measured marker x_i, model marker m_i, weight w_i, marker spread s, and for each coordinate a prior of centre c_j
and width d_j, so wide that it decides nothing unless one is stated. Solved by Levenberg-Marquardt with the exact
Jacobian; a coordinate that would leave its limits waits at the limit until the data pull it back.

Frames are cut into chunks of fixed length. The first frame of a chunk starts from the start pose, turned and moved
onto its markers; the others start from the frame before. No result depends on the number of threads.

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

from gerdy.body.ik_kernel import Problem, solve_chunks
from gerdy.body.kinematics import forward
from gerdy.errors import BodyError
from gerdy.evidence import value

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from gerdy.body.model import CompiledBody
    from gerdy.quantities import Array, Flags, Indices

__all__ = ["Poses", "Prior", "inverse_kinematics", "knee_priors"]

CHUNK: Final = 32
"""Frames that follow one another from one start; part of the result, not of the machine."""

_ITERATIONS: Final = 100
_STEP: Final = 1e-6  # rad or m: a step that counts as none; the solution is then good to 0.0001 degrees
_ROOT: Final = ("pelvis_rotation", "pelvis_tx", "pelvis_ty", "pelvis_tz")


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed of a coordinate before the markers are seen.

    Parameters
    ----------
    coordinate : name
    centre, sd : rad (or m): mean and standard deviation
    """

    coordinate: str
    centre: float
    sd: float


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
    problem = _problem(body, segments, places_m, weights, xyz_m, priors, locked, start)
    frames, columns = len(problem.xyz), len(body.coordinates)
    q, share = np.empty((frames, columns)), np.empty((frames, columns))
    limit, converged = np.empty((frames, columns), dtype=bool), np.empty(frames, dtype=bool)
    residual = np.empty(problem.xyz.shape[:2])
    solve_chunks(body.skeleton, problem, CHUNK, _STEP, _ITERATIONS, q, share, limit, converged, residual)
    lost = problem.observed & ((1.0 - share) / problem.information > _undetermined(body) ** 2)
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


def _problem(
    body: CompiledBody,
    segments: Sequence[str],
    places_m: Array,
    weights: Array,
    xyz_m: Array,
    priors: Sequence[Prior],
    locked: Collection[str],
    start: Array | None,
) -> Problem:
    xyz = np.ascontiguousarray(xyz_m, dtype=float)
    place, weight = np.ascontiguousarray(places_m, dtype=float), np.asarray(weights, dtype=float)
    if xyz.ndim != 3 or xyz.shape[1:] != (len(segments), 3) or place.shape != xyz.shape[1:] or weight.shape != (len(place),):
        raise BodyError(
            f"Markers {xyz.shape}, places {place.shape}, weights {weight.shape} and {len(segments)} segments do not "
            "belong together; expected (frames, markers, 3), (markers, 3), (markers,) and one segment per marker."
        )
    carrier = np.array([body.body_index(name) for name in segments], dtype=np.int64)
    pose = body.default_pose()[0] if start is None else np.asarray(start, dtype=float)
    held = {c.name for c in body.coordinates if c.locked} | {body.coordinates[body.coordinate_index(n)].name for n in locked}
    moves = _moving_coordinates(body)
    counted = (weight > 0.0) & np.isfinite(xyz).all(axis=2).any(axis=0)
    if not counted.any():
        raise BodyError(
            "No marker with a weight above zero is visible in any frame; check the labels and the marker map."
        )
    free = moves[carrier[counted]].any(axis=0) & ~np.isin(body.coordinate_names, sorted(held))
    centre, sd = _beliefs(body, pose, priors)
    lower = np.array([c.minimum for c in body.coordinates])
    upper = np.array([c.maximum for c in body.coordinates])
    spread = value("house_inverse_kinematics.marker_sd") / 1000.0
    return Problem(
        xyz,
        carrier,
        place,
        weight / spread**2,
        _chains(moves & free),
        free,
        np.where(free, lower, pose),
        np.where(free, upper, pose),
        centre,
        1.0 / sd**2,
        _starts(body, pose, free, carrier, place, counted, xyz[::CHUNK]),
    )


def _beliefs(body: CompiledBody, pose: Array, priors: Sequence[Prior]) -> tuple[Array, Array]:
    centre, sd = pose.copy(), _by_kind(body, "wide_rotation_sd", "wide_translation_sd")
    for prior in priors:
        column = body.coordinate_index(prior.coordinate)
        centre[column], sd[column] = prior.centre, prior.sd
    return centre, sd


def _undetermined(body: CompiledBody) -> Array:
    return _by_kind(body, "undetermined_rotation", "undetermined_translation")


def _by_kind(body: CompiledBody, rotation_deg: str, translation_m: str) -> Array:
    turn, shift = (value(f"house_inverse_kinematics.{key}") for key in (rotation_deg, translation_m))
    return np.array([np.deg2rad(turn) if c.kind == "rotation" else shift for c in body.coordinates])


def _moving_coordinates(body: CompiledBody) -> Flags:
    skeleton, n = body.skeleton, len(body.coordinates)
    moves = np.zeros((len(body.bodies), n), dtype=bool)
    for b, parent in enumerate(skeleton.parent):
        if parent >= 0:
            moves[b] = moves[parent]
        own = [*skeleton.axis_coordinate[b], *skeleton.offset_coordinate[b]]
        moves[b, [skeleton.driver[c - n] if c >= n else c for c in own if c >= 0]] = True
    return moves


def _chains(moves: Flags) -> Indices:
    chain = np.full(moves.shape, -1, dtype=np.int64)
    for b, row in enumerate(moves):
        columns = np.flatnonzero(row)
        chain[b, : len(columns)] = columns
    return chain


def _starts(
    body: CompiledBody, pose: Array, free: Flags, carrier: Indices, place: Array, counted: Flags, xyz: Array
) -> Array:
    """Turn the start pose about the vertical and move it, so that its pelvic markers lie on the measured ones."""
    starts = np.tile(pose, (len(xyz), 1))
    if not set(_ROOT) <= set(body.coordinate_names):
        return starts
    turn, *shift = (body.coordinate_index(name) for name in _ROOT)
    root = counted & (carrier == carrier[counted].min())
    for row, measured in zip(starts, xyz[:, root], strict=True):
        seen = np.isfinite(measured).all(axis=1)
        if seen.sum() >= 2 and free[turn]:
            model = _model_markers(body, row, carrier[root][seen], place[root][seen])
            row[turn] += _heading(model, measured[seen])
        if seen.any() and free[shift].all():
            model = _model_markers(body, row, carrier[root][seen], place[root][seen])
            row[shift] += measured[seen].mean(axis=0) - model.mean(axis=0)
    return starts


def _model_markers(body: CompiledBody, pose: Array, carrier: Indices, place: Array) -> Array:
    poses = forward(body, pose)
    markers: Array = poses.position[0, carrier] + np.einsum("mij,mj->mi", poses.rotation[0, carrier], place)
    return markers


def _heading(model: Array, measured: Array) -> float:
    """Angle about the vertical that turns `model` onto `measured`, both (markers, 3); two-dimensional Procrustes."""
    a, b = model - model.mean(axis=0), measured - measured.mean(axis=0)
    return float(np.arctan2((a[:, 2] * b[:, 0] - a[:, 0] * b[:, 2]).sum(), (a[:, 0] * b[:, 0] + a[:, 2] * b[:, 2]).sum()))
