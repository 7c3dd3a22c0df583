"""How far a compiled body is from OpenSim: measured when it is compiled, kept inside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from gerdy.body.dynamics import MotionRates, inverse_dynamics
from gerdy.body.hill import muscle_capacity
from gerdy.body.kinematics import forward
from gerdy.body.muscles import muscle_geometry
from gerdy.body.paths import muscles_of, path_lengths, path_moment_arms
from gerdy.body.surrogates import sample_poses, sampled_range
from gerdy.evidence import value

if TYPE_CHECKING:
    from gerdy.body.compiler.oracle import Oracle
    from gerdy.body.model import CompiledBody
    from gerdy.quantities import Array

SEED = 7_041_776
RATE_RAD_S = 3.0
ACCELERATION_RAD_S2 = 30.0


def measure(body: CompiledBody, oracle: Oracle) -> list[dict[str, Any]]:
    """Compare a compiled body with its model.

    Parameters
    ----------
    body : compiled, with muscles
    oracle : its model

    Returns
    -------
    list of rows: quantity, unit, largest, rms, poses, where (the muscle or coordinate of the largest), over
    """
    wide = sample_poses(body, int(value("house_body.certificate_poses")), SEED)
    middle = _middle(body, wide)
    rng = np.random.default_rng(SEED)
    rates = _rates(body, rng, len(middle), RATE_RAD_S)
    accelerations = _rates(body, rng, len(middle), ACCELERATION_RAD_S2)
    return [
        *_pose_rows(body, oracle, wide),
        *_path_rows(body, oracle, wide, "the sampled joint space"),
        *_path_rows(body, oracle, middle, "the middle half of every range"),
        _capacity_row(body, oracle, middle, rates),
        _dynamics_row(body, oracle, middle, _knees_still(body, rates), accelerations, "knees not turning"),
        _dynamics_row(body, oracle, middle, rates, accelerations, "all joints moving"),
    ]


KNEE_NOTE = (
    "With a turning knee OpenSim's inverse dynamics differs from gerdy's: its velocity terms of a joint with several "
    "functions disagree with the second difference of its own positions, gerdy's agree (to 1e-6 N)."
)


def _row(quantity: str, unit: str, error: Array, names: tuple[str, ...], over: str) -> dict[str, Any]:
    """Summarise errors (poses, names, …) in the unit's size."""
    flat = np.abs(error).reshape(error.shape[0], error.shape[1], -1)
    worst = int(flat.max(axis=(0, 2)).argmax())
    return {
        "quantity": quantity,
        "unit": unit,
        "largest": float(flat.max()),
        "rms": float(np.sqrt((flat**2).mean())),
        "poses": len(error),
        "where": names[worst],
        "over": over,
    }


def _pose_rows(body: CompiledBody, oracle: Oracle, q: Array) -> list[dict[str, Any]]:
    ours, theirs = forward(body, q), oracle.poses(q)
    turned = np.einsum("fbji,fbjk->fbik", theirs.rotation, ours.rotation)
    over = "the sampled joint space"
    angle = np.linalg.norm(turned - turned.swapaxes(2, 3), axis=(2, 3)) / np.sqrt(8.0)
    return [
        _row("body position", "mm", 1e3 * (ours.position - theirs.position), body.bodies, over),
        _row("body rotation", "rad", angle[:, :, None], body.bodies, over),
    ]


def _path_rows(body: CompiledBody, oracle: Oracle, q: Array, over: str) -> list[dict[str, Any]]:
    muscles = muscles_of(body)
    reference = oracle.lengths(q)
    exact = path_lengths(body, q, as_opensim=True)
    ours = muscle_geometry(body, q)
    arms = path_moment_arms(body, q)[:, :, [body.coordinate_index(c) for c in ours.coordinates]]
    plain = np.flatnonzero(~muscles.sequential)
    names = tuple(muscles.names[m] for m in plain)
    rows = [
        _row("path length, cylinder by cylinder", "mm", 1e3 * (exact - reference), muscles.names, over),
        _row("path length, polynomials", "mm", 1e3 * (ours.length - reference)[:, plain], names, over),
        _row("moment arm, polynomials", "mm", 1e3 * (ours.moment_arm - arms), muscles.names, over),
    ]
    if muscles.sequential.any():
        two = np.flatnonzero(muscles.sequential)
        names = tuple(muscles.names[m] for m in two)
        theirs = muscle_geometry(body, q, muscles=names, mode="opensim")
        what = "paths over two cylinders: "
        rows += [
            _row(what + "correct length against OpenSim's", "mm", 1e3 * (ours.length - reference)[:, two], names, over),
            _row(what + "opensim-mode length", "mm", 1e3 * (theirs.length - reference[:, two]), names, over),
        ]
    return rows


def _capacity_row(body: CompiledBody, oracle: Oracle, q: Array, rates: Array) -> dict[str, Any]:
    muscles = muscles_of(body)
    geometry = muscle_geometry(body, q, rates, mode="opensim")
    plain = np.flatnonzero(~muscles.sequential)
    error = muscle_capacity(body, geometry, mode="opensim").active - oracle.capacities(q, rates)
    names = tuple(muscles.names[m] for m in plain)
    return _row("active force, opensim mode", "N", error[:, plain], names, "the middle half, moving")


def _dynamics_row(
    body: CompiledBody, oracle: Oracle, q: Array, rates: Array, accelerations: Array, over: str
) -> dict[str, Any]:
    ours = inverse_dynamics(body, q, MotionRates(rates, accelerations))
    error = ours - oracle.generalised_forces(q, rates, accelerations)
    return _row("joint moment, inverse dynamics", "N·m", error, body.coordinate_names, f"the middle half, {over}")


def _middle(body: CompiledBody, q: Array) -> Array:
    """Draw the poses towards the middle of each range by half."""
    low, high = sampled_range(body)
    center = np.where(np.isfinite(low), 0.5 * (low + high), 0.0)
    result: Array = np.where(np.isfinite(low), center + 0.5 * (q - center), q)
    return result


def _rates(body: CompiledBody, rng: np.random.Generator, frames: int, size: float) -> Array:
    result: Array = rng.uniform(-size, size, (frames, len(body.coordinates)))
    return result


def _knees_still(body: CompiledBody, rates: Array) -> Array:
    still = np.array([name.startswith("knee_") for name in body.coordinate_names])
    return np.where(still, 0.0, rates)
