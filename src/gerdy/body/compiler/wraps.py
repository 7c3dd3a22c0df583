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

__all__ = ["add_muscle", "add_wraps", "check_curves", "new_muscle"]

AXES: Final = "xyz"
CURVES: Final = {
    "ActiveForceLengthCurve": "rajagopal2016_curves.active_force_length",
    "FiberForceLengthCurve": "rajagopal2016_curves.passive_force_length",
    "ForceVelocityCurve": "rajagopal2016_curves.force_velocity",
}
LARGEST_CURVE_ERROR: Final = 1e-6
STRIDE: Final = 20
"""Every twentieth knot of a curve's table is compared."""


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
    """Add one muscle with its path."""
    stored = muscles_of(body)
    paths, hill = stored.paths, stored.hill
    muscle = new_muscle(body, m, stored.names[m], float(hill.max_force[m]), float(hill.tendon_slack[m]))
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


def new_muscle(body: CompiledBody, m: int, name: str, max_force: float, tendon_slack: float) -> Any:
    """Return a muscle without a path: fibres and curves of muscle m, a rigid tendon, name and strength as given."""
    hill = muscles_of(body).hill
    fibre, pennation = float(hill.optimal_fibre[m]), float(hill.pennation[m])
    muscle = opensim().Millard2012EquilibriumMuscle(name, max_force, fibre, tendon_slack, pennation)
    muscle.set_max_contraction_velocity(float(hill.max_velocity[m]))
    muscle.set_ignore_tendon_compliance(True)
    _set_curves(muscle)
    return muscle


def check_curves(model: Any, body: CompiledBody) -> None:
    """See that the muscles of a written and opened model have the curves of the body.

    Raises
    ------
    BodyError : a curve differs
    """
    hill = muscles_of(body).hill
    rows = {
        "ActiveForceLengthCurve": hill.active_curve,
        "FiberForceLengthCurve": hill.passive_curve,
        "ForceVelocityCurve": hill.velocity_curve,
    }
    for m, name in enumerate(muscles_of(body).names):
        muscle = opensim().Millard2012EquilibriumMuscle.safeDownCast(model.getMuscles().get(name))
        for kind, row in rows.items():
            at = hill.curve_start[row[m]] + hill.curve_step[row[m]] * np.arange(hill.curve_value.shape[1])
            curve = getattr(muscle, f"get{kind}")()
            theirs = np.array([curve.calcValue(float(v)) for v in at[::STRIDE]])
            worst = float(np.abs(theirs - hill.curve_value[row[m], ::STRIDE]).max())
            if worst > LARGEST_CURVE_ERROR:
                raise BodyError(
                    f"The {kind} of {name} differs by {worst:.2g} from that of the Rajagopal family; such a body "
                    "cannot be written without changing its forces. Export a body of that family."
                )


def _set_curves(muscle: Any) -> None:
    """Give the muscle the curves of the Rajagopal family; `check_curves` sees that they are the body's."""
    for kind, key in CURVES.items():
        parameters = entry(key).value
        assert isinstance(parameters, dict)  # noqa: S101 - the set holds tables
        curve = getattr(opensim(), kind)()
        for name, number in parameters.items():
            getattr(curve, f"set_{name}")(number)
        getattr(muscle, f"set_{kind}")(curve)
