"""Read muscles: path declarations, force parameters and curve tables."""

from __future__ import annotations

from typing import Any

import numpy as np

from gerdy.body.compiler import opensim
from gerdy.body.compiler.skeleton import base_frame, items
from gerdy.body.muscle_arrays import Hill, Paths
from gerdy.errors import BodyError
from gerdy.evidence import span, value

SIDES = {
    "all": (0, 0.0),
    "unassigned": (0, 0.0),
    "x": (0, 1.0),
    "+x": (0, 1.0),
    "-x": (0, -1.0),
    "y": (1, 1.0),
    "+y": (1, 1.0),
    "-y": (1, -1.0),
    "z": (2, 1.0),
    "+z": (2, 1.0),
    "-z": (2, -1.0),
}


def read_muscles(model: Any) -> list[Any]:
    """Return the muscles of a model as Millard muscles.

    Raises
    ------
    BodyError
        A muscle is of another kind.
    """
    found = []
    for muscle in items(model.getMuscles()):
        kind = muscle.getConcreteClassName()
        if kind != "Millard2012EquilibriumMuscle":
            raise BodyError(
                f"Muscle {muscle.getName()} is a {kind}; gerdy compiles Millard2012EquilibriumMuscle only, because "
                "other curves would give other forces. Replace the muscles in OpenSim, then compile again."
            )
        found.append(opensim().Millard2012EquilibriumMuscle.safeDownCast(muscle))
    return found


def read_paths(muscles: list[Any], bodies: tuple[str, ...]) -> Paths:
    """Read attachment points and cylinders.

    Parameters
    ----------
    muscles : OpenSim muscles
    bodies : names in the skeleton's order

    Raises
    ------
    BodyError
        A path uses moving points or a surface that is not a cylinder.
    """
    points: list[tuple[int, np.ndarray]] = []
    wraps: list[tuple[int, int, int]] = []
    cylinders: dict[str, tuple[Any, ...]] = {}
    point_start, wrap_start = [0], [0]
    for muscle in muscles:
        path = _geometry_path(muscle)
        stations = items(path.getPathPointSet())
        points += [_station(muscle, station, bodies) for station in stations]
        for wrap in items(path.getWrapSet()):
            name = wrap.getWrapObjectName()
            cylinders.setdefault(name, _cylinder(muscle, wrap.getWrapObject(), bodies))
            first, last = wrap.getStartPoint() - 1, wrap.getEndPoint() - 1
            wraps.append((list(cylinders).index(name), max(first, 0), last if last >= 0 else len(stations) - 1))
        point_start.append(len(points))
        wrap_start.append(len(wraps))
    columns = list(zip(*cylinders.values(), strict=True)) if cylinders else [()] * 7
    declared = np.array(wraps, dtype=np.int64).reshape(-1, 3)
    return Paths(
        point_start=np.array(point_start),
        point_body=np.array([b for b, _ in points]),
        point=np.array([p for _, p in points]),
        wrap_start=np.array(wrap_start),
        wrap_cylinder=declared[:, 0].copy(),
        wrap_first=declared[:, 1].copy(),
        wrap_last=declared[:, 2].copy(),
        cylinder_body=np.array(columns[0], dtype=np.int64),
        cylinder_rotation=np.array(columns[1]).reshape(-1, 3, 3),
        cylinder_position=np.array(columns[2]).reshape(-1, 3),
        cylinder_radius=np.array(columns[3], dtype=float),
        cylinder_length=np.array(columns[4], dtype=float),
        cylinder_side=np.array(columns[5], dtype=np.int64),
        cylinder_sign=np.array(columns[6], dtype=float),
    )


