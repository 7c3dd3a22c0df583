"""Which foot a contact belongs to, when one plate lies under both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gerdy import evidence
from gerdy.motion.marker_events import foot_markers
from gerdy.motion.series import bridge
from gerdy.recordings.data import Problem

if TYPE_CHECKING:
    from gerdy.quantities import Array, Flags, SideName
    from gerdy.recordings.data import Markers
    from gerdy.recordings.marker_sets import MarkerSet


def which_foot(contacts_s: Array, markers: Markers, marker_set: MarkerSet) -> tuple[Flags, Flags]:
    """Tell the foot on the belt by its height in the middle of each contact.

    Parameters
    ----------
    contacts_s : (contacts, 2) s, contact and toe-off

    Returns
    -------
    (contacts,) whether the right foot is down, and (contacts,) whether the heights settle it
    """
    left, right = (_height(markers, marker_set, side) for side in ("left", "right"))
    difference = _mean_in_middle(left - right, contacts_s, markers)
    return difference > 0, np.abs(difference) >= evidence.value("house_motion.side_margin")


def side_uncertain(start_s: float, end_s: float) -> Problem:
    """Describe a contact whose side cannot be told."""
    return Problem(
        "side_uncertain",
        "Both feet are at the same height during this contact, so its side cannot be told; the contact is not used.",
        f"{start_s:.2f}-{end_s:.2f} s",
    )


def _height(markers: Markers, marker_set: MarkerSet, side: SideName) -> Array:
    return bridge(foot_markers(markers, marker_set, side)[:, :, 1]).mean(axis=1)


def _mean_in_middle(values: Array, contacts_s: Array, markers: Markers) -> Array:
    quarter = np.diff(contacts_s, axis=1)[:, 0] / 4
    middle = np.stack([contacts_s[:, 0] + quarter, contacts_s[:, 1] - quarter], axis=1)
    samples = np.linspace(middle[:, 0], middle[:, 1], 9)
    return np.interp(samples, markers.time_s, values).mean(axis=0)
