"""The band in an OpenSim model: strands as paths that OpenSim measures without wrapping.

Guide, crossing and tubercle become path points; the crossing of the epicondyle is a `MovingPathPoint`, a spline of knee
flexion, taken at one tibial rotation (``house_band.export_rotation``) and no knee adduction. There the path is ours.
Away from there it can only be longer, in second order where bone or anchor hold the strand in both poses; the docs
state by how much in running. No ellipsoid wrap is used, because OpenSim's returns NaN and
remembers earlier poses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gerdy.band.design import ACTUATORS, COMPARTMENTS
from gerdy.band.epicondyle import cross
from gerdy.band.tension import strand_hill
from gerdy.body.compiler import opensim
from gerdy.body.compiler.wraps import new_muscle
from gerdy.body.compiler.writer import simm_spline, vec3
from gerdy.body.kinematics import forward
from gerdy.body.paths import muscles_of
from gerdy.errors import BodyError
from gerdy.evidence import value
from gerdy.quantities import SIDES

if TYPE_CHECKING:
    from gerdy.band.design import Design, Draw
    from gerdy.body.model import CompiledBody
    from gerdy.quantities import Array, SideName

__all__ = ["add_band", "strand_names"]

KNEE_RANGE_DEG: Final = (-10.0, 140.0)


def strand_names(side: SideName) -> tuple[str, ...]:
    """Return what the five paths of one side are called in the model, in the order of `BandGeometry.length`."""
    end = side[0]
    return (f"tfl_{end}", *(f"{name}_band_{end}" for name in COMPARTMENTS), f"band_crest_{end}")


def add_band(model: Any, body: CompiledBody, draw: Draw) -> None:
    """Give a written model its band, left and right.

    Tensor fasciae latae gets the anterior strand as its path; each compartment of gluteus maximus is split into a
    femoral part, which keeps its name and path, and a band part ``…_band_…`` with the drawn share of its strength; the
    crest strand is a spring without stiffness, for its length alone. OpenSim knows no two muscles with one activation:
    the parts of a compartment are independent there.

    Parameters
    ----------
    model : from `gerdy.body.compiler.writer.opensim_model`
    body, draw : the body it was written from, and a band on it
    """
    for side in SIDES:
        points = _strand_points(model, body, draw.designs[side], side)
        slack = strand_hill(body, draw, side)[0].tendon_slack
        for i, name in enumerate(ACTUATORS):
            _series_muscle(model, body, side, name, draw, slack, points[i])
        spring = opensim().PathSpring()
        spring.setName(strand_names(side)[4])
        spring.setRestingLength(1.0)
        spring.setStiffness(0.0)
        spring.setDissipation(0.0)
        _lay(opensim().GeometryPath.safeDownCast(spring.updPath()), strand_names(side)[4], points[4])
        model.addForce(spring)
    model.finalizeConnections()


def _series_muscle(
    model: Any, body: CompiledBody, side: SideName, name: str, draw: Draw, slack: Array, points: list[Any]
) -> None:
    osim = opensim()
    stored, strand = muscles_of(body), strand_names(side)[ACTUATORS.index(name)]
    row = stored.index(f"{name}_{side[0]}")
    own = osim.Millard2012EquilibriumMuscle.safeDownCast(model.getMuscles().get(stored.names[row]))
    if name == "tfl":
        own.set_tendon_slack_length(float(slack[row]))
        path = osim.GeometryPath.safeDownCast(own.updPath())
        path.updPathPointSet().clearAndDestroy()
        _lay(path, strand, points)
        return
    share, whole = float(draw.share[COMPARTMENTS.index(name)]), float(stored.hill.max_force[row])
    own.set_max_isometric_force((1.0 - share) * whole)
    part = new_muscle(body, row, strand, share * whole, float(slack[row]))
    _lay(osim.GeometryPath.safeDownCast(part.updPath()), strand, points)
    model.addForce(part)


def _lay(path: Any, name: str, points: list[Any]) -> None:
    for i, point in enumerate(points):
        point.setName(f"{name}-P{i + 1}")
        path.updPathPointSet().cloneAndAppend(point)


def _strand_points(model: Any, body: CompiledBody, design: Design, side: SideName) -> list[list[Any]]:
    """Path points of each of the five paths, from pelvis to tubercle."""
    osim, end = opensim(), side[0]
    pelvis, femur, tibia = (model.getBodySet().get(name) for name in ("pelvis", f"femur_{end}", f"tibia_{end}"))
    knee = model.getCoordinateSet().get(f"knee_angle_{end}")
    crossings = [_crossing(body, design, side, s) for s in range(3)]

    def fixed(segment: Any, place: Array) -> Any:
        point = osim.PathPoint()
        # By name: a point is copied into its path, and a copy forgets what it was connected to.
        point.updSocket("parent_frame").setConnecteePath(segment.getAbsolutePathString())
        point.setLocation(vec3(place))
        return point

    found = []
    for i, s in enumerate((0, 1, 1, 1, 2)):
        first, last = design.origin[i]
        starts = [first] if np.array_equal(first, last) else [first, last]
        points = [fixed(pelvis, place) for place in starts] + [fixed(femur, design.guide[s])]
        found.append([*points, _moving(femur, knee, *crossings[s]), fixed(tibia, design.gerdy)])
    return found


def _moving(femur: Any, knee: Any, at: Array, place: Array) -> Any:
    point = opensim().MovingPathPoint()
    point.updSocket("parent_frame").setConnecteePath(femur.getAbsolutePathString())
    for k, axis in enumerate("xyz"):
        getattr(point, f"set_{axis}_location")(simm_spline(at, place[:, k]))
        point.updSocket(f"{axis}_coordinate").setConnecteePath(knee.getAbsolutePathString())
    return point


def _crossing(body: CompiledBody, design: Design, side: SideName, s: int) -> tuple[Array, Array]:
    """Knots of knee flexion (rad), and where strand s crosses the epicondyle there, (knots, 3) m in the femur."""
    knee = np.radians(np.arange(*KNEE_RANGE_DEG, value("house_band.export_knots")))
    flip = np.array([1.0, 1.0, design.outward])
    (gx, gy, gz), (ax, ay, az) = design.guide[s] * flip, design.apex * flip
    half = 0.5 * design.travel
    front, back = design.centre[s] + half, design.centre[s] - half
    ends = _tubercle_in_femur(body, design, side, knee) * flip
    found = [
        cross(gx, gy, gz, ex, ey, ez, ax, ay, az, design.curvature, front, back, design.margin, True)
        for ex, ey, ez in ends
    ]
    crosses = np.array([one[3] for one in found])
    if not crosses.any():
        raise BodyError("No strand crosses the epicondyle of this body at any knee flexion; it cannot be exported.")
    places = np.array([[one[0], ay, one[1]] for one in found]) * flip
    return knee[crosses], places[crosses]


def _tubercle_in_femur(body: CompiledBody, design: Design, side: SideName, knee: Array) -> Array:
    """(knots, 3) m, Gerdy's tubercle in the femur at the tibial rotation the crossing is taken at."""
    q = np.zeros((len(knee), len(body.coordinates)))
    q[:, body.coordinate_index(f"knee_angle_{side[0]}")] = knee
    q[:, body.coordinate_index(f"knee_rotation_{side[0]}")] = np.radians(value("house_band.export_rotation"))
    posed = forward(body, q)
    femur, tibia = body.body_index(f"femur_{side[0]}"), body.body_index(f"tibia_{side[0]}")
    end = posed.position[:, tibia] + posed.rotation[:, tibia] @ design.gerdy
    return np.einsum("kji,kj->ki", posed.rotation[:, femur], end - posed.position[:, femur])
