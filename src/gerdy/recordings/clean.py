"""From markers as recorded to markers fit for angles; everything that was touched is reported."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gerdy.recordings.clean_settings import CleanSettings, default_settings
from gerdy.recordings.data import Problem
from gerdy.recordings.filters import lowpass
from gerdy.recordings.gaps import fill_gaps
from gerdy.recordings.jumps import drop_jumps
from gerdy.recordings.swaps import swap_back

if TYPE_CHECKING:
    from gerdy.recordings.data import Markers
    from gerdy.recordings.marker_set import MarkerSet

__all__ = ["CleanSettings", "clean", "default_settings"]


def clean(
    markers: Markers, marker_set: MarkerSet, settings: CleanSettings, *, file: str = "the recording"
) -> tuple[Markers, tuple[Problem, ...]]:
    """Swap exchanged labels back, drop jumping samples, fill short gaps, filter.

    Parameters
    ----------
    markers : in any axes
    marker_set : which labels are medial and lateral, and which move together
    settings : limits; see `default_settings`
    file : for the problems

    Returns
    -------
    the markers of the set (others are named in a problem and left out), and what was found

    Raises
    ------
    MarkerSetUnknown : the set does not fit the labels
    """
    marker_set.require(markers.labels, file)
    problems = list(_differences(markers, marker_set))
    markers = markers.select([label for label in markers.labels if label in marker_set.labels])
    for step in (swap_back, drop_jumps, fill_gaps):
        markers, found = step(markers, marker_set, settings)
        problems += found
    if settings.cutoff_hz is not None:
        markers = replace(markers, xyz_m=lowpass(markers.xyz_m, settings.cutoff_hz, markers.rate_hz))
    return markers, tuple(replace(problem, where=f"{file}: {problem.where}") for problem in problems)


def _differences(markers: Markers, marker_set: MarkerSet) -> tuple[Problem, ...]:
    extra = [label for label in markers.labels if label not in marker_set.labels]
    absent = [marker_set.roles[role] for role in marker_set.absent_roles(markers.labels)]
    found = []
    if extra:
        message = f"{len(extra)} markers are not part of the set '{marker_set.name}' and were left aside."
        found.append(Problem("marker_extra", message, ", ".join(extra)))
    if absent:
        message = "A marker of the foot is not in the file; the other ray stands in for it where one is enough."
        found.append(Problem("marker_absent", message, ", ".join(absent)))
    return tuple(found)
