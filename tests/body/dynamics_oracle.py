"""The comparison case, computed by OpenSim's own tools: one runner, one motion, both engines.

RajagopalLaiUhlrich2023, scaled with the set-up that comes with the running trial; OpenSim's inverse kinematics;
one stated filter (15 Hz, fourth-order zero-lag Butterworth); no residual reduction.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.interpolate import make_interp_spline
from scipy.signal import butter, sosfiltfilt

if TYPE_CHECKING:
    from pathlib import Path

    from ik_oracle import OpenSimRun

CUTOFF_HZ = 15.0
STRIDE_S = (2.03, 2.72)
RESERVES_NM = {"hip_flexion": 2.5, "hip_adduction": 5.0, "hip_rotation": 10.0, "knee_angle": 1.0, "ankle_angle": 1.0}


@dataclass
class Motion:
    """Filtered coordinates of a trial, in the columns of a table's names."""

    time: np.ndarray
    names: list[str]
    q: np.ndarray
    qd: np.ndarray
    qdd: np.ndarray


@dataclass
class Comparison:
    """Where the files are, and what OpenSim's tools found on one stride."""

    folder: Path
    model: Path
    motion: Motion
    rows: slice
    moment_names: list[str]
    moments: np.ndarray
    actuator_names: list[str]
    forces: np.ndarray
    activations: np.ndarray


def build(run: OpenSimRun, folder: Path) -> Comparison:
    """Run inverse kinematics, inverse dynamics and static optimisation; about half a minute of OpenSim."""
    motion = solve_kinematics(run, folder)
    rows = slice(*np.searchsorted(motion.time, STRIDE_S))
    moments = run_inverse_dynamics(run.placed, motion, folder, rows)
    forces = run_static_optimisation(run.placed, motion, folder, rows)
    return Comparison(folder, run.placed, motion, rows, *moments, *forces)


def solve_kinematics(run: OpenSimRun, folder: Path) -> Motion:
    """Find OpenSim's own joint angles of the whole trial, filtered."""
    import opensim

    opensim.Logger.setLevelString("error")
    if folder != run.folder:
        shutil.copyfile(run.folder / "ik_setup_run.xml", folder / "ik_setup_run.xml")
    tool = opensim.InverseKinematicsTool(str(folder / "ik_setup_run.xml"), False)
    model = opensim.Model(str(run.placed))
    model.initSystem()
    tool.setModel(model)
    tool.setMarkerDataFileName(str(run.run))
    tool.setResultsDir(str(folder))
    tool.setOutputMotionFileName(str(folder / "ik.mot"))
    tool.set_report_errors(False)
    tool.run()
    return filtered(opensim.TimeSeriesTable(str(folder / "ik.mot")))


def filtered(table: Any) -> Motion:
    """Filter a MOT table of degrees once, and differentiate the quintic spline through it."""
    time = np.array(table.getIndependentColumn())
    names = list(table.getColumnLabels())
    translations = [i for i, n in enumerate(names) if n.startswith("pelvis_t") and n[-2:] in ("tx", "ty", "tz")]
    q = table.getMatrix().to_numpy().copy()
    # OpenSim writes the coupled patella coordinate in radians even where the file says degrees.
    angles = [i for i, n in enumerate(names) if i not in translations and not n.endswith("_beta")]
    q[:, angles] = np.radians(q[:, angles])
    sos = butter(2, CUTOFF_HZ, fs=1.0 / np.diff(time).mean(), output="sos")
    q = sosfiltfilt(sos, q, axis=0)
    spline = make_interp_spline(time, q, k=5)
    return Motion(time, names, q, spline.derivative(1)(time), spline.derivative(2)(time))


def write_mot(motion: Motion, path: Path, rows: slice) -> None:
    """Write coordinates in radians, for OpenSim to read."""
    names = motion.names
    lines = [path.name, "version=1", f"nRows={len(motion.time[rows])}", f"nColumns={len(names) + 1}", "inDegrees=no"]
    lines += ["endheader", "\t".join(["time", *names])]
    for t, row in zip(motion.time[rows], motion.q[rows], strict=True):
        lines.append("\t".join(f"{v:.12g}" for v in (t, *row)))
    path.write_text("\n".join(lines) + "\n")


def external_loads(folder: Path) -> Path:
    """Write the set-up of the two force plates' feet."""
    forces = "".join(
        f"""<ExternalForce name="{side}"><applied_to_body>calcn_{body}</applied_to_body>
        <force_expressed_in_body>ground</force_expressed_in_body><point_expressed_in_body>ground</point_expressed_in_body>
        <force_identifier>{side}_ground_force_v</force_identifier><point_identifier>{side}_ground_force_p</point_identifier>
        <torque_identifier>{side}_ground_torque_</torque_identifier></ExternalForce>"""
        for side, body in (("R", "r"), ("L", "l"))
    )
    path = folder / "loads.xml"
    path.write_text(
        f"""<?xml version="1.0"?><OpenSimDocument Version="40000"><ExternalLoads name="grf"><objects>{forces}</objects>
        <datafile>{folder / "grf_run.mot"}</datafile></ExternalLoads></OpenSimDocument>"""
    )
    return path


