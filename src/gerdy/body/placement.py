"""Where each marker sits on this runner's body.

As OpenSim's MarkerPlacer does: average the static trial, find the standing pose from the markers whose place on the
generic body is known, then move every marker to where it was measured. Where a bony landmark lies under a marker, its
place on the skin is kept as a landmark of this runner, beside the bone's own.

References
----------
.. [Delp2007] Delp SL et al. (2007). OpenSim: open-source software to create and analyze dynamic simulations of
   movement. IEEE Transactions on Biomedical Engineering 54:1940-1950.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from gerdy.body.hips import with_hip_centres
from gerdy.body.ik import Poses, Prior, inverse_kinematics, knee_priors
from gerdy.body.kinematics import forward
from gerdy.body.model import Place
from gerdy.errors import BodyError
from gerdy.evidence import value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.body.marker_maps import MapMarker, MarkerMap
    from gerdy.body.model import CompiledBody
    from gerdy.quantities import Array

__all__ = ["PlacedMarkers", "place_from_map", "place_from_static", "poses_of", "with_landmarks"]


@dataclass(frozen=True, slots=True, eq=False)
class PlacedMarkers:
    """Markers with their places on one runner's scaled body.

    Parameters
    ----------
    labels, segments : (markers,) label, and segment that carries it
    place_m : (markers, 3) m in the segment's frame
    weight : (markers,) trust in motion
    landmark : (markers,) bony landmark under it, or empty
    static_mm : (markers,) distance of measured to model marker in the standing pose, before the marker was moved;
        NaN where the generic body did not know its place
    standing : (coordinates,) standing pose; None without a static trial
    """

    labels: tuple[str, ...]
    segments: tuple[str, ...]
    place_m: Array
    weight: Array
    landmark: tuple[str, ...]
    static_mm: Array
    standing: Array | None = None

    def of(self, label: str) -> Array:
        """Place (3,) of one marker, m."""
        place: Array = self.place_m[self.labels.index(label)]
        return place

    def landmarks(self) -> tuple[Place, ...]:
        """Return this runner's landmarks as palpated, ``skin_…``: half a marker and the soft tissue off the bone."""
        return tuple(
            Place(
                f"skin_{name}", segment, (float(x), float(y), float(z)), fixed=False, source="static trial, on the skin"
            )
            for name, segment, (x, y, z) in zip(self.landmark, self.segments, self.place_m, strict=True)
            if name
        )


def place_from_static(
    body: CompiledBody,
    marker_map: MarkerMap,
    factors: Array,
    labels: Sequence[str],
    xyz_m: Array,
    *,
    hyperextension_deg: float | None = None,
) -> PlacedMarkers:
    """Place every marker of a static trial on the scaled body.

    Parameters
    ----------
    body : the runner's scaled body
    marker_map : which segment carries each marker, and where on the generic body it is known
    factors : (bodies, 3) scale factors of the segments, by which the map's places grow
    labels, xyz_m : static trial, (frames, markers, 3) m in ground; NaN samples drop out of the mean
    hyperextension_deg : how far a standing knee may bend backwards beyond the model's limit; None is the registry's

    Returns
    -------
    PlacedMarkers
        one entry per marker of the map that was visible

    Raises
    ------
    BodyError : too few markers of known place are visible to find the standing pose

    Notes
    -----
    Standing defines zero knee rotation: tibial torsion goes into the places of the shank markers, not into the knee.
    Knee adduction in standing has a soft prior around zero (`house_inverse_kinematics`). A standing knee may be
    hyperextended although the model's knee stops at 0: held at 0 it would make the knee look bent in running by just
    as much.

    References
    ----------
    [Delp2007]_ the ScaleTool's marker placement.
    """
    labels, xyz_m = with_hip_centres(marker_map, labels, xyz_m)
    mean = dict(zip(labels, _mean_over_frames(xyz_m), strict=True))
    seen = tuple(m for m in marker_map if m.label in mean and np.isfinite(mean[m.label]).all())
    extra = value("house_inverse_kinematics.standing_hyperextension")
    loose = _with_loose_knees(body, np.deg2rad(extra if hyperextension_deg is None else hyperextension_deg))
    standing = _standing_pose(loose, seen, factors, np.array([mean[m.label] for m in seen]))
    poses = forward(body, np.nan_to_num(standing.q, nan=0.0))
    rows = [body.body_index(m.body) for m in seen]
    local = [poses.rotation[0, b].T @ (mean[m.label] - poses.position[0, b]) for m, b in zip(seen, rows, strict=True)]
    return _placed(seen, np.array(local), standing.residual_m[0] * 1000.0, standing.q[0])


