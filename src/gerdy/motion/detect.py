"""Stances of a recording: from forces where they can tell, from markers otherwise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gerdy.motion.force_events import flight_level, force_contacts, has_flight, vertical_force
from gerdy.motion.gait import Gait, recognise_gait
from gerdy.motion.marker_events import marker_stances
from gerdy.motion.sides import side_uncertain, which_foot
from gerdy.motion.stances import Stances, in_order
from gerdy.motion.walking_events import walking_stances
from gerdy.quantities import SIDES
from gerdy.recordings.data import Problem

if TYPE_CHECKING:
    from gerdy.recordings.data import Forces, Markers
    from gerdy.recordings.marker_sets import MarkerSet


@dataclass(frozen=True, slots=True)
class Detected:
    """What was found.

    Parameters
    ----------
    stances : both feet
    gait : running, walking or standing
    forces : the forces that belong to the stances with the flight level taken off; None where they cannot be used
    problems : in the order they were found
    """

    stances: Stances
    gait: Gait
    forces: Forces | None
    problems: tuple[Problem, ...] = ()


def detect(markers: Markers, marker_set: MarkerSet, forces: Forces | None) -> Detected:
    """Find gait and stances.

    Forces of both feet together can only be cut into steps when the runner flies; walking on one plate therefore gets
    its times from the markers and no forces.
    """
    gait = recognise_gait(markers, marker_set)
    if forces is None:
        return Detected(_from_markers(markers, marker_set, gait), gait, None)
    if set(forces.names) == set(SIDES):
        return Detected(_from_foot_forces(forces), gait, forces)
    if gait is Gait.RUNNING and has_flight(vertical_force(forces).sum(axis=1)):
        return _from_plates(markers, marker_set, forces, gait)
    return Detected(_from_markers(markers, marker_set, gait), gait, None, (_NOT_SEPARABLE,))


def _from_markers(markers: Markers, marker_set: MarkerSet, gait: Gait) -> Stances:
    find = walking_stances if gait is Gait.WALKING else marker_stances
    return find(markers, marker_set)


def _from_foot_forces(forces: Forces) -> Stances:
    vertical = vertical_force(forces)
    left, right = (
        force_contacts(vertical[:, forces.names.index(side)], forces.rate_hz, forces.start_s) for side in SIDES
    )
    return in_order(left, right, "forces")


def _from_plates(markers: Markers, marker_set: MarkerSet, forces: Forces, gait: Gait) -> Detected:
    contacts = force_contacts(vertical_force(forces).sum(axis=1), forces.rate_hz, forces.start_s)
    inside = (contacts[:, 0] >= markers.time_s[0]) & (contacts[:, 1] <= markers.time_s[-1])
    contacts = contacts[inside]
    right, sure = which_foot(contacts, markers, marker_set)
    stances = in_order(contacts[sure & ~right], contacts[sure & right], "forces")
    problems = tuple(side_uncertain(start, end) for start, end in contacts[~sure])
    return Detected(stances, gait, _levelled(forces), problems)


def _levelled(forces: Forces) -> Forces:
    level = [flight_level(column) for column in vertical_force(forces).T]
    force = forces.force_n.copy()
    force[:, :, 1] -= level
    return replace(forces, force_n=force)


_NOT_SEPARABLE = Problem(
    "forces_not_separable",
    "One force plate lies under both feet and both are down together, so its force cannot be shared between them; "
    "times come from the markers and there is no force per foot. Record on two plates, or running.",
)
