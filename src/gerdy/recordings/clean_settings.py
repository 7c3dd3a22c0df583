"""The limits of cleaning, as one value."""

from __future__ import annotations

from dataclasses import dataclass

from gerdy import evidence


@dataclass(frozen=True, slots=True)
class CleanSettings:
    """How markers are cleaned.

    Parameters
    ----------
    spline_gap_s : longest gap that is bridged in time
    segment_gap_s : longest gap that is filled from three other markers of the same segment
    rigid_m : a segment counts as one body for a marker when its other markers predict that marker this well
    spike_m : a sample this far from its running median is a spike
    acceleration_m_s2 : half of what it covers in one frame is allowed as well, for low frame rates
    stray_m : change of distance to the other markers of a segment that makes a sample a stray
    swap_s : shortest exchange of two labels that is looked for
    swap_share : how far into the wrong order, as a share of the usual distance, an exchange must reach
    cutoff_hz : of the low pass; None leaves the samples unfiltered
    """

    spline_gap_s: float
    segment_gap_s: float
    rigid_m: float
    spike_m: float
    acceleration_m_s2: float
    stray_m: float
    swap_s: float
    swap_share: float
    cutoff_hz: float | None


def default_settings() -> CleanSettings:
    """Return the settings of the registry (``house_recordings``)."""
    return CleanSettings(
        spline_gap_s=evidence.value("house_recordings.spline_gap"),
        segment_gap_s=evidence.value("house_recordings.segment_gap"),
        rigid_m=evidence.value("house_recordings.rigid"),
        spike_m=evidence.value("house_recordings.spike"),
        acceleration_m_s2=evidence.value("house_recordings.acceleration"),
        stray_m=evidence.value("house_recordings.stray"),
        swap_s=evidence.value("house_recordings.swap"),
        swap_share=evidence.value("house_recordings.swap_share"),
        cutoff_hz=evidence.value("house_recordings.marker_cutoff"),
    )