def place_from_map(body: CompiledBody, marker_map: MarkerMap, factors: Array, labels: Sequence[str]) -> PlacedMarkers:
    """Place markers without a static trial: the map's places, scaled with their segments.

    Parameters
    ----------
    body : the runner's scaled body
    marker_map : which segment carries each marker, and where
    factors : (bodies, 3) scale factors of the segments
    labels : of the recording

    Returns
    -------
    PlacedMarkers
        only markers whose place on the generic body is known; clusters need a static trial

    Raises
    ------
    BodyError : the map knows the place of none of them
    """
    known = tuple(m for m in marker_map.in_recording(labels) if m.place_m is not None)
    if not known:
        raise BodyError(
            f"The map '{marker_map.name}' knows the place of none of the markers of this recording. "
            "Give the static trial with --static FILE."
        )
    places = np.array([m.place_m for m in known]) * factors[[body.body_index(m.body) for m in known]]
    return _placed(known, places, np.full(len(known), np.nan), None)


def poses_of(body: CompiledBody, placed: PlacedMarkers, labels: Sequence[str], xyz_m: Array) -> Poses:
    """Inverse kinematics of a recording with placed markers and the stated soft knee priors.

    Parameters
    ----------
    body : the runner's scaled body
    placed : from `place_from_static` or `place_from_map`
    labels, xyz_m : the recording, (frames, markers, 3) m in ground; markers that were not placed are left aside

    Returns
    -------
    Poses
        residuals in the order of `placed.labels`; NaN for markers that this recording does not show

    Raises
    ------
    BodyError : no placed marker that counts is visible
    """
    xyz = np.full((len(xyz_m), len(placed.labels), 3), np.nan)
    for column, label in enumerate(placed.labels):
        if label in labels:
            xyz[:, column] = xyz_m[:, tuple(labels).index(label)]
    standing = None if placed.standing is None else _whole(body, placed.standing)
    return inverse_kinematics(
        body,
        placed.segments,
        placed.place_m,
        placed.weight,
        xyz,
        priors=knee_priors(body, standing),
        start=standing,
    )


def with_landmarks(body: CompiledBody, placed: PlacedMarkers) -> CompiledBody:
    """Return the body with this runner's landmarks on the skin added to the scaled ones on the bone."""
    return body.replace(landmarks=(*body.landmarks, *placed.landmarks()))


def _whole(body: CompiledBody, pose: Array) -> Array:
    whole: Array = np.where(np.isfinite(pose), pose, body.default_pose()[0])
    return whole


def _with_loose_knees(body: CompiledBody, extra: float) -> CompiledBody:
    return body.replace(
        coordinates=tuple(
            replace(c, minimum=c.minimum - extra) if c.name.startswith("knee_angle") else c for c in body.coordinates
        )
    )


def _standing_pose(body: CompiledBody, seen: tuple[MapMarker, ...], factors: Array, mean: Array) -> Poses:
    used = np.array([m.static_weight > 0.0 for m in seen])
    if used.sum() < 3:
        raise BodyError(
            f"The static trial shows {used.sum()} of the markers whose place on the body is known; at least 3 are "
            "needed to find the standing pose. Check the labels against the marker map."
        )
    sd = np.deg2rad(value("house_inverse_kinematics.standing_knee_adduction_sd"))
    knees = [name for name in ("knee_adduction_r", "knee_adduction_l") if name in body.coordinate_names]
    turns = [name for name in ("knee_rotation_r", "knee_rotation_l") if name in body.coordinate_names]
    places = np.array([(np.nan,) * 3 if m.place_m is None else m.place_m for m in seen])
    return inverse_kinematics(
        body,
        [m.body for m in seen],
        places * factors[[body.body_index(m.body) for m in seen]],
        np.array([m.static_weight for m in seen]),
        mean[None],
        priors=[Prior(name, 0.0, sd) for name in knees],
        locked=turns,
    )


def _placed(seen: tuple[MapMarker, ...], places: Array, static_mm: Array, standing: Array | None) -> PlacedMarkers:
    return PlacedMarkers(
        tuple(m.label for m in seen),
        tuple(m.body for m in seen),
        places,
        np.array([m.weight for m in seen]),
        tuple(m.landmark for m in seen),
        static_mm,
        standing,
    )


def _mean_over_frames(xyz_m: Array) -> Array:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Mean of empty slice", RuntimeWarning)
        mean: Array = np.nanmean(xyz_m, axis=0)
    return mean
