"""``gerdy validate``: gather what the checks run on, and judge every target."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy.band.priors import draw_bands
from gerdy.band.stance import sample
from gerdy.band.validation.material import Material, Stance, Trial
from gerdy.band.validation.targets import targets
from gerdy.band.validation.verdicts import judge
from gerdy.band.what_if.case import case_of
from gerdy.body import load
from gerdy.body.dynamics import differentiate
from gerdy.body.marker_maps import load_marker_map
from gerdy.errors import GerdyError, RecordingError
from gerdy.evidence import value
from gerdy.motion.joint_moments import foot_loads, joint_moments
from gerdy.motion.joint_motion import fit_body, joint_motion
from gerdy.motion.study import study
from gerdy.pipelines.analyze import analyze
from gerdy.pipelines.band import leg_motion
from gerdy.pipelines.demo import demo_files
from gerdy.pipelines.sources_of_motion import open_motion, open_static
from gerdy.recordings.data import Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gerdy.band.validation.verdicts import Row
    from gerdy.band.what_if.case import Case
    from gerdy.body.model import CompiledBody
    from gerdy.motion.joint_motion import JointMotion
    from gerdy.pipelines.sources_of_motion import Source
    from gerdy.quantities import Array, Flags

__all__ = ["bundled_case", "bundled_motion", "bundled_stance", "find_trials", "validate"]

ENDINGS: Final = (".c3d", ".trc")


def validate(
    recordings: Path | None = None, tell: Callable[[str], None] = lambda _: None, draws: int | None = None
) -> tuple[tuple[Row, ...], tuple[Problem, ...]]:
    """Judge every target of the band.

    Parameters
    ----------
    recordings : folder of `find_trials`; None leaves the rows that need recordings *not run*
    tell : called with what is being done, before it is done
    draws : how many believable bands; None is the house's number

    Returns
    -------
    rows, problems : the table, and the files that could not be used

    Raises
    ------
    RecordingError : the folder holds no running trial beside a standing one
    """
    tell("reading the bundled run")
    body = load()
    material = Material(body, draw_bands(body, draws), bundled_stance(body), case=bundled_case())
    problems: tuple[Problem, ...] = ()
    if recordings is not None:
        trials, problems = _trials(recordings, tell)
        material = replace(material, trials=trials)
    rows = []
    for target in targets():
        tell(f"{target.id}: {target.what}")
        rows.append(judge(target, material))
    return tuple(rows), problems


def bundled_stance(body: CompiledBody) -> Stance:
    """Return the right stances of the bundled run, as joint angles on the shipped body.

    Elongation is a share of length, so the runner's size does not matter; only the angles are his.
    """
    source, motion = bundled_motion()
    good = study(source.markers, source.marker_set, source.forces).good("right")
    share = np.linspace(0.0, 1.0, int(value("house_band.phase_points")))
    when = good.contact_s[:, None] + share * (good.toe_off_s - good.contact_s)[:, None]
    rates = differentiate(motion.time_s, motion.poses.q)
    q, velocity = (sample(motion.time_s, part, when) for part in (motion.poses.q, rates.velocity))
    whole = _whole(body, q) & _whole(body, velocity)
    return Stance(q[whole], velocity[whole])


def bundled_case() -> Case:
    """Return the right leg of the bundled run with its forces, on the runner's own body."""
    source, motion = bundled_motion(muscles=True)
    found = study(source.markers, source.marker_set, source.forces)
    assert found.forces is not None  # noqa: S101 - it is bundled with them
    rates = differentiate(motion.time_s, motion.poses.q)
    moments = joint_moments(motion, found.forces)
    leg = leg_motion(motion, moments, found, rates.velocity, "right")
    return case_of(leg, rates.acceleration, foot_loads(found.forces, motion.time_s))


def bundled_motion(*, muscles: bool = False) -> tuple[Source, JointMotion]:
    """Return the bundled run and its joint angles, with scaled muscles where they are asked for."""
    files = demo_files()
    source = open_motion([files.motion], files.forces, None)
    standing = open_static(files.static, source.marker_set)
    marker_map, labels = load_marker_map(source.marker_set.name), source.markers.labels
    mass = files.subject.mass_kg
    runner = fit_body(load(), marker_map, labels, static=standing.markers, mass_kg=mass, muscles=muscles)
    return source, joint_motion(runner, source.markers)


def _whole(body: CompiledBody, values: Array) -> Flags:
    """(stances,) whether the right leg is known at every point."""
    leg = [
        body.coordinate_index(f"{name}_r") for name in ("hip_flexion", "hip_rotation", "knee_angle", "knee_rotation")
    ]
    return np.asarray(np.isfinite(values[:, :, leg]).all(axis=(1, 2)))


def find_trials(folder: Path) -> tuple[tuple[Path, Path], ...]:
    """Return (running, standing) files: a folder for each runner, one standing trial in it, the others are runs.

    Raises
    ------
    RecordingError : there is none
    """
    found = []
    for static in sorted(file for end in ENDINGS for file in folder.rglob(f"*static*{end}")):
        beside = sorted(file for end in ENDINGS for file in static.parent.glob(f"*{end}"))
        found += [(run, static) for run in beside if "static" not in run.name]
    if not found:
        raise RecordingError(
            f"{folder} holds no runner: expected folders with one standing trial ('…static….c3d' or .trc) beside "
            "running trials. Give such a folder with --recordings."
        )
    return tuple(found)


def _trials(folder: Path, tell: Callable[[str], None]) -> tuple[tuple[Trial, ...], tuple[Problem, ...]]:
    """Analyse every running trial; one that cannot be used is named and left out."""
    trials, problems = [], []
    for run, static in find_trials(folder):
        tell(f"analysing {run.name}")
        try:
            found = analyze(run, static=static, mass_from_forces=True, reference=None)
        except GerdyError as error:
            problems.append(Problem("recording_left_out", str(error), run.name))
            continue
        if found.bands:
            trials.append(Trial(run.parent.name, found.motion.speed.mean, found.bands))
        else:
            problems.append(Problem("recording_left_out", "No band could be computed from it.", run.name))
    return tuple(trials), tuple(problems)
