"""Write muscles and the cylinders they lie on into an OpenSim model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from scipy.spatial.transform import Rotation

from gerdy.body.compiler import opensim
from gerdy.body.paths import muscles_of
from gerdy.errors import BodyError
from gerdy.evidence import entry

if TYPE_CHECKING:
    from gerdy.body.model import CompiledBody

__all__ = ["add_muscle", "add_wraps"]

AXES: Final = "xyz"
LARGEST_CURVE_ERROR: Final = 1e-6


def add_wraps(model: Any, body: CompiledBody) -> list[Any]:
    """Add every cylinder of a body to its segment; return them in the order of the body's arrays."""
    paths, found = muscles_of(body).paths, []
    for c, segment in enumerate(paths.cylinder_body):
        cylinder = opensim().WrapCylinder()
        cylinder.setName(f"cylinder_{c}")
        cylinder.set_radius(float(paths.cylinder_radius[c]))
        cylinder.set_length(float(paths.cylinder_length[c]))
        sign = float(paths.cylinder_sign[c])
        side = AXES[int(paths.cylinder_side[c])]
        cylinder.set_quadrant("all" if sign == 0.0 else f"{'-' if sign < 0.0 else ''}{side}")
        turn = Rotation.from_matrix(paths.cylinder_rotation[c]).as_euler("XYZ")
        cylinder.set_xyz_body_rotation(opensim().Vec3(*map(float, turn)))
        cylinder.set_translation(opensim().Vec3(*map(float, paths.cylinder_position[c])))
        model.getBodySet().get(body.bodies[segment]).addWrapObject(cylinder)
        found.append(cylinder)
    return found


def add_muscle(model: Any, body: CompiledBody, m: int, cylinders: list[Any]) -> None:
    """Add one muscle with its path.

    Raises
    ------
    BodyError : its force curves are not those of OpenSim's Millard muscle as it comes
    """
    stored = muscles_of(body)
    paths, hill = stored.paths, stored.hill
    muscle = opensim().Millard2012EquilibriumMuscle(
        stored.names[m],
        float(hill.max_force[m]),
        float(hill.optimal_fibre[m]),
        float(hill.tendon_slack[m]),
        float(hill.pennation[m]),
    )
    muscle.set_max_contraction_velocity(float(hill.max_velocity[m]))
    muscle.set_ignore_tendon_compliance(True)
    _set_curves(body, m, muscle)
    for i, p in enumerate(range(paths.point_start[m], paths.point_start[m + 1])):
        segment = model.getBodySet().get(body.bodies[paths.point_body[p]])
        name = f"{stored.names[m]}-P{i + 1}"
        muscle.addNewPathPoint(name, segment, opensim().Vec3(*map(float, paths.point[p])))
    model.addForce(muscle)
    path = opensim().GeometryPath.safeDownCast(muscle.updPath())
    for i, w in enumerate(range(paths.wrap_start[m], paths.wrap_start[m + 1])):
        path.addPathWrap(cylinders[paths.wrap_cylinder[w]])
        wrap = path.updWrapSet().get(i)
        wrap.set_range(0, int(paths.wrap_first[w]) + 1)
        wrap.set_range(1, int(paths.wrap_last[w]) + 1)


def _set_curves(body: CompiledBody, m: int, muscle: Any) -> None:
    """Give the muscle the curves of the Rajagopal family, and see that they are those of the body."""
    hill = muscles_of(body).hill
    curves = {
        "active_force_length": (hill.active_curve[m], "ActiveForceLengthCurve"),
        "passive_force_length": (hill.passive_curve[m], "FiberForceLengthCurve"),
        "force_velocity": (hill.velocity_curve[m], "ForceVelocityCurve"),
    }
    for key, (row, kind) in curves.items():
        parameters = entry(f"rajagopal2016_curves.{key}").value
        assert isinstance(parameters, dict)  # noqa: S101 - the set holds tables
        curve = getattr(opensim(), kind)()
        for name, number in parameters.items():
            getattr(curve, f"set_{name}")(number)
        at = hill.curve_start[row] + hill.curve_step[row] * np.arange(hill.curve_value.shape[1])
        theirs = np.array([curve.calcValue(float(v)) for v in at[::20]])
        worst = float(np.abs(theirs - hill.curve_value[row, ::20]).max())
        if worst > LARGEST_CURVE_ERROR:
            raise BodyError(
                f"The {key} curve of {muscles_of(body).names[m]} differs by {worst:.2g} from that of the Rajagopal "
                "family; such a body cannot be written without changing its forces. Export a body of that family."
            )
        getattr(muscle, f"set_{kind}")(curve)
