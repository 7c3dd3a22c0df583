"""Read joints, inertias, markers and coordinates of an OpenSim model into a skeleton."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gerdy.body.compiler import opensim
from gerdy.body.compiler.functions import IDENTITY, ZERO, FunctionTable, Piecewise, read_function
from gerdy.body.model import CompiledBody, Coordinate, Place, Skeleton
from gerdy.errors import BodyError

FIXED_AXES = {
    "WeldJoint": (),
    "PinJoint": ((0, (0.0, 0.0, 1.0)),),
    "SliderJoint": ((3, (1.0, 0.0, 0.0)),),
    "UniversalJoint": ((0, (1.0, 0.0, 0.0)), (1, (0.0, 1.0, 0.0))),
}


@dataclass
class Axis:
    """One of the six axes of a joint, before it becomes a row of the arrays."""

    direction: tuple[float, float, float] = (1.0, 0.0, 0.0)
    function: Piecewise = ZERO
    scale: float = 1.0
    coordinates: tuple[str, ...] = ()
    offset_sign: float = 1.0


@dataclass
class Joint:
    """One joint as read: the two frames and the six axes."""

    name: str
    parent: str
    child: str
    parent_frame: tuple[np.ndarray, np.ndarray]
    child_frame: tuple[np.ndarray, np.ndarray]
    axes: list[Axis]
    coordinates: list[str] = field(default_factory=list)


def read_skeleton(model: Any) -> tuple[CompiledBody, list[str]]:
    """Compile the joint tree of an OpenSim model.

    Parameters
    ----------
    model : an `opensim.Model`, initialised

    Returns
    -------
    CompiledBody without muscles, and notes of what was converted

    Raises
    ------
    BodyError
        A joint, function or constraint is of a kind the family does not use.
    """
    joints = _in_tree_order([read_joint(j) for j in items(model.getJointSet())])
    couplers = [_read_coupler(c) for c in items(model.getConstraintSet())]
    notes = _make_knees_flex_positively(model, joints, couplers)
    dependents = [name for name, _, _ in couplers]
    independent = [c for joint in joints for c in joint.coordinates if c not in dependents]
    independent = _in_model_order(model, independent)
    flipped = {note.split()[0] for note in notes}
    body = CompiledBody(
        name=model.getName(),
        skeleton=_arrays(model, joints, independent, couplers),
        bodies=tuple(j.child for j in joints),
        coordinates=tuple(_coordinate(model.getCoordinateSet().get(c), c in flipped) for c in independent),
        dependents=tuple(dependents),
        markers=_markers(model),
    )
    return body, notes


def read_joint(joint: Any) -> Joint:
    """Read one OpenSim joint; its frames relative to the bodies they are fixed to."""
    kind = joint.getConcreteClassName()
    names = [joint.get_coordinates(i).getName() for i in range(joint.numCoordinates())]
    if kind == "CustomJoint":
        transform = opensim().CustomJoint.safeDownCast(joint).getSpatialTransform()
        axes = [_read_axis(transform.getTransformAxis(k)) for k in range(6)]
    elif kind in FIXED_AXES:
        axes = [Axis() for _ in range(6)]
        for (k, direction), coordinate in zip(FIXED_AXES[kind], names, strict=True):
            axes[k] = Axis(direction, IDENTITY, 1.0, (coordinate,))
    else:
        raise BodyError(
            f"Joint {joint.getName()} is a {kind}; gerdy compiles CustomJoint, "
            f"{', '.join(FIXED_AXES)}. Rewrite it as a CustomJoint."
        )
    parent, parent_frame = base_frame(joint.getParentFrame())
    child, child_frame = base_frame(joint.getChildFrame())
    return Joint(joint.getName(), parent, child, parent_frame, child_frame, axes, names)


def _read_axis(axis: Any) -> Axis:
    count = axis.getCoordinateNames().size()
    names = tuple(axis.get_coordinates(i) for i in range(count))
    stored = axis.getAxis()
    direction = np.array([stored.get(i) for i in range(3)])
    function, scale, sign = ZERO, 1.0, 1.0
    if axis.hasFunction():
        function, scale = read_function(axis.getFunction())
        if count == 2:
            sign = _second_slope(axis.getFunction())
    unit = direction / np.linalg.norm(direction)
    x, y, z = (float(v) for v in unit)
    return Axis((x, y, z), function, scale, names, sign)


def _second_slope(function: Any) -> float:
    osim = opensim()
    at = [osim.Vector(2, 0.0) for _ in range(2)]
    at[1][1] = 1.0
    return float(function.calcValue(at[1]) - function.calcValue(at[0]))


def base_frame(frame: Any) -> tuple[str, tuple[np.ndarray, np.ndarray]]:
    """Return the body a frame is fixed to, and the frame's rotation and position in it."""
    base = frame.findBaseFrame()
    transform = frame.findTransformInBaseFrame()
    # The parts are kept in names: a temporary of the binding would be freed before it is read.
    rotation = transform.R()
    matrix, position = rotation.asMat33(), transform.p()
    R = np.array([[matrix.get(i, j) for j in range(3)] for i in range(3)])
    return base.getName(), (R, np.array([position.get(i) for i in range(3)]))


