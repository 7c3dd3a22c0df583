"""Write a compiled body back as an OpenSim model, from its own arrays: joints, masses, muscles, cylinders, markers.

The reverse of `skeleton` and `muscles`. Nothing is taken from the model that the body was compiled from, so a scaled
runner's body can be written as well; bone meshes, which a body does not hold, are not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.spatial.transform import Rotation

from gerdy.body.compiler import opensim
from gerdy.body.compiler.wraps import add_muscle, add_wraps

if TYPE_CHECKING:
    from gerdy.body.model import CompiledBody
    from gerdy.quantities import Array, Flags

__all__ = ["opensim_model", "simm_spline", "vec3"]


def opensim_model(body: CompiledBody) -> Any:
    """Build an OpenSim model that moves and pulls as a compiled body does.

    Parameters
    ----------
    body : with muscles

    Returns
    -------
    `opensim.Model`, with its connections made and not yet initialised

    Raises
    ------
    MissingExtra : the library opensim is not installed
    BodyError : the body has no muscles, or force curves that OpenSim's muscle cannot be given
    """
    osim = opensim()
    model = osim.Model()
    model.setName(body.name)
    model.set_gravity(vec3(body.skeleton.gravity))
    for b, name in enumerate(body.bodies):
        model.addBody(_segment(body, b, name))
    for b in range(len(body.bodies)):
        model.addJoint(_joint(model, body, b))
    model.finalizeFromProperties()
    model.finalizeConnections()
    _set_coordinates(model, body)
    for d, name in enumerate(body.dependents):
        model.addConstraint(_coupler(body, d, name))
    cylinders = add_wraps(model, body)
    for m in range(0 if body.muscles is None else len(body.muscles.names)):
        add_muscle(model, body, m, cylinders)
    for place in body.markers:
        model.addMarker(osim.Marker(place.name, model.getBodySet().get(place.body), vec3(place.position)))
    model.finalizeConnections()
    return model


def vec3(values: Any) -> Any:
    """Return three numbers as OpenSim's vector."""
    x, y, z = (float(v) for v in values)
    return opensim().Vec3(x, y, z)


def simm_spline(x: Array, y: Array) -> Any:
    """Return a spline through points, as OpenSim's function."""
    spline = opensim().SimmSpline()
    for at, level in zip(x, y, strict=True):
        spline.addPoint(float(at), float(level))
    return spline


def _segment(body: CompiledBody, b: int, name: str) -> Any:
    osim, s = opensim(), body.skeleton
    I = s.inertia[b]
    inertia = osim.Inertia(*(float(v) for v in (I[0, 0], I[1, 1], I[2, 2], I[0, 1], I[0, 2], I[1, 2])))
    return osim.Body(name, float(s.mass[b]), vec3(s.mass_center[b]), inertia)


def _joint(model: Any, body: CompiledBody, b: int) -> Any:
    osim, s = opensim(), body.skeleton
    parent = model.getGround() if s.parent[b] < 0 else model.getBodySet().get(body.bodies[s.parent[b]])
    child = model.getBodySet().get(body.bodies[b])
    frames = (
        vec3(s.parent_position[b]),
        vec3(Rotation.from_matrix(s.parent_rotation[b]).as_euler("XYZ")),
        child,
        vec3(s.child_position[b]),
        vec3(Rotation.from_matrix(s.child_rotation[b]).as_euler("XYZ")),
    )
    name = f"{body.bodies[b]}_joint"
    if (s.axis_coordinate[b] < 0).all():
        return osim.WeldJoint(name, parent, *frames)
    return osim.CustomJoint(name, parent, *frames, _transform(body, b))


def _transform(body: CompiledBody, b: int) -> Any:
    osim, s = opensim(), body.skeleton
    columns = (*body.coordinate_names, *body.dependents)
    transform = osim.SpatialTransform()
    directions = [*_independent(s.axis[b, :3], s.axis_coordinate[b, :3] >= 0), *_independent(s.axis[b, 3:], None)]
    for k in range(6):
        axis = transform.updTransformAxis(k)
        axis.setAxis(vec3(directions[k]))
        names = osim.ArrayStr()
        for column in (s.axis_coordinate[b, k], s.offset_coordinate[b, k]):
            if column >= 0:
                names.append(columns[column])
        axis.setCoordinateNames(names)
        axis.set_function(_axis_function(body, b, k))
    return transform


