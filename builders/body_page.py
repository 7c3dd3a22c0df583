"""Write docs/validation/body.md: how well the body fits the shared runners, and how their angles compare.

``python builders/body_page.py ../shared/data`` (the comparison with OpenSim needs the opensim extra)
"""

from __future__ import annotations

import csv
import importlib
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from gerdy import Analysis, Subject, analyze
from gerdy.evidence import registry
from gerdy.motion.measures import phase_curves
from gerdy.quantities import SIDES

if TYPE_CHECKING:
    from gerdy.body.fit_report import FitReport, MarkerFit
    from gerdy.motion.joint_motion import JointMotion
    from gerdy.quantities import Array

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "body"))
ORACLE: Any = importlib.import_module("ik_oracle")
PAGE = Path(__file__).parents[1] / "docs" / "validation" / "body.md"
SIDED = ("hip_flexion", "hip_adduction", "hip_rotation", "knee_angle", "ankle_angle")
PUBLISHED = {
    "knee_flexion_contact_deg": ("bmcric.knee_flexion_at_contact", "heiderscheit2011.knee_flexion_at_contact"),
    "knee_flexion_peak_deg": ("bmcric.knee_flexion_peak_stance", "heiderscheit2011.knee_flexion_peak"),
    "hip_flexion_contact_deg": ("bmcric.hip_flexion_at_contact",),
    "hip_flexion_peak_deg": ("heiderscheit2011.hip_flexion_peak_loading",),
    "hip_extension_peak_deg": ("bmcric.hip_extension_peak",),
    "hip_adduction_peak_deg": ("bmcric.hip_adduction_peak_stance", "heiderscheit2011.hip_adduction_peak_loading"),
    "hip_internal_rotation_peak_deg": ("heiderscheit2011.hip_internal_rotation_peak_loading",),
    "tibial_internal_rotation_excursion_deg": ("bmcric.tibial_internal_rotation_excursion_stance",),
    "dorsiflexion_peak_deg": ("bmcric.ankle_dorsiflexion_peak_stance",),
    "subtalar_eversion_excursion_deg": ("bmcric.rearfoot_eversion_excursion",),
    "hip_abduction_moment_peak_nm_kg": ("heiderscheit2011.hip_abduction_moment_peak",),
    "hip_internal_rotation_moment_peak_nm_kg": ("heiderscheit2011.hip_internal_rotation_moment_peak",),
    "knee_extension_moment_peak_nm_kg": ("heiderscheit2011.knee_extension_moment_peak",),
}
"""Our measure → entries of the evidence registry that come nearest to it."""


@dataclass
class Trial:
    """One analysed running trial."""

    name: str
    runner: int
    speed: float
    found: Analysis
    joints: JointMotion

    @property
    def fit(self) -> FitReport:
        """How well the body fits this trial."""
        return self.joints.fit

    def mean(self, key: str) -> float:
        """Mean of a measure over both sides."""
        sides = [self.found.sides[side] for side in SIDES]
        return float(np.mean([side.measures[key].mean for side in sides if side and side.measures]))


def main(shared: Path) -> None:
    """Analyse every running trial and write the page."""
    trials = [_trial(file, _participants(shared)) for file in sorted(shared.glob("rbds-*/*/*run*.c3d"))]
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    parts = (_head(), _opensim(shared), _residuals(trials), _scales(trials), _priors(trials), _norms(trials, shared))
    PAGE.write_text("\n".join([*parts, _published(trials), _limits()]), encoding="utf-8")


def _participants(shared: Path) -> dict[int, dict[str, str]]:
    rows = [row for file in shared.glob("rbds-*/participants.csv") for row in csv.DictReader(file.open())]
    return {int(row["Subject"]): row for row in rows}