def plates(folder: Path, time: np.ndarray) -> dict[str, np.ndarray]:
    """Forces, points and free moments (frames, 2 feet, 3) at the motion's times; right foot first."""
    lines = (folder / "grf_run.mot").read_text().splitlines()
    header = next(i for i, line in enumerate(lines) if line.strip().startswith("time"))
    names = lines[header].split()
    rows = np.array([[float(v) for v in line.split()] for line in lines[header + 1 :] if line.strip()])

    def triple(pattern: str) -> np.ndarray:
        columns = [[names.index(pattern.format(side=s) + axis) for axis in "xyz"] for s in "RL"]
        spline = make_interp_spline(rows[:, 0], rows[:, columns], k=3)
        return spline(time)

    return {
        "force": triple("{side}_ground_force_v"),
        "point": triple("{side}_ground_force_p"),
        "moment": triple("{side}_ground_torque_"),
    }


def run_inverse_dynamics(model_path: Path, motion: Motion, folder: Path, rows: slice) -> tuple[list[str], np.ndarray]:
    """Generalised forces of OpenSim's tool on the filtered motion, no further filter."""
    import opensim

    write_mot(motion, folder / "motion.mot", slice(None))
    tool = opensim.InverseDynamicsTool()
    tool.setModelFileName(str(model_path))
    tool.setCoordinatesFileName(str(folder / "motion.mot"))
    tool.setExternalLoadsFileName(str(external_loads(folder)))
    tool.setLowpassCutoffFrequency(-1)
    tool.setStartTime(float(motion.time[rows][0]))
    tool.setEndTime(float(motion.time[rows][-1]))
    muscles = opensim.ArrayStr()
    muscles.append("Muscles")
    tool.setExcludedForces(muscles)
    tool.setResultsDir(str(folder))
    tool.setOutputGenForceFileName("id.sto")
    tool.run()
    table = opensim.TimeSeriesTable(str(folder / "id.sto"))
    return list(table.getColumnLabels()), table.getMatrix().to_numpy().copy()


def run_static_optimisation(
    model_path: Path, motion: Motion, folder: Path, rows: slice
) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Muscle forces and activations of OpenSim's tool, with the stated reserves; about 0.1 s a frame."""
    import opensim

    write_mot(motion, folder / "motion.mot", slice(None))
    model = opensim.Model(str(model_path))
    _add_reserves(opensim, model)
    model.finalizeConnections()
    path = folder / "with_reserves.osim"
    model.printToXML(str(path))
    tool = opensim.AnalyzeTool()
    tool.setName("so")
    tool.setModelFilename(str(path))
    tool.setCoordinatesFileName(str(folder / "motion.mot"))
    tool.setExternalLoadsFileName(str(external_loads(folder)))
    tool.setLowpassCutoffFrequency(-1)
    tool.setInitialTime(float(motion.time[rows][0]))
    tool.setFinalTime(float(motion.time[rows][-1]))
    tool.setResultsDir(str(folder))
    analysis = opensim.StaticOptimization()
    analysis.setStartTime(float(motion.time[rows][0]))
    analysis.setEndTime(float(motion.time[rows][-1]))
    analysis.setUseModelForceSet(True)
    analysis.setActivationExponent(2)
    analysis.setUseMusclePhysiology(True)
    tool.updAnalysisSet().cloneAndAppend(analysis)
    setup = folder / "so_setup.xml"
    tool.printToXML(str(setup))
    opensim.AnalyzeTool(str(setup)).run()
    forces = opensim.TimeSeriesTable(str(folder / "so_StaticOptimization_force.sto"))
    activations = opensim.TimeSeriesTable(str(folder / "so_StaticOptimization_activation.sto"))
    return (
        list(forces.getColumnLabels()),
        forces.getMatrix().to_numpy().copy(),
        activations.getMatrix().to_numpy().copy(),
    )


def _add_reserves(opensim: Any, model: Any) -> None:
    coordinates = model.getCoordinateSet()
    for i in range(coordinates.getSize()):
        coordinate = coordinates.get(i)
        name = coordinate.getName()
        if "beta" in name or coordinate.get_locked():
            continue
        actuator = opensim.CoordinateActuator(name)
        actuator.setName(f"reserve_{name}")
        actuator.setOptimalForce(RESERVES_NM.get(name[:-2], 1000.0))
        actuator.setMinControl(-1e6)
        actuator.setMaxControl(1e6)
        model.addForce(actuator)
