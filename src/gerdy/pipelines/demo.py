"""The bundled runner: participant 5 of a public data set, who had IT band syndrome of the right knee."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from gerdy.pipelines.subject import Subject

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class DemoFiles:
    """Paths of the excerpt, and what the data set says about the runner.

    Parameters
    ----------
    motion, forces, static : cleaned markers (TRC), force per foot (MOT) and the averaged standing pose (TRC)
    """

    motion: Path
    forces: Path
    static: Path
    subject: Subject


def demo_files() -> DemoFiles:
    """Return the bundled example [Fukuchi2017]_.

    References
    ----------
    .. [Fukuchi2017] Fukuchi RK, Fukuchi CA, Duarte M (2017), PeerJ 5:e3298; data CC BY 4.0, figshare 4543435.
    """
    with as_file(files("gerdy.pipelines").joinpath("demo_data")) as folder:
        subject = Subject(
            runner_id="participant-5", mass_kg=60.0, height_m=1.69, sex="male", pain="past", painful_side="right"
        )
        return DemoFiles(folder / "run.trc", folder / "run_forces.mot", folder / "static.trc", subject)
