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
from gerdy.band.what_if.measured import SPEED_COORDINATES, SPEED_POINTS
from gerdy.quantities import SIDES

if TYPE_CHECKING:
    from gerdy.pipelines.analysis import Analysis
    from gerdy.quantities import Array

OUT = Path(__file__).parents[1] / "src" / "gerdy" / "band" / "what_if" / "speed_change.npz"


class AtSpeed(NamedTuple):
    """One runner at one speed, mean over stances of both legs.

    Attributes
    ----------
    angle, moment : (points, coordinates) rad, and N·m/kg, from contact to toe-off
    log_contact, log_stride : natural logarithms of contact and stride time in s
    """

    speed_m_s: float
    angle: Array
    moment: Array
    log_contact: float
    log_stride: float


def main(shared: Path) -> None:
    """Analyse every runner who ran at two speeds or more, and write the table."""
    rows = [row for folder in sorted((shared / "rbds-running").glob("RBDS*")) for row in _changes(folder)]
    OUT.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        OUT,
        allow_pickle=False,
        runner=np.array([row[0] for row in rows]),
        low_m_s=np.array([row[1] for row in rows]),
        high_m_s=np.array([row[2] for row in rows]),
        angle=np.array([row[3] for row in rows], dtype=np.float32),
        moment=np.array([row[4] for row in rows], dtype=np.float32),
        log_contact=np.array([row[5] for row in rows]),
        log_stride=np.array([row[6] for row in rows]),
    )


def _changes(folder: Path) -> list[tuple[str, float, float, Array, Array, float, float]]:
    """Changes per m/s between neighbouring speeds of one runner; the name of a trial says its belt speed."""
    trials = {float(run.stem[-2:]) / 10: run for run in folder.glob("*run*.c3d")}
    static = next(folder.glob("*static.c3d"))
    found = [(speed, _at_speed(trials[speed], static)) for speed in sorted(trials)]
    rows = []
    for (low, slow), (high, fast) in pairwise(found):
        step = fast.speed_m_s - slow.speed_m_s
        change = [(b - a) / step for a, b in zip(slow[1:], fast[1:], strict=True)]
        rows.append((folder.name, low, high, *change))
    return rows


def _at_speed(run: Path, static: Path) -> AtSpeed:
    print(run.name)
    found = analyze(run, static=static, mass_from_forces=True, depth="joints")
    legs = [_leg(found, side) for side in SIDES]
    angle, moment, contact, stride = (np.mean([leg[i] for leg in legs], axis=0) for i in range(4))
    return AtSpeed(found.motion.speed.mean, angle, moment, float(np.log(contact)), float(np.log(stride)))


def _leg(found: Analysis, side: str) -> tuple[Array, Array, float, float]:
    if found.joints is None or found.moments is None or found.subject.mass_kg is None:
        sys.exit(f"{found.recording['files'][0]['name']} gave no joint moments; all trials of the table need them.")
    good = found.motion.strides.of(side)
    good = good.where(good.good)
    columns = [found.moments.names.index(f"{name}_{side[0]}") for name in SPEED_COORDINATES]
    contact = good.toe_off_s - good.contact_s
    when = good.contact_s[:, None] + np.linspace(0.0, 1.0, SPEED_POINTS) * contact[:, None]
    angle = sample(found.joints.time_s, found.joints.poses.q[:, columns], when)
    moment = sample(found.joints.time_s, found.moments.values[:, columns], when) / found.subject.mass_kg
    return (
        np.nanmean(angle, axis=0),
        np.nanmean(moment, axis=0),
        float(contact.mean()),
        float(np.mean(good.end_s - good.contact_s)),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