def _independent(axes: Array, used: Flags | None) -> list[Array]:
    """Keep used axes and turn unused ones so that the three are independent, which OpenSim demands."""
    kept = [k for k in range(3) if used is None or used[k]]
    if np.linalg.matrix_rank(axes[kept]) < len(kept) or used is None:
        used = np.ones(3, dtype=bool) if np.linalg.matrix_rank(axes) == 3 else np.zeros(3, dtype=bool)
    found = axes.copy()
    for k in np.flatnonzero(~used):
        others = found[[j for j in range(3) if j != k and (used[j] or j < k)]]
        free = np.eye(3)[np.argmin(np.abs(others).sum(axis=0))] if len(others) else np.eye(3)[k]
        found[k] = free - others.T @ np.linalg.pinv(others.T) @ free if len(others) else free
        found[k] /= np.linalg.norm(found[k])
    return list(found)


def _axis_function(body: CompiledBody, b: int, k: int) -> Any:
    """Scale times function of the coordinate, plus the offset coordinate where there is one."""
    osim, s = opensim(), body.skeleton
    row, scale = int(s.axis_function[b, k]), float(s.axis_scale[b, k])
    if s.offset_coordinate[b, k] >= 0:
        return _plane(scale * s.function_coefficient[row, 0], float(s.offset_sign[b, k]))
    if s.axis_coordinate[b, k] < 0:
        return osim.Constant(scale * float(s.function_coefficient[row, 0, 0]))
    return _function(body, row, scale)


def _plane(powers: Array, sign: float) -> Any:
    """Write p(x) + sign · y as OpenSim's polynomial of two variables; p lies about zero."""
    osim = opensim()
    order = max(int(np.flatnonzero(powers).max(initial=1)), 1)
    terms = [
        float(powers[i]) if j == 0 else (sign if (i, j) == (0, 1) else 0.0)
        for i in range(order + 1)
        for j in range(order + 1 - i)
    ]
    coefficients = osim.Vector(len(terms), 0.0)
    for i, term in enumerate(terms):
        coefficients[i] = term
    return osim.MultivariatePolynomialFunction(coefficients, 2, order)


def _function(body: CompiledBody, row: int, scale: float) -> Any:
    """One piece is a polynomial; several are the spline through their breaks, which they were read from."""
    osim, s = opensim(), body.skeleton
    breaks = s.function_break[row][np.isfinite(s.function_break[row])]
    if breaks.size:
        y = [np.polynomial.polynomial.polyval(x - s.function_base[row, i], s.function_coefficient[row, i])
             for i, x in enumerate(breaks)]  # fmt: skip
        return simm_spline(breaks, scale * np.array(y))
    powers = scale * s.function_coefficient[row, 0]
    powers = powers[: int(np.flatnonzero(powers).max(initial=0)) + 1]
    vector = osim.Vector(len(powers), 0.0)
    for i, power in enumerate(reversed(powers)):
        vector[i] = float(power)
    return osim.PolynomialFunction(vector)


def _set_coordinates(model: Any, body: CompiledBody) -> None:
    known = {c.name: c for c in body.coordinates}
    for i in range(model.getCoordinateSet().getSize()):
        coordinate = model.getCoordinateSet().get(i)
        stored = known.get(coordinate.getName())
        if stored is not None:
            coordinate.setRangeMin(stored.minimum)
            coordinate.setRangeMax(stored.maximum)
            coordinate.setDefaultValue(stored.default)
            coordinate.set_locked(stored.locked)
            coordinate.set_clamped(stored.kind == "rotation")


def _coupler(body: CompiledBody, d: int, name: str) -> Any:
    osim, s = opensim(), body.skeleton
    constraint = osim.CoordinateCouplerConstraint()
    constraint.setName(f"{name}_coupler")
    drivers = osim.ArrayStr()
    drivers.append(body.coordinate_names[s.driver[d]])
    constraint.setIndependentCoordinateNames(drivers)
    constraint.setDependentCoordinateName(name)
    constraint.setFunction(_function(body, int(s.driver_function[d]), 1.0))
    return constraint
