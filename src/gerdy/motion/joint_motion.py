"""From cleaned markers to joint coordinates, and from these to the measures of each side: one runner, one recording."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from gerdy.body.fit_report import FitReport, fit_report
from gerdy.body.kinematics import BodyPoses, forward
from gerdy.body.placement import PlacedMarkers, place_from_map, place_from_static, poses_of, with_landmarks
from gerdy.body.scaled_body import scaled_body
from gerdy.body.scaling import Scaling, scale_from_static, scale_from_stature
from gerdy.errors import BodyError
from gerdy.motion.clinical import clinical_angles, clinical_moments, lateral_distances
from gerdy.motion.measures import angle_measures, distance_measures, moment_measures
from gerdy.recordings.data import Coordinates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gerdy.body.ik import Poses
    from gerdy.body.marker_maps import MarkerMap
    from gerdy.body.model import CompiledBody
    from gerdy.motion.joint_moments import JointMoments
    from gerdy.motion.measures import StanceTimes
    from gerdy.quantities import Array, SideName, Spread
    from gerdy.recordings.data import Markers

__all__ = ["JointMotion", "RunnerBody", "fit_body", "joint_motion", "side_measures"]


@dataclass(frozen=True, slots=True, eq=False)
class RunnerBody:
    """A runner's own body with the markers on it.

    Parameters
    ----------
    body : scaled; with landmarks on the skin (``skin_…``) where the static trial showed them
    scaling : how large each segment is, and how that is known
    placed : where the markers sit
    """

    body: CompiledBody
    scaling: Scaling
    placed: PlacedMarkers


@dataclass(frozen=True, eq=False)
class JointMotion:
    """Joint coordinates of one recording.

    Parameters
    ----------
    runner : whose body
    poses : solution of inverse kinematics with its residuals
    time_s : (frames,) s
    fit : which segment, which marker, how many millimetres
    """

    runner: RunnerBody
    poses: Poses
    time_s: Array
    fit: FitReport

    @cached_property
    def posed(self) -> BodyPoses:
        """Every segment in ground, for every frame."""
        return forward(self.runner.body, self.poses.q)

    @property
    def coordinates(self) -> Coordinates:
        """Coordinates with OpenSim's names and signs; those that no marker shows are left out."""
        seen = self.poses.observed
        names = tuple(name for name, known in zip(self.poses.coordinates, seen, strict=True) if known)
        return Coordinates(names, self.poses.q[:, seen], self.time_s)

    def angles(self, side: SideName) -> dict[str, Array]:
        """Clinical angles of one leg with pelvis and trunk, (frames,) rad each."""
        return clinical_angles(self.runner.body, self.poses.q, self.poses.observed, side, self.posed)

    def distances(self, side: SideName) -> dict[str, Array]:
        """Lateral distances of the foot, (frames,) m each."""
        trunk = bool(self.poses.observed[self.runner.body.coordinate_index("lumbar_bending")])
        return lateral_distances(self.runner.body, self.posed, side, trunk_seen=trunk)


def fit_body(
    generic: CompiledBody,
    marker_map: MarkerMap,
    labels: Sequence[str],
    *,
    static: Markers | None = None,
    mass_kg: float | None = None,
    height_m: float | None = None,
    lengths_m: Mapping[str, float] | None = None,
    muscles: bool = False,
) -> RunnerBody:
    """Make this runner's body.

    Parameters
    ----------
    generic : the body to scale
    marker_map : which segment carries each marker
    labels : of the recording in motion
    static : standing trial in ground axes; None scales from height and lengths
    mass_kg : None keeps the generic mass, which angles do not feel
    height_m, lengths_m : see `gerdy.body.scaling.scale_from_stature`; used without a static trial
    muscles : scale the muscles too, which takes seconds; without them the body has joints and masses only

    Returns
    -------
    RunnerBody

    Raises
    ------
    BodyError : neither a static trial nor a height, or a static trial that cannot be used
    """
    mass = generic.mass if mass_kg is None else mass_kg
    generic = generic if muscles else generic.replace(muscles=None)
    if static is not None:
        scaling = scale_from_static(generic, marker_map, static.labels, static.xyz_m)
        body = scaled_body(generic, scaling.factors, mass)
        placed = place_from_static(body, marker_map, scaling.factors, static.labels, static.xyz_m)
        return RunnerBody(with_landmarks(body, placed), scaling, placed)
    if height_m is None:
        raise BodyError(
            "Joint angles need the size of the runner: neither a static trial nor a height was given. "
            "Give --static FILE (best) or --height in m."
        )
    scaling = scale_from_stature(generic, height_m, lengths_m)
    body = scaled_body(generic, scaling.factors, mass)
    return RunnerBody(body, scaling, place_from_map(body, marker_map, scaling.factors, labels))


def joint_motion(runner: RunnerBody, markers: Markers) -> JointMotion:
    """Find the joint coordinates of a recording.

    Parameters
    ----------
    runner : from `fit_body`
    markers : cleaned, in ground axes

    Returns
    -------
    JointMotion

    Raises
    ------
    BodyError : no placed marker is visible
    """
    poses = poses_of(runner.body, runner.placed, markers.labels, markers.xyz_m)
    return JointMotion(runner, poses, markers.time_s, fit_report(runner.scaling, runner.placed, poses))


def side_measures(
    motion: JointMotion,
    side: SideName,
    times: StanceTimes,
    moments: JointMoments | None = None,
    mass_kg: float | None = None,
) -> dict[str, Spread]:
    """Every measure of one side, as it stands in ``sides.*.measures``.

    Parameters
    ----------
    motion : from `joint_motion`
    side : the stance leg
    times : stances of its good strides
    moments : from `gerdy.motion.joint_moments.joint_moments`; None without forces
    mass_kg : of the runner; needed with `moments`

    Returns
    -------
    key → mean, spread and count; a measure that no stride holds is left out
    """
    found = angle_measures(motion.angles(side), motion.time_s, times)
    found |= distance_measures(motion.distances(side), motion.time_s, times)
    if moments is not None and mass_kg is not None:
        found |= moment_measures(clinical_moments(moments.values, moments.names, side), motion.time_s, times, mass_kg)
    return {key: value for key, value in found.items() if value.n and np.isfinite(value.mean)}
