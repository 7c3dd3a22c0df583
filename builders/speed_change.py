"""Measure how runners change from one treadmill speed to the next: ``python builders/speed_change.py ../shared/data``.

Writes ``src/gerdy/band/what_if/speed_change.npz``: for each runner and each pair of neighbouring speeds, the change of
angles and moments over stance and of contact and stride time, per m/s. Both legs of a runner are averaged. CC BY 4.0,
Fukuchi, Fukuchi and Duarte 2017; see NOTICE.
"""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from gerdy import analyze
from gerdy.band.stance import sample
from gerdy.band.what_if.speed import SPEED_COORDINATES, SPEED_POINTS
from gerdy.quantities import SIDES

if TYPE_CHECKING:
    from gerdy.pipelines.analysis import Analysis
    from gerdy.quantities import Array, SideName

OUT = Path(__file__).parents[1] / "src" / "gerdy" / "band" / "what_if" / "speed_change.npz"


class AtSpeed(NamedTuple):
    """One runner at one speed, mean over stances of both legs.

    Attributes
    ----------
    speed_m_s : as found
    angle, moment : (points, coordinates) rad, and N·m/kg, from contact to toe-off
    log_times : (2,) natural logarithms of contact and stride time in s
    """

    speed_m_s: float
    angle: Array
    moment: Array
    log_times: Array


class Change(NamedTuple):
    """From one belt speed to the next, per m/s.

    Attributes
    ----------
    runner : name in the data set
    low, high : belt speeds, m/s
    angle, moment, log_times : as in `AtSpeed`
    """

    runner: str
    low: float
    high: float
    angle: Array
    moment: Array
    log_times: Array


def main(shared: Path) -> None:
    """Analyse every runner who ran at two speeds or more, and write the table."""
    rows = [row for folder in sorted((shared / "rbds-running").glob("RBDS*")) for row in _changes(folder)]
    times = np.array([row.log_times for row in rows])
    np.savez_compressed(
        OUT,
        allow_pickle=False,
        runner=np.array([row.runner for row in rows]),
        low_m_s=np.array([row.low for row in rows]),
        high_m_s=np.array([row.high for row in rows]),
        angle=np.array([row.angle for row in rows], dtype=np.float32),
        moment=np.array([row.moment for row in rows], dtype=np.float32),
        log_contact=times[:, 0],
        log_stride=times[:, 1],
    )


def _changes(folder: Path) -> list[Change]:
    """Return the changes between neighbouring speeds of one runner; the name of a trial says its belt speed."""
    trials = {float(run.stem[-2:]) / 10: run for run in folder.glob("*run*.c3d")}
    static = next(folder.glob("*static.c3d"))
    found = [(speed, _at_speed(trials[speed], static)) for speed in sorted(trials)]
    rows = []
    for (low, slow), (high, fast) in pairwise(found):
        step = fast.speed_m_s - slow.speed_m_s
        angle, moment = (fast.angle - slow.angle) / step, (fast.moment - slow.moment) / step
        rows.append(Change(folder.name, low, high, angle, moment, (fast.log_times - slow.log_times) / step))
    return rows


def _at_speed(run: Path, static: Path) -> AtSpeed:
    print(run.name)
    found = analyze(run, static=static, mass_from_forces=True, depth="joints")
    legs = [_leg(found, side) for side in SIDES]
    angle, moment, times = (np.mean(np.stack(parts), axis=0) for parts in zip(*legs, strict=True))
    return AtSpeed(found.motion.speed.mean, angle, moment, np.log(times))


def _leg(found: Analysis, side: SideName) -> tuple[Array, Array, Array]:
    """Return mean angles, mean moments per kg, and mean contact and stride time."""
    if found.joints is None or found.moments is None or found.subject.mass_kg is None:
        sys.exit(f"{found.recording['files'][0]['name']} gave no joint moments; all trials of the table need them.")
    good = found.motion.good(side)
    columns = [found.moments.names.index(f"{name}_{side[0]}") for name in SPEED_COORDINATES]
    contact = good.toe_off_s - good.contact_s
    when = good.contact_s[:, None] + np.linspace(0.0, 1.0, SPEED_POINTS) * contact[:, None]
    angle = sample(found.joints.time_s, found.joints.poses.q[:, columns], when)
    moment = sample(found.joints.time_s, found.moments.values[:, columns], when) / found.subject.mass_kg
    times = np.array([contact.mean(), np.mean(good.end_s - good.contact_s)])
    return np.nanmean(angle, axis=0), np.nanmean(moment, axis=0), times


if __name__ == "__main__":
    main(Path(sys.argv[1]))
