"""Write docs/validation/muscles.md: joint moments and muscle forces beside OpenSim's, on one stride.

``python builders/muscles_page.py ../shared/data`` (needs the opensim extra; about a minute)
"""

from __future__ import annotations

import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from gerdy.body import (
    Loads,
    MotionRates,
    inverse_dynamics,
    load,
    muscle_geometry,
    scale,
    static_optimisation,
)
from gerdy.body.compiler import opensim
from gerdy.body.compiler.oracle import Oracle
from gerdy.body.compiler.pipeline import compile_model

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "body"))
# The oracles of the tests, which are no package.
dynamics_oracle, ik_oracle = import_module("dynamics_oracle"), import_module("ik_oracle")

if TYPE_CHECKING:
    from gerdy.body import CompiledBody, MuscleForces
    from gerdy.body.muscles import Mode

PAGE = Path(__file__).parents[1] / "docs" / "validation" / "muscles.md"
HEAD = """# Joint moments and muscle forces against OpenSim

Made by `python builders/muscles_page.py ../shared/data`. One stride of the Rajagopal runner (4 m/s, {frames} frames at
100 Hz): RajagopalLaiUhlrich2023 scaled with the set-up that comes with it; subtalar joint and toes locked; knee and
paths as published; OpenSim's own joint angles, filtered once at 15 Hz; no residual reduction; reserves 2.5, 5, 10, 1
and 1 N·m. Muscles are those of the right leg.
"""
SECOND = """*same case*: `opensim` mode on the same model. *shipped body*: LaiUhlrich2022 scaled by the same factors,
knee and subtalar joint free (here at zero), six moments, `correct` mode; no tolerance, so that the difference can be
seen.
"""


