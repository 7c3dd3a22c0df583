"""Which foot a contact belongs to, when one plate lies under both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gerdy import evidence
from gerdy.motion.marker_events import foot_markers
from gerdy.recordings.data import Problem
from gerdy.motion.series import bridge

if TYPE_CHECKING:
    from gerdy.quantities import Array, Flags, SideName
    from gerdy.recordings.data import Markers
    from gerdy.recordings.marker_sets import MarkerSet


def which_foot(
    contacts_s: Array, markers: Markers, marker_set: MarkerSet
) -> tuple[Flags, tuple[Problem, ...]]:
    """Tell the foot on the belt by its height in the middle of each contact.

    Parameters
    ----------
    contacts_s : (contacts, 2) s, contact and toe-off

    Returns
    -------
    (contacts,) whether the right foot is down, and a problem for each contact that the heights cannot settle
    """
    left, right = (_height(markers, marker_set, side) for side in ("left", "right"))
    difference = _mean_in_middle(left - right, contacts_s, markers)
    unsure = ~(np.abs(difference) >= evidence.value("house_motion.side_margin"))
    problems = tuple(_unsure(start, end) for start, end in contacts_s[unsure])
    return difference > 0, problems


def _height(markers: Markers, marker_set: MarkerSet, side: SideName) -> Array:
    return bridge(foot_markers(markers, marker_set, side)[:, :, 1]).mean(axis=1)


def _mean_in_middle(values: Array, contacts_s: Array, markers: Markers) -> Array:
    quarter = np.diff(contacts_s, axis=1)[:, 0] / 4
    middle = np.stack([contacts_s[:, 0] + quarter, contacts_s[:, 1] - quarter], axis=1)
    samples = np.linspace(middle[:, 0], middle[:, 1], 9)
    return np.interp(samples, markers.time_s, values).mean(axis=0)


def _unsure(start: float, end: float) -> Problem:
    return Problem(
        "side_uncertain",
        "Both feet are at the same height during this contact, so its side cannot be told; the contact is not used.",
        f"{start:.2f}-{end:.2f} s",
    )
