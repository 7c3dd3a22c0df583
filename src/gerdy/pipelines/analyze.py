"""``gerdy analyze``: files of one runner on one occasion become strides, and what they add up to."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from gerdy import evidence
from gerdy.errors import MotionError
from gerdy.motion.gait import Gait
from gerdy.motion.study import Motion, check_body_weight, study
from gerdy.motion.summary import in_body_weights, stride_times, summarise
from gerdy.motion.symmetry import left_minus_right
from gerdy.pipelines.analysis import SIDE_KEYS, Analysis, SideResult
from gerdy.pipelines.attribution import Attributions, find_attributions, norm_entry
from gerdy.pipelines.band import Bands, find_bands
from gerdy.pipelines.choose_reference import NORM, OTHER_SIDE
from gerdy.pipelines.joints import Joints, find_joints
from gerdy.pipelines.reference import OtherRun, read_run
from gerdy.pipelines.sources_of_motion import Source, open_motion, open_static
from gerdy.pipelines.stances import curves_of_legs
from gerdy.pipelines.subject import Subject
from gerdy.pipelines.tables import stance_table, stride_table
from gerdy.quantities import SIDES, SideName, Spread
from gerdy.recordings.data import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gerdy.motion.joint_moments import JointMoments

__all__ = ["Depth", "analyze"]

Depth = Literal["strides", "joints", "muscles", "band"]


def analyze(
    files: str | Path | Sequence[str | Path],
    *,
    static: str | Path | None = None,
    forces: str | Path | None = None,
    markers: str | Path | None = None,
    subject: Subject | None = None,
    mass_from_forces: bool = False,
    speed_m_s: float | None = None,
    side: Literal["left", "right", "both"] = "both",
    depth: Depth = "band",
    reference: str | Path | None = NORM,
    tell: Callable[[], None] = lambda: None,
) -> Analysis:
    """Analyse one runner on one occasion.

    Parameters
    ----------
    files : a C3D, or a TRC and a MOT of ground reaction forces
    static : the standing trial (C3D or TRC)
    forces : a file of ground reaction forces, when `files` holds several or none
    markers : a marker set of your own (TOML), when none of gerdy's fits
    subject : mass, height and the rest; what is not known stays None
    mass_from_forces : take the body mass from the mean vertical force over whole strides
    speed_m_s : as shown by the treadmill; compared with the speed found
    side : report one side or both
    depth : how far to go: ``strides``, joint angles and moments (``joints``), the same on a body with the runner's
        ``muscles``, or the ``band``
    reference : what the band's load is set against: ``norm``, ``other-side``, or a path: a folder that
        ``gerdy analyze --out`` wrote (an earlier recording, another runner), or a C3D of this runner with the same
        standing trial; None leaves that out
    tell : called many times while the band is computed, for progress

    Returns
    -------
    Analysis : with xarray data sets inside

    Raises
    ------
    GerdyError : a file cannot be used, or nobody walks or runs in it

    Examples
    --------
    >>> import gerdy
    >>> from gerdy.pipelines.demo import demo_files
    >>> run = demo_files()
    >>> found = gerdy.analyze(run.motion, forces=run.forces, subject=run.subject)
    >>> found.sides["right"].values["cadence_spm"].unit
    'steps/min'
    """
    paths = [Path(files)] if isinstance(files, str | Path) else [Path(file) for file in files]
    with evidence.collect() as used:
        source = open_motion(paths, Path(forces) if forces else None, Path(markers) if markers else None)
        standing = open_static(Path(static), source.marker_set) if static else None
        motion = study(source.markers, source.marker_set, source.forces)
        who = _weigh(subject or Subject(), motion, from_forces=mass_from_forces)
        against = _against(reference, static, who)
        joints = _NO_JOINTS
        if depth != "strides":
            static_markers = standing.markers if standing else None
            joints = find_joints(
                source.markers, source.marker_set, static_markers, who, muscles=depth in ("muscles", "band")
            )
        moments = joints.moments(motion, who)
        wanted: tuple[SideName, ...] = SIDES if side == "both" else (side,)
        facts = _facts(source, standing, motion, speed_m_s)
        bands = _NO_BANDS if depth != "band" else find_bands(joints.motion, moments, motion, wanted, tell)
        curves = curves_of_legs(joints.motion, moments, motion, who.mass_kg) if joints.motion else {}
        shares = find_attributions(curves, bands, facts, who, against, tell)
        sides = {
            name: _side(name, motion, joints, moments, bands, shares, who) if name in wanted else None for name in SIDES
        }
        problems = (
            *source.problems,
            *(standing.problems if standing else ()),
            *motion.problems,
            *joints.problems,
            *bands.problems,
            *(check_body_weight(motion, who.mass_kg) if who.mass_from == "given" and who.mass_kg else ()),
            *_check_speed(motion, speed_m_s),
        )
    return Analysis(
        recording=facts,
        subject=who,
        sides=sides,
        symmetry=_symmetry(sides),
        problems=problems,
        used=used,
        motion=motion,
        strides=stride_table(motion, who.mass_kg),
        stances=stance_table(motion),
        markers=source.markers,
        marker_set=source.marker_set,
        static=standing.markers if standing else None,
        joints=joints.motion,
        moments=moments,
        bands=bands.sides,
        curves=curves,
        attributions=shares.sides,
    )


_NO_JOINTS = Joints(None, "not asked for")
_NO_BANDS = Bands(why_not="not asked for")


def _against(reference: str | Path | None, static: str | Path | None, who: Subject) -> str | OtherRun | None:
    """Read the recording that is the reference, so that a refusal comes before the long computation."""
    if reference is None or str(reference) in {NORM, OTHER_SIDE}:
        return None if reference is None else str(reference)
    return read_run(Path(reference), Path(static) if static else None, who)


def _weigh(subject: Subject, motion: Motion, *, from_forces: bool) -> Subject:
    if not from_forces:
        return replace(subject, mass_from="given" if subject.mass_kg else None)
    mass = motion.mass_from_forces()
    if mass is None:
        raise MotionError(
            "The body mass was asked for from the forces, but there are no forces that belong to single feet; "
            "give the mass in kg with --mass."
        )
    return replace(subject, mass_kg=mass, mass_from="forces")


def _side(
    side: SideName,
    motion: Motion,
    joints: Joints,
    moments: JointMoments | None,
    bands: Bands,
    shares: Attributions,
    who: Subject,
) -> SideResult:
    good = motion.good(side)
    values = stride_times(good)
    if motion.gait is Gait.WALKING:
        del values["flight_time_s"]
    if side in motion.curves:
        forces = in_body_weights(motion.curves[side], who.mass_kg or float("nan"))
        values |= {key: column for key, column in forces.items() if who.mass_kg or not key.endswith("_bw")}
    summary = {key: value for key, value in summarise(values).items() if value.n}
    measures, lacking = joints.measures(side, motion, moments, who)
    return SideResult(
        strides=len(good),
        verdicts=dict(Counter(motion.strides.of(side).verdict)),
        values=summary,
        measures=measures,
        band=bands.sides[side].to_json() | shares.of_band(side) if side in bands.sides else None,
        norm=norm_entry(shares.norm, measures),
        attribution=shares.sides[side].to_json() if side in shares.sides else None,
        vicious_circle=circle.to_json() if (circle := bands.circle(side)) else None,
        missing=_missing(motion, who, summary) | lacking | bands.missing(side) | shares.missing(side),
    )


def _missing(motion: Motion, who: Subject, summary: dict[str, Spread]) -> dict[str, str]:
    reasons = dict.fromkeys(SIDE_KEYS, "no usable stride on this side")
    if motion.gait is Gait.WALKING:
        reasons["flight_time_s"] = "not applicable: walking has no flight"
    if motion.forces is None:
        why = "not recorded: no ground reaction force per foot"
        reasons |= {key: why for key in SIDE_KEYS if "force" in key}
    elif who.mass_kg is None:
        reasons["peak_vertical_force_bw"] = "not recorded: body mass (give --mass, or --mass from-forces)"
    return {key: why for key, why in reasons.items() if key not in summary}


def _symmetry(sides: dict[SideName, SideResult | None]) -> dict[str, Spread]:
    left, right = sides["left"], sides["right"]
    if left is None or right is None:
        return {}
    shared = [key for key in SIDE_KEYS if key in left.values and key in right.values]
    return {key: left_minus_right(left.values[key], right.values[key]) for key in shared}


def _facts(source: Source, standing: Source | None, motion: Motion, speed_m_s: float | None) -> dict[str, Any]:
    return source.facts | {
        "static": standing.facts if standing else None,
        "duration_s": len(source.markers.xyz_m) / source.markers.rate_hz,
        "gait": str(motion.gait),
        "events_from": motion.stances.method,
        "treadmill": motion.treadmill,
        "speed_m_s": motion.speed.to_json(),
        "speed_given_m_s": speed_m_s,
        "mean_vertical_force_n": None if motion.forces is None else motion.mean_vertical_force_n(),
    }


def _check_speed(motion: Motion, given_m_s: float | None) -> tuple[Problem, ...]:
    if given_m_s is None:
        return ()
    error = evidence.value("house_motion.speed_error") * given_m_s
    if abs(motion.speed.mean - given_m_s) <= error:
        return ()
    message = (
        f"The speed found in the recording is {motion.speed.mean:.2f} m/s, but {given_m_s:.2f} m/s was given; "
        "the speed found is used. Check the treadmill's display and the units of the markers."
    )
    return (Problem("speed_differs", message),)