def main(shared: Path) -> None:
    """Run both engines and write the page."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        run = ik_oracle.build(shared, folder)
        (folder / "grf_run.mot").write_bytes((shared / "opensim-rajagopal-run" / "grf_run.mot").read_bytes())
        case = dynamics_oracle.build(run, folder)
        published = compile_model(run.placed, knee="published")
        factors = run.scale_factors()
        plates = dynamics_oracle.plates(folder, case.motion.time[case.rows])
        oracle_lengths = _lengths(case, published)
    generic = load()
    own = scale(generic, np.array([factors[name] for name in generic.bodies]), 72.84)
    same, moments = _forces(published, case, plates, "opensim", dynamics_oracle.RESERVES_NM)
    ours, _ = _forces(own, case, plates, "correct", None)
    parts = [
        HEAD.format(frames=len(moments)),
        _moment_table(case, published, moments),
        _agreement(case, same, oracle_lengths),
        _muscle_table(case, same, ours),
    ]
    PAGE.write_text("\n".join(parts), encoding="utf-8")


def _forces(
    body: CompiledBody, case: Any, plates: dict[str, np.ndarray], mode: Mode, reserves: dict[str, float] | None
) -> tuple[MuscleForces, np.ndarray]:
    q, qd, qdd = (np.zeros((len(plates["force"]), len(body.coordinates))) for _ in range(3))
    for j, name in enumerate(body.coordinate_names):
        if name in case.motion.names:
            k = case.motion.names.index(name)
            q[:, j], qd[:, j], qdd[:, j] = (x[case.rows, k] for x in (case.motion.q, case.motion.qd, case.motion.qdd))
    moments = inverse_dynamics(body, q, MotionRates(qd, qdd), Loads(("calcn_r", "calcn_l"), **plates))
    return static_optimisation(body, q, qd, moments, side="right", mode=mode, reserves_nm=reserves), moments


def _lengths(case: Any, body: CompiledBody) -> tuple[float, float]:
    """Rms and largest length error, mm, of muscles that cross the hip only or the hip and the knee."""
    q = case.motion.q[:, [case.motion.names.index(name) for name in body.coordinate_names]]
    theirs = Oracle(opensim().Model(str(case.model)), body).lengths(q)
    found = muscle_geometry(body, q, coordinates=["hip_flexion_r", "hip_flexion_l"])
    hip = np.abs(found.moment_arm).max(axis=(0, 2)) > 0
    error = 1e3 * (found.length - theirs)[:, hip]
    return float(np.sqrt((error**2).mean())), float(np.abs(error).max())


def _moment_table(case: Any, body: CompiledBody, moments: np.ndarray) -> str:
    rows = [
        "## Inverse dynamics\n",
        "Target: 1 N·m rms per coordinate.\n",
        "| coordinate | difference, N·m rms | largest | OpenSim's peak |",
        "| --- | --- | --- | --- |",
    ]
    for stem in ("hip_flexion", "hip_adduction", "hip_rotation", "knee_angle", "ankle_angle"):
        for side in "rl":
            name = f"{stem}_{side}"
            theirs = case.moments[:, case.moment_names.index(f"{name}_moment")].copy()
            if stem == "knee_angle":
                theirs += case.moments[:, case.moment_names.index(f"{name}_beta_force")]
            error = moments[:, body.coordinate_index(name)] - theirs
            rows.append(f"| `{name}` | {_rms(error):.3f} | {np.abs(error).max():.2f} | {np.abs(theirs).max():.0f} |")
    rows.append(
        "\nThe difference is OpenSim's: its velocity terms of the turning knee disagree with the second difference of\n"
        "its own positions, see [design](../design/body.md).\n"
    )
    return "\n".join(rows)


def _agreement(case: Any, same: MuscleForces, lengths: tuple[float, float]) -> str:
    theirs = case.forces[:, [case.actuator_names.index(name) for name in same.muscles]]
    tfl = same.muscles.index("tfl_r")
    return "\n".join(
        [
            "## Agreement\n",
            "| quantity | target | found | verdict |",
            "| --- | --- | --- | --- |",
            _verdict("muscle forces of the leg, 40 muscles, N rms", 10.0, _rms(same.force - theirs)),
            _verdict("tensor fasciae latae, N rms", 2.0, _rms(same.force[:, tfl] - theirs[:, tfl])),
            _verdict(
                f"length of muscles over the hip, {len(case.motion.time)} poses of two legs, mm rms", 0.1, lengths[0]
            ),
            f"\nThe largest length error is {lengths[1]:.2f} mm.\n",
        ]
    )


def _muscle_table(case: Any, same: MuscleForces, ours: MuscleForces) -> str:
    """Muscle by muscle: OpenSim, gerdy in the same case, and the shipped body in correct mode, scaled alike."""
    rows = [
        "## Muscle by muscle\n",
        SECOND,
        "| muscle | OpenSim's peak, N | same case, N rms | shipped body's peak, N | shipped body, N rms |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name in same.muscles:
        theirs = case.forces[:, case.actuator_names.index(name)]
        mine, shipped = same.force[:, same.muscles.index(name)], ours.force[:, ours.muscles.index(name)]
        errors = f"{_rms(mine - theirs):.1f} | {shipped.max():.0f} | {_rms(shipped - theirs):.1f}"
        rows.append(f"| `{name}` | {theirs.max():.0f} | {errors} |")
    ankle = case.activations[:, case.actuator_names.index("reserve_ankle_angle_r")]
    reserve = _largest(same.reserve[:, same.coordinates.index("ankle_angle_r")])
    rows.append(
        f"\nFrames that muscles balance within the stated reserves: {same.balanced.mean():.0%} (same case) and\n"
        f"{ours.balanced.mean():.0%} (shipped body). In the others the ankle asks for more than this model's muscles\n"
        f"give: its reserve reaches {reserve:.0f} N·m here and {_largest(ankle):.0f} N·m in OpenSim.\n"
    )
    return "\n".join(rows)


def _verdict(what: str, target: float, found: float) -> str:
    return f"| {what} | {target:g} | {found:.2g} | {'met' if found <= target else 'missed'} |"


def _largest(error: np.ndarray) -> float:
    return float(np.abs(error).max())


def _rms(error: np.ndarray) -> float:
    return float(np.sqrt((error**2).mean()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