def _read_coupler(constraint: Any) -> tuple[str, str, Piecewise]:
    kind = constraint.getConcreteClassName()
    if kind != "CoordinateCouplerConstraint":
        raise BodyError(
            f"Constraint {constraint.getName()} is a {kind}; gerdy compiles coordinate couplers only. "
            "Remove it from the model, or rewrite it as a coupler."
        )
    coupler = opensim().CoordinateCouplerConstraint.safeDownCast(constraint)
    function, scale = read_function(coupler.getFunction())
    scaled = tuple(tuple(scale * c for c in piece) for piece in function.coefficients)
    drivers = coupler.getIndependentCoordinateNames()
    return coupler.getDependentCoordinateName(), drivers.get(0), function._replace(coefficients=scaled)


def _make_knees_flex_positively(model: Any, joints: list[Joint], couplers: list[Any]) -> list[str]:
    """Turn knees whose range lies below zero, so that knee flexion is positive in every compiled body."""
    notes = []
    for side in "rl":
        name = f"knee_angle_{side}"
        if not model.getCoordinateSet().contains(name):
            raise BodyError(f"The model has no coordinate {name}; expected a model of the Rajagopal family.")
        coordinate = model.getCoordinateSet().get(name)
        if abs(coordinate.getRangeMin()) <= abs(coordinate.getRangeMax()):
            continue
        notes.append(f"{name} flexes negatively in the model; converted, positive is flexion here.")
        for axis in (a for j in joints for a in j.axes if a.coordinates[:1] == (name,)):
            axis.function = axis.function.reflected()
        couplers[:] = [(d, n, f.reflected() if n == name else f) for d, n, f in couplers]
    return notes


def _in_tree_order(joints: list[Joint]) -> list[Joint]:
    """Parents before children, else the model's order."""
    placed, rest = {"ground"}, list(joints)
    ordered = []
    while rest:
        ready = next((j for j in rest if j.parent in placed), None)
        if ready is None:
            raise BodyError(f"Joint {rest[0].name} hangs on {rest[0].parent}, which no joint carries.")
        rest.remove(ready)
        ordered.append(ready)
        placed.add(ready.child)
    return ordered


def _in_model_order(model: Any, names: list[str]) -> list[str]:
    return [c.getName() for c in items(model.getCoordinateSet()) if c.getName() in names]


def _coordinate(coordinate: Any, flipped: bool) -> Coordinate:
    low, high = coordinate.getRangeMin(), coordinate.getRangeMax()
    default = coordinate.getDefaultValue()
    if flipped:
        low, high, default = -high, -low, -default
    rotational = coordinate.getMotionType() != opensim().Coordinate.Translational
    return Coordinate(
        name=coordinate.getName(),
        kind="rotation" if rotational else "translation",
        minimum=float(low),
        maximum=float(high),
        default=float(default),
        locked=bool(coordinate.get_locked()),
    )


def _markers(model: Any) -> tuple[Place, ...]:
    places = []
    for marker in items(model.getMarkerSet()):
        base, (R, p) = base_frame(marker.getParentFrame())
        stored = marker.get_location()
        location = p + R @ np.array([stored.get(i) for i in range(3)])
        position = (float(location[0]), float(location[1]), float(location[2]))
        places.append(Place(marker.getName(), base, position, bool(marker.get_fixed()), "marker set of the model"))
    return tuple(places)


def _arrays(
    model: Any, joints: list[Joint], independent: list[str], couplers: list[tuple[str, str, Piecewise]]
) -> Skeleton:
    table = FunctionTable()
    columns = independent + [name for name, _, _ in couplers]
    bodies = [j.child for j in joints]

    def column(axis: Axis, which: int) -> int:
        return columns.index(axis.coordinates[which]) if len(axis.coordinates) > which else -1

    def each(pick: Any, dtype: type = float) -> np.ndarray:
        return np.array([[pick(a) for a in j.axes] for j in joints], dtype=dtype)

    mass, center, inertia = zip(*(_inertia(model.getBodySet().get(b)) for b in bodies), strict=True)
    gravity = model.get_gravity()
    return Skeleton(
        parent=np.array([bodies.index(j.parent) if j.parent in bodies else -1 for j in joints]),
        parent_rotation=np.array([j.parent_frame[0] for j in joints]),
        parent_position=np.array([j.parent_frame[1] for j in joints]),
        child_rotation=np.array([j.child_frame[0] for j in joints]),
        child_position=np.array([j.child_frame[1] for j in joints]),
        axis=each(lambda a: a.direction),
        axis_function=each(lambda a: table.add(a.function), int),
        axis_scale=each(lambda a: a.scale),
        axis_coordinate=each(lambda a: column(a, 0), int),
        offset_coordinate=each(lambda a: column(a, 1), int),
        offset_sign=each(lambda a: a.offset_sign),
        driver=np.array([independent.index(d) for _, d, _ in couplers], dtype=int),
        driver_function=np.array([table.add(f) for _, _, f in couplers], dtype=int),
        mass=np.array(mass),
        mass_center=np.array(center),
        inertia=np.array(inertia),
        gravity=np.array([gravity.get(i) for i in range(3)]),
        **table.arrays(),
    )


def _inertia(body: Any) -> tuple[float, np.ndarray, np.ndarray]:
    inertia = body.getInertia()
    moments, products, center = inertia.getMoments(), inertia.getProducts(), body.getMassCenter()
    I = np.diag([moments.get(i) for i in range(3)])
    for k, (i, j) in enumerate(((0, 1), (0, 2), (1, 2))):
        I[i, j] = I[j, i] = products.get(k)
    return float(body.getMass()), np.array([center.get(i) for i in range(3)]), I


def items(collection: Any) -> list[Any]:
    """Return the members of an OpenSim set."""
    return [collection.get(i) for i in range(collection.getSize())]
