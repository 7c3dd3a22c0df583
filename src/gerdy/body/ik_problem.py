"""From a body, its markers and what is believed of it to the plain arrays that the kernel solves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy.body.ik_kernel import Problem
from gerdy.body.kinematics import forward
from gerdy.errors import BodyError
from gerdy.evidence import value

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from gerdy.body.model import CompiledBody
    from gerdy.quantities import Array, Flags, Indices

__all__ = ["Prior", "by_kind", "state_problem"]

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


def state_problem(
    body: CompiledBody,
    segments: Sequence[str],
    places_m: Array,
    weights: Array,
    xyz_m: Array,
    priors: Sequence[Prior],
    locked: Collection[str],
    start: Array | None,
    chunk: int,
) -> Problem:
    """State the problem of `gerdy.body.ik.inverse_kinematics`, whose parameters these are, for chunks of frames.

    Raises
    ------
    BodyError : shapes that do not match, an unknown segment or coordinate, or no marker that counts
    """
    xyz, place = np.ascontiguousarray(xyz_m, dtype=float), np.ascontiguousarray(places_m, dtype=float)
    weight = np.asarray(weights, dtype=float)
    _require_shapes(len(segments), xyz, place, weight)
    carrier = np.array([body.body_index(name) for name in segments], dtype=np.int64)
    pose = body.default_pose()[0] if start is None else np.asarray(start, dtype=float)
    counted = (weight > 0.0) & np.isfinite(xyz).all(axis=2).any(axis=0)
    if not counted.any():
        raise BodyError(
            "No marker with a weight above zero is visible in any frame; check the labels and the marker map."
        )
    moves = _moving_coordinates(body)
    free = moves[carrier[counted]].any(axis=0) & ~_held(body, locked)
    centre, sd = _beliefs(body, pose, priors)
    spread = value("house_inverse_kinematics.marker_sd") / 1000.0
    return Problem(
        xyz,
        carrier,
        place,
        weight / spread**2,
        _chains(moves & free),
        free,
        np.where(free, [c.minimum for c in body.coordinates], pose),
        np.where(free, [c.maximum for c in body.coordinates], pose),
        centre,
        1.0 / sd**2,
        _starts(body, pose, free, carrier, place, counted, xyz[::chunk]),
    )


def by_kind(body: CompiledBody, rotation_deg: str, translation_m: str) -> Array:
    """Return one registry value per coordinate, (coordinates,) rad or m: the first for rotations, else the second."""
    turn, shift = (value(f"house_inverse_kinematics.{key}") for key in (rotation_deg, translation_m))
    return np.array([np.deg2rad(turn) if c.kind == "rotation" else shift for c in body.coordinates])


def _require_shapes(segments: int, xyz: Array, place: Array, weight: Array) -> None:
    expected = (segments, 3)
    if xyz.ndim != 3 or xyz.shape[1:] != expected or place.shape != expected or weight.shape != (segments,):
        raise BodyError(
            f"Markers {xyz.shape}, places {place.shape}, weights {weight.shape} and {segments} segments do not "
            "belong together; expected (frames, markers, 3), (markers, 3), (markers,) and one segment per marker."
        )


def _held(body: CompiledBody, locked: Collection[str]) -> Flags:
    held = np.array([c.locked for c in body.coordinates])
    held[[body.coordinate_index(name) for name in locked]] = True
    return held


def _beliefs(body: CompiledBody, pose: Array, priors: Sequence[Prior]) -> tuple[Array, Array]:
    centre, sd = pose.copy(), by_kind(body, "wide_rotation_sd", "wide_translation_sd")
    for prior in priors:
        column = body.coordinate_index(prior.coordinate)
        centre[column], sd[column] = prior.centre, prior.sd
    return centre, sd


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
    return float(
        np.arctan2((a[:, 2] * b[:, 0] - a[:, 0] * b[:, 2]).sum(), (a[:, 0] * b[:, 0] + a[:, 2] * b[:, 2]).sum())
    )