def _trial(file: Path, who: dict[int, dict[str, str]]) -> Trial:
    runner = int(file.parent.name.removeprefix("RBDS"))
    static = next(file.parent.glob("*static.c3d"))
    subject = Subject(mass_kg=float(who[runner]["Mass"]), height_m=float(who[runner]["Height"]) / 100)
    found = analyze(file, static=static, subject=subject)
    if found.joints is None:
        raise SystemExit(f"{file} gave no joint angles")
    return Trial(file.stem, runner, float(file.stem[-2:]) / 10, found, found.joints)


def _head() -> str:
    return """# The body on the shared runners

Made by `python builders/body_page.py ../shared/data` from the RBDS trials (Fukuchi, Fukuchi and Duarte 2017, CC BY
4.0) and the running trial that comes with the Rajagopal model (opensim-models). The shipped body, scaled from each
runner's standing trial; markers cleaned and filtered as `gerdy analyze` does.
"""


def _opensim(shared: Path) -> str:
    with tempfile.TemporaryDirectory() as folder:
        run = ORACLE.build(shared, Path(folder))
        rows = _against_opensim(run)
    lines = [
        "## Inverse kinematics against OpenSim",
        "",
        "RajagopalLaiUhlrich2023, scaled and marked by OpenSim's own tools with the published set-up; subtalar and",
        "toes locked, knee as published, same markers and weights, one stride (70 frames). OpenSim's tool is run with",
        "the accuracy of the published set-up file (1e-4), with its default (1e-5), and converged (1e-8).",
        "",
        "| OpenSim's accuracy | largest rms, leg, deg | marker rms, ours − OpenSim, mm | error, OpenSim / ours |",
        "| --- | --- | --- | --- |",
        *rows,
        "",
        "Target: at most 0.5 degrees rms and markers not worse by more than 0.1 mm: met at OpenSim's default and",
        "converged. With the set-up file's 1e-4 OpenSim stops before its own objective is smallest; its distance from",
        "the minimum, not ours, is what the first row shows.",
    ]
    return "\n".join([*lines, ""])


def _against_opensim(run: Any) -> list[str]:
    from gerdy.body import forward  # noqa: PLC0415 - beside the oracle that needs it
    from gerdy.body.ik import inverse_kinematics  # noqa: PLC0415
    from gerdy.body.marker_maps import load_marker_map  # noqa: PLC0415

    body = ORACLE.compiled(run.placed)
    labels, time, xyz = ORACLE.read_trc(run.run)
    xyz = xyz[(time >= ORACLE.START_S - 1e-9) & (time <= ORACLE.END_S + 1e-9)]
    at = {place.name: place for place in body.markers}
    weights = np.array([load_marker_map("rajagopal")[label].weight for label in labels])
    segments, places = [at[label].body for label in labels], np.array([at[label].position for label in labels])
    ours = inverse_kinematics(body, segments, places, weights, xyz)
    legs = [n.startswith(("hip_", "knee_angle", "ankle", "pelvis_tilt", "pelvis_list")) for n in body.coordinate_names]
    metres = [n in ("pelvis_tx", "pelvis_ty", "pelvis_tz") for n in body.coordinate_names]
    rows = []
    for accuracy in (ORACLE.SETUP_ACCURACY, ORACLE.DEFAULT_ACCURACY, ORACLE.CONVERGED_ACCURACY):
        names, table, rms = run.inverse_kinematics(accuracy)
        q = table[:, [names.index(n) for n in body.coordinate_names]]
        q = np.where(metres, q, np.radians(q))
        poses, carrier = forward(body, q), [body.body_index(s) for s in segments]
        model = poses.position[:, carrier] + np.einsum("fmij,mj->fmi", poses.rotation[:, carrier], places)
        theirs = (((model - xyz) ** 2).sum(axis=2) * weights).sum()
        difference = np.degrees(np.sqrt(((ours.q - q)[:, legs] ** 2).mean(axis=0))).max()
        own = np.sqrt((ours.residual_m[:, weights > 0] ** 2).mean(axis=1))
        ratio = theirs / (ours.residual_m**2 * weights).sum()
        rows.append(f"| {accuracy:.0e} | {difference:.3f} | {1000 * (own - rms).max():+.2f} | {ratio:.5f} |")
    return rows


