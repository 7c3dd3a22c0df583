"""From markers as recorded to markers fit for angles; everything that was touched is reported."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from gerdy import evidence
from gerdy.recordings.data import Problem
from gerdy.recordings.filters import lowpass, runs
from gerdy.recordings.gaps import fill_gaps
from gerdy.recordings.jumps import spikes, strays
from gerdy.recordings.swaps import exchange, swapped_frames

if TYPE_CHECKING:
    from gerdy.quantities import Array, Flags
    from gerdy.recordings.data import Markers
    from gerdy.recordings.marker_sets import MarkerSet


@dataclass(frozen=True, slots=True)
class CleanSettings:
    """How markers are cleaned.

    Parameters
    ----------
    gap_s : longest gap that is filled
    spike_m, acceleration_m_s2 : a sample this far from its running median is a spike; at low frame rates the
        distance that the acceleration covers in one frame is allowed where it is larger
    stray_m : change of distance to the other markers of a segment that makes a sample a stray
    swap_s : shortest exchange of two labels that is looked for
    cutoff_hz : of the low pass; None leaves the samples unfiltered
    """

    gap_s: float
    spike_m: float
    acceleration_m_s2: float
    stray_m: float
    swap_s: float
    cutoff_hz: float | None


def default_settings() -> CleanSettings:
    """Return the settings of the registry (``house_recordings``)."""
    return CleanSettings(
        gap_s=evidence.value("house_recordings.gap"),
        spike_m=evidence.value("house_recordings.spike"),
        acceleration_m_s2=evidence.value("house_recordings.acceleration"),
        stray_m=evidence.value("house_recordings.stray"),
        swap_s=evidence.value("house_recordings.swap"),
        cutoff_hz=evidence.value("house_recordings.marker_cutoff"),
    )


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
    the known markers of the set (others are named in a problem and left out), and what was found
    """
    known = [label for label in markers.labels if label in marker_set.labels]
    problems = _others(markers, marker_set, file)
    markers = markers.select(known)
    for step in (_swap_back, _drop_jumps, _fill):
        markers, more = step(markers, marker_set, settings, file)
        problems += more
    if settings.cutoff_hz is not None:
        markers = replace(markers, xyz_m=lowpass(markers.xyz_m, settings.cutoff_hz, markers.rate_hz))
    return markers, tuple(problems)


def frames_text(flags: Flags, most: int = 6) -> str:
    """Return frames, counted from 1, as text for a problem.

    Examples
    --------
    >>> import numpy as np
    >>> frames_text(np.array([True, True, False, True]))
    'frames 1-2, 4'
    """
    spans = [f"{a + 1}-{b}" if b - a > 1 else f"{b}" for a, b in runs(flags)]
    more = f" and {len(spans) - most} more stretches" if len(spans) > most else ""
    return f"frames {', '.join(spans[:most])}{more}"


def _others(markers: Markers, marker_set: MarkerSet, file: str) -> list[Problem]:
    problems = []
    extra = [label for label in markers.labels if label not in marker_set.labels]
    if extra:
        message = f"{len(extra)} markers are not part of the set '{marker_set.name}' and were left aside."
        problems.append(Problem("marker_extra", message, f"{file}: {', '.join(extra)}"))
    absent = [marker_set.roles[role] for role in marker_set.absent_roles(markers.labels)]
    if absent:
        message = "A marker of the set is not in the file; its neighbour stands in for it where that is possible."
        problems.append(Problem("marker_absent", message, f"{file}: {', '.join(absent)}"))
    return problems


def _swap_back(
    markers: Markers, marker_set: MarkerSet, settings: CleanSettings, file: str
) -> tuple[Markers, list[Problem]]:
    xyz = markers.xyz_m.copy()
    problems = []
    window = 2 * int(np.ceil(settings.swap_s * markers.rate_hz)) + 1
    share = evidence.value("house_recordings.swap_share")
    right = _roled(markers, marker_set, "asis_right") - _roled(markers, marker_set, "asis_left")
    for pair in marker_set.medial_lateral:
        if not set(pair) <= set(markers.labels):
            continue
        a, b = (markers.labels.index(label) for label in pair)
        outward = right if pair[1] in _right_labels(marker_set) else -right
        wrong = swapped_frames(xyz[:, a], xyz[:, b], outward, window, share)
        if wrong.any():
            xyz[:, a], xyz[:, b] = exchange(xyz[:, a], xyz[:, b], wrong)
            message = (
                f"{pair[0]} lies lateral of {pair[1]} in {wrong.sum()} frames; the two labels were exchanged back."
            )
            problems.append(Problem("labels_swapped", message, f"{file}: {pair[0]}/{pair[1]}, {frames_text(wrong)}"))
    return replace(markers, xyz_m=xyz), problems


def _drop_jumps(
    markers: Markers, marker_set: MarkerSet, settings: CleanSettings, file: str
) -> tuple[Markers, list[Problem]]:
    limit = max(settings.spike_m, settings.acceleration_m_s2 / markers.rate_hz**2)
    jumped = spikes(markers.xyz_m, limit)
    for members in marker_set.segments.values():
        index = [markers.labels.index(label) for label in members if label in markers.labels]
        jumped[:, index] |= strays(markers.xyz_m[:, index], settings.stray_m)
    xyz = np.where(jumped[:, :, None], np.nan, markers.xyz_m)
    problems = [
        Problem(
            "marker_jump",
            f"The marker jumps away from its path or its neighbours in {flags.sum()} frames, which were dropped.",
            f"{file}: {label}, {frames_text(flags)}",
        )
        for label, flags in zip(markers.labels, jumped.T, strict=True)
        if flags.any()
    ]
    return replace(markers, xyz_m=xyz), problems


def _fill(markers: Markers, marker_set: MarkerSet, settings: CleanSettings, file: str) -> tuple[Markers, list[Problem]]:
    _ = marker_set
    xyz = markers.xyz_m.copy()
    longest = int(settings.gap_s * markers.rate_hz)
    problems = []
    for i, label in enumerate(markers.labels):
        gone = np.isnan(xyz[:, i, 0])
        if not gone.any():
            continue
        xyz[:, i], filled = fill_gaps(xyz[:, i], longest)
        problems += _gap_problems(label, filled, gone & ~filled, settings.gap_s, file)
    return replace(markers, xyz_m=xyz), problems


def _gap_problems(label: str, filled: Flags, open_: Flags, gap_s: float, file: str) -> list[Problem]:
    problems = []
    if filled.any():
        message = f"{filled.sum()} missing samples in gaps of up to {gap_s * 1e3:.0f} ms were filled."
        problems.append(Problem("marker_gap_filled", message, f"{file}: {label}, {frames_text(filled)}"))
    if open_.any():
        message = f"{open_.sum()} samples are missing in gaps too long to fill; strides that need them are dropped."
        problems.append(Problem("marker_gap", message, f"{file}: {label}, {frames_text(open_)}"))
    return problems


def _roled(markers: Markers, marker_set: MarkerSet, role: str) -> Array:
    return markers[marker_set.roles[role]]


def _right_labels(marker_set: MarkerSet) -> set[str]:
    return {label for role, label in marker_set.roles.items() if role.endswith("_right")}
