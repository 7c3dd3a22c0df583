"""Joint angles of an analysis: which body, which marker map, and what to say when there are none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gerdy.body import load
from gerdy.body.marker_maps import load_marker_map, marker_map_names
from gerdy.errors import BodyError
from gerdy.motion.clinical import ANGLE_NAMES, MOMENTS
from gerdy.motion.force_events import vertical_force
from gerdy.motion.joint_moments import JointMoments, joint_moments
from gerdy.motion.joint_motion import JointMotion, fit_body, joint_motion, side_measures
from gerdy.motion.measures import mid_stance_times
from gerdy.quantities import SIDES
from gerdy.recordings.data import Problem

if TYPE_CHECKING:
    from gerdy.motion.study import Motion
    from gerdy.pipelines.subject import Subject
    from gerdy.quantities import SideName, Spread
    from gerdy.recordings.data import Markers
    from gerdy.recordings.marker_sets import MarkerSet

__all__ = ["Joints", "find_joints"]


@dataclass(frozen=True, slots=True)
class Joints:
    """Joint angles of one recording, or why there are none.

    Parameters
    ----------
    motion : coordinates, residuals and fit; None where they could not be found
    why_not : the reason, in the words of ``sides.*.missing``
    problems : what a reader should know
    """

    motion: JointMotion | None
    why_not: str = ""
    problems: tuple[Problem, ...] = ()

    def moments(self, strides: Motion, who: Subject) -> JointMoments | None:
        """Return the joint moments, or None without a force per foot or a body mass."""
        if self.motion is None or strides.forces is None or who.mass_kg is None:
            return None
        return joint_moments(self.motion, strides.forces)

    def measures(
        self, side: SideName, strides: Motion, moments: JointMoments | None, who: Subject
    ) -> tuple[dict[str, Spread] | None, dict[str, str]]:
        """Return the measures of one side, and why the others are missing.

        Parameters
        ----------
        side : the stance leg
        strides : events and forces of the recording
        moments : from `moments`
        who : the runner, whose mass moments are divided by

        Returns
        -------
        measures, missing : key → spread, or None; dotted path → reason
        """
        if self.motion is None:
            return None, {"measures": self.why_not}
        good = strides.good(side)
        forces = strides.forces
        vertical = None if forces is None else vertical_force(forces)[:, SIDES.index(side)]
        time_s = None if forces is None else forces.time_s
        times = mid_stance_times(good.contact_s, good.toe_off_s, time_s, vertical)
        found = side_measures(self.motion, side, times, moments, who.mass_kg)
        unseen = dict.fromkeys(ANGLE_NAMES, "not recorded: no marker shows it")
        no_force = "body mass (give --mass)" if strides.forces is not None else "ground reaction force per foot"
        unseen |= dict.fromkeys((moment.name for moment in MOMENTS), f"not recorded: {no_force}")
        missing = {f"measures.{name}": why for name, why in unseen.items() if f"{name}_peak" not in _stems(found)}
        return found, missing


def _stems(found: dict[str, Spread]) -> set[str]:
    return {key.removesuffix("_deg").removesuffix("_nm_kg") for key in found}


def find_joints(
    markers: Markers, marker_set: MarkerSet, static: Markers | None, who: Subject, *, muscles: bool
) -> Joints:
    """Fit the shipped body to a runner and find the joint coordinates of a recording.

    Parameters
    ----------
    markers : of the moving runner, cleaned, in ground axes
    marker_set : which of gerdy's sets it is
    static : of the standing runner, or None
    who : height where there is no static trial, mass where it is known
    muscles : whether the runner's body needs muscles, which takes seconds and which angles do not

    Returns
    -------
    Joints : never raises for a runner whose angles cannot be found; the reason is in it
    """
    if marker_set.name not in marker_map_names():
        return Joints(None, f"not computed: no marker map for the marker set '{marker_set.name}'")
    if static is None and who.height_m is None:
        return Joints(None, "not computed: joint angles need a standing trial (--static) or a height (--height)")
    try:
        runner = fit_body(
            load(),
            load_marker_map(marker_set.name),
            markers.labels,
            static=static,
            mass_kg=who.mass_kg,
            height_m=who.height_m,
            muscles=muscles,
        )
        motion = joint_motion(runner, markers)
    except BodyError as error:
        return Joints(None, f"not computed: {error}", (Problem("joint_angles_not_found", str(error)),))
    return Joints(motion, problems=_problems(motion))


def _problems(motion: JointMotion) -> tuple[Problem, ...]:
    fit = motion.fit
    found = []
    if fit.unsolved:
        message = (
            f"In {fit.unsolved} of {fit.frames} frames the pose was not found to the last digit; its residual tells."
        )
        found.append(Problem("pose_not_converged", message))
    if fit.undetermined:
        worst = max(fit.undetermined, key=fit.undetermined.__getitem__)
        message = (
            f"The visible markers do not determine {len(fit.undetermined)} coordinates in all frames; "
            f"{worst} is missing in {fit.undetermined[worst]} of {fit.frames}."
        )
        found.append(Problem("pose_undetermined", message))
    return tuple(found)