def _residuals(trials: list[Trial]) -> str:
    fits = [t.fit for t in trials]
    lines = [
        "## Marker residuals, marker set `rbds`",
        "",
        f"{len(trials)} running trials of {len({t.runner for t in trials})} runners,",
        f"{sum(f.frames for f in fits)} frames; {sum(f.unsolved for f in fits)} frames not converged,",
        f"{sum(bool(f.undetermined) for f in fits)} trials with a coordinate that the visible markers leave open",
        "in some frame. Root mean square over markers that count:",
        f"median {np.median([f.rms_mm for f in fits]):.1f} mm,",
        f"{min(f.rms_mm for f in fits):.1f} to {max(f.rms_mm for f in fits):.1f} mm.",
        "",
        "| marker, both sides | segment | weight | standing, unmoved, mm | running rms, mm | worst trial, mm |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    by_label: dict[str, list[MarkerFit]] = {}
    for fit in fits:
        for marker in fit.markers:
            by_label.setdefault(marker.label.split(".", 1)[1], []).append(marker)
    for label, markers in by_label.items():
        rms = [m.rms_mm for m in markers if m.rms_mm is not None]
        standing = [m.standing_mm for m in markers if m.standing_mm is not None]
        if rms or standing:
            segment = markers[0].segment.removesuffix("_r").removesuffix("_l")
            lines.append(
                f"| {label} | {segment} | {markers[0].weight:g} | {_mean(standing)} | {_mean(rms)} | "
                f"{f'{max(rms):.1f}' if rms else 'not in running'} |"
            )
    lines += ["", "| trial | rms, mm | worst markers, rms in mm |", "| --- | --- | --- |"]
    for trial, fit in zip(trials, fits, strict=True):
        worst = ", ".join(f"{m.label} {m.rms_mm:.0f}" for m in fit.worst())
        lines.append(f"| {trial.name} | {fit.rms_mm:.1f} | {worst} |")
    return "\n".join([*lines, ""])


def _scales(trials: list[Trial]) -> str:
    once = list({t.runner: t for t in trials}.values())
    lines = [
        "## Segment sizes",
        "",
        "Scale against the generic body, and how far the marker pairs of one measurement disagree (largest minus",
        "smallest ratio): the hips, which are predicted and not measured, make the pelvis' height the least sure.",
        "",
        "| measurement | mean | sd | smallest | largest | mean disagreement of its pairs |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name in (m.name for m in once[0].joints.runner.scaling.measured):
        seen = [m for t in once for m in t.joints.runner.scaling.measured if m.name == name]
        scale = np.array([m.scale for m in seen])
        lines.append(
            f"| {name} | {scale.mean():.3f} | {scale.std(ddof=1):.3f} | {scale.min():.3f} | {scale.max():.3f} | "
            f"{np.mean([m.disagreement for m in seen]):.3f} |"
        )
    return "\n".join([*lines, ""])


def _priors(trials: list[Trial]) -> str:
    lines = [
        "## What the data did to the knee priors",
        "",
        "Mean over trials and sides. *Moved* is the solution minus the centre of the prior; *share* is how much of the",
        "answer is markers (1) and how much prior (0).",
        "",
        "| coordinate | prior sd, deg | moved, mean, deg | within a run, sd, deg | share of the markers |",
        "| --- | --- | --- | --- | --- |",
    ]
    for stem in ("knee_adduction", "knee_rotation"):
        seen = [p for t in trials for p in t.fit.priors if p.coordinate.startswith(stem)]
        moved, sd, share = (np.mean([getattr(p, k) for p in seen]) for k in ("moved_deg", "moved_sd_deg", "data_share"))
        lines.append(f"| {stem} | {seen[0].sd_deg:.0f} | {moved:+.1f} | {sd:.1f} | {share:.2f} |")
    return "\n".join([*lines, ""])


def _norms(trials: list[Trial], shared: Path) -> str:
    norms = pd.read_csv(shared / "running-norms" / "rbds_kinematics_mean_sd.csv")
    lines = [
        "## Mean curves against another laboratory's inverse kinematics of the same data set",
        "",
        "`running-norms/rbds_kinematics_mean_sd.csv`: 20 RBDS runners (runner 5 and five others left out), a",
        "lower-limb model of the same family with its own marker places, OpenSim. Ours: all shared runners but 5.",
        "*Offset* is the mean difference over the gait cycle (where zero lies), *shape* the rms of what remains.",
        "",
        "| m/s | runners | coordinate | at contact, ours / theirs | offset, deg | shape, deg | their sd, deg |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for speed in (2.5, 3.5, 4.5):
        mine = [t for t in trials if t.speed == speed and t.runner != 5]
        for name in ("pelvis_tilt", "pelvis_list", *SIDED):
            theirs = norms[(norms.belt_speed_m_s == speed) & (norms.coordinate == name)].sort_values(
                "percent_gait_cycle"
            )
            ours = np.mean([_cycle(t, name) for t in mine], axis=0)
            gap = ours - theirs.mean_deg.to_numpy()
            lines.append(
                f"| {speed} | {len(mine)} | {name} | {ours[0]:.1f} / {theirs.mean_deg.iloc[0]:.1f} "
                f"| {gap.mean():+.1f} | {gap.std():.1f} | {theirs.sd_between_runners_deg.mean():.1f} |"
            )
    return "\n".join([*lines, ""])


def _cycle(trial: Trial, name: str) -> Array:
    """Mean curve over both sides' good strides, left mirrored as in the table, deg."""
    curves = []
    for side in SIDES:
        full = name if name.startswith("pelvis") else f"{name}_{side[0]}"
        sign = -1.0 if name == "pelvis_list" and side == "left" else 1.0
        good = trial.found.motion.good(side)
        values = np.degrees(trial.joints.poses.of(full))
        curves.append(sign * np.nanmean(phase_curves(trial.joints.time_s, values, good.contact_s, good.end_s), axis=0))
    mean: Array = np.mean(curves, axis=0)
    return mean


def _published(trials: list[Trial]) -> str:
    lines = [
        "## Peaks against published values",
        "",
        "Ours: mean and sd between runners (both sides pooled) at 3.5 m/s. Definitions differ between laboratories by",
        "up to 6 degrees; this is plausibility, not a test.",
        "",
        "| measure | ours | published | n | who | entry |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    at = [t for t in trials if t.speed == 3.5]
    for key, entries in PUBLISHED.items():
        values = np.array([t.mean(key) for t in at])
        digits = 2 if key.endswith("nm_kg") else 1
        ours = f"{values.mean():.{digits}f} ± {values.std(ddof=1):.{digits}f}"
        for name in entries:
            entry = registry()[name]
            lines.append(f"| {key} | {ours} | {entry.value} ± {entry.sd} | {entry.n} | {entry.population} | `{name}` |")
    return "\n".join([*lines, ""])


def _limits() -> str:
    return """## What this does not show

* Angles of skin markers are not angles of bones. Hip and knee rotation, and knee adduction, carry errors of several
  degrees that no residual shows; the priors and their shares say how much of them is belief.
* Pelvic drop leans on which pelvic markers are believed: with the iliac crests at full weight the mean drop in early
  stance falls from about 6 to about 4 degrees, without them it rises to about 7.
* Hip centres are predicted from four markers. Pelvic height is the least certain size.
* The shoe hides the foot: subtalar angles are those of the shoe's heel and forefoot markers.
"""


def _mean(values: list[float]) -> str:
    return f"{np.mean(values):.1f}" if values else "unknown"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