def read_hill(muscles: list[Any]) -> Hill:
    """Read force parameters and tabulate the curves; equal curves share a row.

    References
    ----------
    .. [Millard2013] Millard, Uchida, Seth, Delp (2013). Flexing computational muscle: modeling and simulation of
       musculotendon dynamics. Journal of Biomechanical Engineering 135:021005.
    """
    tables: list[tuple[float, float, np.ndarray, np.ndarray]] = []

    def rows(which: str, domain: tuple[float, float]) -> np.ndarray:
        return np.array([_table(getattr(m, which)(), domain, tables) for m in muscles])

    lengths, velocities = span("house_body.fibre_length_table"), span("house_body.fibre_velocity_table")
    active = rows("getActiveForceLengthCurve", lengths)
    passive = rows("getFiberForceLengthCurve", lengths)
    velocity = rows("getForceVelocityCurve", velocities)

    def each(which: str) -> np.ndarray:
        return np.array([float(getattr(m, which)()) for m in muscles])

    optimal = each("getOptimalFiberLength")
    return Hill(
        max_force=each("getMaxIsometricForce"),
        optimal_fibre=optimal,
        tendon_slack=each("getTendonSlackLength"),
        pennation=each("getPennationAngleAtOptimalFiberLength"),
        max_velocity=each("getMaxContractionVelocity"),
        shortest_fibre=each("getMinimumFiberLength") / optimal,
        active_curve=active,
        passive_curve=passive,
        velocity_curve=velocity,
        curve_start=np.array([t[0] for t in tables]),
        curve_step=np.array([t[1] for t in tables]),
        curve_value=np.array([t[2] for t in tables]),
        curve_slope=np.array([t[3] for t in tables]),
    )


def _table(curve: Any, domain: tuple[float, float], tables: list[Any]) -> int:
    knots = int(value("house_body.curve_knots"))
    x = np.linspace(*domain, knots)
    y = np.array([curve.calcValue(float(v)) for v in x])
    for i, (start, _, known, _) in enumerate(tables):
        if start == x[0] and np.array_equal(known, y):
            return i
    slope = np.array([curve.calcDerivative(float(v), 1) for v in x])
    tables.append((float(x[0]), float(x[1] - x[0]), y, slope))
    return len(tables) - 1


def _geometry_path(muscle: Any) -> Any:
    path = opensim().GeometryPath.safeDownCast(muscle.getPath())
    if path is None:
        raise BodyError(
            f"The path of {muscle.getName()} is a {muscle.getPath().getConcreteClassName()}; gerdy compiles "
            "GeometryPath only."
        )
    return path


def _station(muscle: Any, station: Any, bodies: tuple[str, ...]) -> tuple[int, np.ndarray]:
    kind = station.getConcreteClassName()
    if kind != "PathPoint":
        raise BodyError(
            f"Point {station.getName()} of {muscle.getName()} is a {kind}; gerdy compiles fixed path points only. "
            "Replace it by a PathPoint or a wrap cylinder."
        )
    point = opensim().PathPoint.safeDownCast(station)
    base, (R, p) = base_frame(point.getParentFrame())
    stored = point.get_location()
    return bodies.index(base), p + R @ np.array([stored.get(i) for i in range(3)])


def _cylinder(muscle: Any, surface: Any, bodies: tuple[str, ...]) -> tuple[Any, ...]:
    cylinder = opensim().WrapCylinder.safeDownCast(surface)
    if cylinder is None:
        raise BodyError(
            f"{muscle.getName()} wraps over a {surface.getConcreteClassName()}; gerdy compiles cylinders only, "
            "because ellipsoid wrapping is not reproducible. Replace the surface by a WrapCylinder."
        )
    base, (R, p) = base_frame(cylinder.getFrame())
    transform = cylinder.getTransform()
    rotation, position = transform.R(), transform.p()
    matrix = rotation.asMat33()
    A = np.array([[matrix.get(i, j) for j in range(3)] for i in range(3)])
    side, sign = SIDES[cylinder.get_quadrant().lower()]
    o = p + R @ np.array([position.get(i) for i in range(3)])
    return (bodies.index(base), R @ A, o, cylinder.get_radius(), cylinder.get_length(), side, sign)
