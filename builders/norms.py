"""Make the norms from the shared runners without an injury: ``python builders/norms.py ../shared/data``.

gerdy's own pipeline on the standing trial and the run at 3.5 m/s of every RBDS participant whose `Injury` is *No*.
Written are, per runner, the mean stance over both legs (no stride of anyone) and the band outcomes over draws.
CC BY 4.0, Fukuchi, Fukuchi and Duarte 2017; see NOTICE.
"""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from gerdy import Subject
from gerdy.band.hybrids import OUTCOMES
from gerdy.band.outcomes import side_band
from gerdy.band.priors import draw_bands
from gerdy.motion.stance_curves import leg_length, mean_stance
from gerdy.motion.study import study
from gerdy.pipelines.band import leg_motions
from gerdy.pipelines.joints import find_joints
from gerdy.pipelines.sources_of_motion import open_motion, open_static
from gerdy.pipelines.stances import curves_of_legs
from gerdy.quantities import SIDES

if TYPE_CHECKING:
    from gerdy.band.outcomes import LegMotion
    from gerdy.motion.joint_moments import JointMoments
    from gerdy.motion.joint_motion import JointMotion
    from gerdy.motion.stance_curves import StanceCurves
    from gerdy.motion.study import Motion
    from gerdy.pipelines.joints import Joints
    from gerdy.pipelines.sources_of_motion import Source
    from gerdy.quantities import Array, SideName

SOURCE = Path(__file__).parents[1] / "src" / "gerdy"
NAME = "rbds-3.5"
SPEED = "T35"


@dataclass
class Member:
    """One runner of the norm.

    Parameters
    ----------
    about : name, sex and hashes
    method : marker set and where contacts come from
    mean : q, slope, moments and duration_s of the mean stance over both legs
    measures : key → mean of both legs
    band : (outcomes, draws)
    """

    about: dict[str, Any]
    method: dict[str, str]
    speed_m_s: float
    mean: dict[str, Array]
    measures: dict[str, float]
    band: Array


def main(shared: Path) -> None:
    """Write the curves into ``motion`` and the band outcomes into ``band``."""
    members = [_member(folder, row) for folder, row in uninjured(shared)]
    keys = sorted(set.intersection(*(set(one.measures) for one in members)))
    about = {
        "version": 1,
        "name": NAME,
        **members[0].method,
        "speed_m_s": round(float(np.mean([one.speed_m_s for one in members])), 3),
        "runners": [one.about for one in members],
        "measures": keys,
    }
    curves = {name: _stacked([one.mean[name] for one in members]) for name in members[0].mean}
    curves["measures"] = _stacked([np.array([one.measures[key] for one in members]) for key in keys])
    _write(SOURCE / "motion" / "norm_data", about, curves)
    band = {"version": 1, "runners": [one.about["name"] for one in members], "outcomes": list(OUTCOMES)}
    _write(SOURCE / "band" / "norm_data", band, {"values": _stacked([one.band for one in members]).swapaxes(0, 1)})


def uninjured(shared: Path) -> list[tuple[Path, dict[str, str]]]:
    """Return folder and table row of each participant whose `Injury` is *No*."""
    found = []
    for part in ("rbds-running", "rbds-norm"):
        with (shared / part / "participants.csv").open(newline="", encoding="utf-8-sig") as stream:
            rows = {int(row["Subject"]): row for row in csv.DictReader(stream)}
        for folder in sorted((shared / part).glob("RBDS*")):
            row = rows[int(folder.name.removeprefix("RBDS"))]
            if row["Injury"] == "No":
                found.append((folder, row))
    return found


def legs_of(folder: Path, row: dict[str, str]) -> list[tuple[StanceCurves, float]]:
    """Return the stances of both legs of a participant, and the length of each leg in m."""
    trial = _trial(folder, row, muscles=False)
    lengths = [leg_length(trial.joints.runner.body, side) for side in SIDES]
    return list(zip(trial.curves().values(), lengths, strict=True))


@dataclass
class Trial:
    """One participant's run with the standing trial, on the participant's own body."""

    run: Source
    standing: Source
    motion: Motion
    found: Joints
    joints: JointMotion
    moments: JointMoments
    subject: Subject

    def curves(self) -> dict[SideName, StanceCurves]:
        """Return the stances of both legs."""
        return curves_of_legs(self.joints, self.moments, self.motion, self.subject.mass_kg)


def _trial(folder: Path, row: dict[str, str], *, muscles: bool) -> Trial:
    print(folder.name, flush=True)
    subject = Subject(mass_kg=float(row["Mass"]), height_m=float(row["Height"]) / 100)
    run = open_motion([folder / f"{folder.name}run{SPEED}.c3d"], None, None)
    standing = open_static(folder / f"{folder.name}static.c3d", run.marker_set)
    motion = study(run.markers, run.marker_set, run.forces)
    found = find_joints(run.markers, run.marker_set, standing.markers, subject, muscles=muscles)
    moments = found.moments(motion, subject)
    if found.motion is None or moments is None:
        sys.exit(f"{folder} gave no joint moments ({found.why_not}); a norm needs them.")
    return Trial(run, standing, motion, found, found.motion, moments, subject)


def _member(folder: Path, row: dict[str, str]) -> Member:
    trial = _trial(folder, row, muscles=True)
    means = [mean_stance(curves)._asdict() for curves in trial.curves().values()]
    sides = [trial.found.measures(side, trial.motion, trial.moments, trial.subject)[0] or {} for side in SIDES]
    sex = {"F": "female", "M": "male"}[row["Gender"]]
    hashes = [trial.run.facts["files"][0]["sha256"], trial.standing.facts["sha256"]]
    return Member(
        {"name": folder.name, "sex": sex, "files": hashes},
        {"marker_set": trial.run.marker_set.name, "events_from": trial.motion.stances.method},
        trial.motion.speed.mean,
        {key: np.mean([np.asarray(one[key]) for one in means], axis=0) for key in means[0]},
        {key: float(np.mean([side[key].mean for side in sides])) for key in set.intersection(*map(set, sides))},
        _band(list(leg_motions(trial.joints, trial.moments, trial.motion).values())),
    )


def _band(legs: list[LegMotion]) -> Array:
    """Return (outcomes, draws), the mean of both legs; session offsets are left out, they average over runners."""
    draws = [replace(draw, offset_rad=np.zeros_like(draw.offset_rad)) for draw in draw_bands(legs[0].body)]
    sides = [side_band(leg, draws) for leg in legs]
    return np.mean([[side.outcomes[path] for path in OUTCOMES] for side in sides], axis=0)


def _stacked(parts: list[Array]) -> Array:
    return np.stack(parts).astype(np.float32)


def _write(folder: Path, about: dict[str, Any], arrays: dict[str, Array]) -> None:
    folder.mkdir(exist_ok=True)
    with (folder / f"{NAME}.npz").open("wb") as stream:
        np.savez_compressed(stream, about=np.array(json.dumps(about)), **arrays)  # type: ignore[arg-type]
    print(f"{stream.name}: {Path(stream.name).stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
