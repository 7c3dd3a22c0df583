"""OpenSim's own ScaleTool and InverseKinematicsTool on the Rajagopal running trial, in a folder of their own."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from defusedxml import ElementTree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SETUP_ACCURACY = 1e-4  # as in the published ik_setup_run.xml
DEFAULT_ACCURACY = 1e-5  # OpenSim's own default
CONVERGED_ACCURACY = 1e-8
START_S, END_S = 0.23, 0.92  # one stride, 70 frames


@dataclass
class OpenSimRun:
    """What OpenSim wrote.

    Parameters
    ----------
    folder : where
    generic, scaled, placed : models before scaling, after scaling, and after marker placement
    static, run : marker files
    """

    folder: Path
    generic: Path
    scaled: Path
    placed: Path
    static: Path
    run: Path

    def scale_factors(self) -> dict[str, np.ndarray]:
        """Scale factors that the ScaleTool applied, per body."""
        found = {}
        for scale in ElementTree.parse(self.folder / "scales.xml").iter("Scale"):
            found[scale.find("segment").text.strip()] = np.array([float(x) for x in scale.find("scales").text.split()])
        return found

    def tool(self, accuracy: float) -> tuple[Callable[[], None], Path]:
        """Prepare the InverseKinematicsTool on one stride: how to run it, and into which folder it writes."""
        import opensim

        opensim.Logger.setLevelString("error")
        out = self.folder / f"ik_{accuracy:g}"
        out.mkdir(exist_ok=True)
        tool = opensim.InverseKinematicsTool(str(self.folder / "ik_setup_run.xml"), False)
        model = opensim.Model(str(self.placed))
        model.initSystem()
        tool.setModel(model)
        tool.setMarkerDataFileName(str(self.run))
        tool.setResultsDir(str(out))
        tool.setOutputMotionFileName(str(out / "ik.mot"))
        tool.set_report_errors(True)
        tool.set_accuracy(accuracy)
        tool.setStartTime(START_S)
        tool.setEndTime(END_S)

        def run() -> None:
            # The tool does not keep its model alive; this does.
            assert model is not None
            tool.run()

        return run, out

    def inverse_kinematics(self, accuracy: float) -> tuple[list[str], np.ndarray, np.ndarray]:
        """Names, (frames, coordinates) in deg and m, and (frames,) marker rms in m, of the InverseKinematicsTool."""
        run, out = self.tool(accuracy)
        run()
        names, table = read_storage(out / "ik.mot")
        errors, marker = read_storage(next(out.glob("*marker_errors.sto")))
        return names[1:], table[:, 1:], marker[:, errors.index("marker_error_RMS")]

    def standing_pose(self, accuracy: float) -> tuple[list[str], np.ndarray]:
        """Names and (coordinates,) in deg and m of the mean static frame, with the MarkerPlacer's own weights."""
        import opensim

        opensim.Logger.setLevelString("error")
        placer = ElementTree.parse(self.folder / "scale_setup_run.xml").find(".//MarkerPlacer/IKTaskSet")
        tree = ElementTree.parse(self.folder / "ik_setup_run.xml")
        tasks = tree.find(".//IKTaskSet")
        tasks[:] = list(placer)
        tree.write(self.folder / "standing.xml")
        labels, _, xyz = read_trc(self.static)
        write_trc(self.folder / "mean.trc", labels, np.repeat(np.nanmean(xyz, axis=0)[None], 3, axis=0))
        tool = opensim.InverseKinematicsTool(str(self.folder / "standing.xml"), False)
        model = opensim.Model(str(self.scaled))
        model.initSystem()
        tool.setModel(model)
        tool.setMarkerDataFileName(str(self.folder / "mean.trc"))
        tool.setResultsDir(str(self.folder))
        tool.setOutputMotionFileName(str(self.folder / "standing.mot"))
        tool.set_accuracy(accuracy)
        tool.setStartTime(0.0)
        tool.setEndTime(0.02)
        tool.run()
        names, table = read_storage(self.folder / "standing.mot")
        return names[1:], table[0, 1:]


def build(shared: Path, folder: Path) -> OpenSimRun:
    """Copy the published set-up into `folder`, scale, place markers."""
    import opensim

    opensim.Logger.setLevelString("error")
    source = shared / "opensim-rajagopal-run"
    for name in ("scale_setup_run.xml", "ik_setup_run.xml", "static_run.trc", "motion_capture_run.trc"):
        shutil.copyfile(source / name, folder / name)
    shutil.copyfile(source / "RajagopalLaiUhlrich2023.osim", folder / "generic_unscaled.osim")
    setup = folder / "scale_setup_run.xml"
    text = setup.read_text().replace("../generic_unscaled", "generic_unscaled").replace("../ExpData/", "")
    setup.write_text(text.replace("scaleSet_applied_run.xml", "scales.xml"))
    tool = opensim.ScaleTool(str(setup))
    tool.getModelScaler().setOutputModelFileName("scaled.osim")
    tool.run()
    return OpenSimRun(
        folder,
        folder / "generic_unscaled.osim",
        folder / "scaled.osim",
        folder / "subject_scaled_run.osim",
        folder / "static_run.trc",
        folder / "motion_capture_run.trc",
    )


def read_storage(path: Path) -> tuple[list[str], np.ndarray]:
    """Read a MOT or STO file as OpenSim wrote it."""
    lines = path.read_text().splitlines()
    head = lines.index("endheader")
    return lines[head + 1].split(), np.loadtxt(lines[head + 2 :])


def read_trc(path: Path) -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
    """Labels, (frames,) s, and (frames, markers, 3) m of the trial's TRC files, which hold millimetres."""
    lines = path.read_text().splitlines()
    labels = tuple(name for name in lines[3].split("\t")[2:] if name.strip())
    rows = [line.split("\t")[1 : 2 + 3 * len(labels)] for line in lines[5:] if line.strip()]
    table = np.array([[float(cell) if cell.strip() else np.nan for cell in row] for row in rows])
    return labels, table[:, 0], table[:, 1:].reshape(len(table), -1, 3) / 1000.0


def write_trc(path: Path, labels: tuple[str, ...], xyz_m: np.ndarray) -> None:
    """Write markers at 100 Hz in millimetres."""
    frames, markers, _ = xyz_m.shape
    lines = [
        f"PathFileType\t4\t(X/Y/Z)\t{path.name}",
        "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames",
        f"100\t100\t{frames}\t{markers}\tmm\t100\t1\t{frames}",
        "Frame#\tTime\t" + "\t\t\t".join(labels) + "\t\t",
        "\t\t" + "\t".join(f"X{k}\tY{k}\tZ{k}" for k in range(1, markers + 1)),
        "",
    ]
    for k, frame in enumerate(xyz_m * 1000.0):
        lines.append(f"{k + 1}\t{k / 100:.4f}\t" + "\t".join(f"{x:.5f}" for x in frame.ravel()))
    path.write_text("\n".join(lines) + "\n")


def compiled(path: Path, *, free_knee: bool = False):
    """Compile the skeleton of a model; with `free_knee` its knees also adduct and rotate."""
    from gerdy.body.compiler import opensim
    from gerdy.body.compiler.knee import with_free_knee
    from gerdy.body.compiler.skeleton import read_skeleton

    model = opensim().Model(str(path))
    if free_knee:
        model, _ = with_free_knee(model)
    model.initSystem()
    return read_skeleton(model)[0]
