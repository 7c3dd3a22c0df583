"""A body of another size and mass, by the rules of OpenSim's ScaleTool.

Joint frames move with the segment they are fixed to, translations of a joint scale with its parent, masses keep their
proportions, and inertias scale as squares of lengths (as a cylinder where the three factors differ).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from gerdy.body.scaled_muscles import with_scaled_muscles
from gerdy.errors import BodyError

if TYPE_CHECKING:
    from gerdy.body.model import CompiledBody, Place, Skeleton
    from gerdy.quantities import Array

__all__ = ["scaled_body", "scaled_skeleton"]


def scaled_body(body: CompiledBody, factors: Array, mass_kg: float) -> CompiledBody:
    """Scale a compiled body: skeleton, markers, landmarks and muscles (whose length polynomials are fitted again).

    Parameters
    ----------
    body : the generic body
    factors : (bodies, 3) along each segment's x, y, z, as in `gerdy.body.scaling.Scaling`
    mass_kg : mass of the whole scaled body

    Returns
    -------
    CompiledBody

    Raises
    ------
    BodyError : factors of the wrong shape, or a size or mass that is not positive
    """
    scaled = body.replace(
        skeleton=scaled_skeleton(body.skeleton, factors, mass_kg),
        markers=tuple(_scaled_place(body, place, factors) for place in body.markers),
        landmarks=tuple(_scaled_place(body, place, factors) for place in body.landmarks),
    )
    return scaled if body.muscles is None else with_scaled_muscles(scaled, body, factors)


def scaled_skeleton(skeleton: Skeleton, factors: Array, mass_kg: float) -> Skeleton:
    """Scale a skeleton.

    Parameters
    ----------
    skeleton : of the generic body
    factors : (bodies, 3) along each segment's x, y, z; 1 is the generic size
    mass_kg : mass of the whole scaled body; segments keep their share of it

    Returns
    -------
    Skeleton

    Raises
    ------
    BodyError : factors of the wrong shape, or a size or mass that is not positive

    Notes
    -----
    Scaling by factors and then by their inverses gives the first skeleton back where the factors are uniform; an
    uneven factor makes a segment's inertia that of a cylinder, as in OpenSim.
    """
    if factors.shape != (len(skeleton.parent), 3) or not (factors > 0.0).all() or not mass_kg > 0.0:
        raise BodyError(
            f"Scale factors {factors.shape} with minimum {factors.min():.3g} and mass {mass_kg:g} kg were seen; "
            f"expected positive factors ({len(skeleton.parent)}, 3) and a positive mass."
        )
    parent = np.where((skeleton.parent >= 0)[:, None], factors[skeleton.parent], 1.0)
    mass = skeleton.mass * (mass_kg / skeleton.mass.sum())
    axis_scale = skeleton.axis_scale.copy()
    # OpenSim applies the parent's factors along the joint's own axes, whatever the turn of the joint frame.
    axis_scale[:, 3:] *= np.linalg.norm(skeleton.axis[:, 3:] * parent[:, None], axis=2)
    return skeleton._replace(
        parent_position=skeleton.parent_position * parent,
        child_position=skeleton.child_position * factors,
        axis_scale=axis_scale,
        mass=mass,
        mass_center=skeleton.mass_center * factors,
        inertia=np.array(
            [
                _scaled_inertia(tensor, before, after, by)
                for tensor, before, after, by in zip(skeleton.inertia, skeleton.mass, mass, factors, strict=True)
            ]
        ),
    )


def _scaled_place(body: CompiledBody, place: Place, factors: Array) -> Place:
    x, y, z = np.multiply(place.position, factors[body.body_index(place.body)])
    return replace(place, position=(float(x), float(y), float(z)))


def _scaled_inertia(tensor: Array, mass_before: float, mass: float, factors: Array) -> Array:
    """Inertia about the mass centre, kg m2, of a segment scaled from `mass_before` to `mass`."""
    if np.allclose(factors, factors[0]) or mass_before <= 0.0:
        uniform: Array = tensor * (factors[0] ** 2 * (mass / mass_before if mass_before > 0.0 else 1.0))
        return uniform
    scaled: Array = tensor * np.outer(factors, factors) * (mass / mass_before)
    moments = np.diag(tensor) / mass_before
    axis = int(np.argmin(moments))
    first, second = (k for k in range(3) if k != axis)
    radius = 2.0 * moments[axis] * factors[first] * factors[second]
    length = 12.0 * (moments[first] - moments[axis] / 2.0) * factors[axis] ** 2
    across, along = mass * (length / 12.0 + radius / 4.0), mass * radius / 2.0
    scaled[[0, 1, 2], [0, 1, 2]] = across
    scaled[axis, axis] = along
    return scaled
