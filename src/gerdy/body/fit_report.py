"""How well the body fits this runner: which segment, which marker, how many millimetres, and what the priors did."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from gerdy.body.ik import Poses, Prior
    from gerdy.body.placement import PlacedMarkers
    from gerdy.body.scaling import Scaling
    from gerdy.quantities import Array

__all__ = ["FitReport", "MarkerFit", "PriorFit", "SegmentFit", "fit_report"]


@dataclass(frozen=True, slots=True)
class SegmentFit:
    """Size of one segment.

    Parameters
    ----------
    segment : name
    scale : along x, y, z, against the generic body
    how : how the scale was obtained
    """

    segment: str
    scale: tuple[float, float, float]
    how: str


@dataclass(frozen=True, slots=True)
class MarkerFit:
    """Distance of measured to model marker.

    Parameters
    ----------
    label, segment : marker, and the segment that carries it
    weight : trust in motion; a marker of weight 0 did not pull
    standing_mm : in the standing pose, before the marker was moved to where it was measured; None where unknown
    rms_mm, p95_mm, largest_mm : over the frames of the motion; None where it was never visible
    seen : share of frames in which it was visible
    """

    label: str
    segment: str
    weight: float
    standing_mm: float | None
    rms_mm: float | None
    p95_mm: float | None
    largest_mm: float | None
    seen: float


@dataclass(frozen=True, slots=True)
class PriorFit:
    """What the data did to a coordinate with a stated prior.

    Parameters
    ----------
    coordinate : name
    centre_deg, sd_deg : the prior
    moved_deg, moved_sd_deg : mean and standard deviation over frames of the solution minus the centre
    data_share : mean share of the markers in the answer; 0 all prior, 1 all markers
    """

    coordinate: str
    centre_deg: float
    sd_deg: float
    moved_deg: float
    moved_sd_deg: float
    data_share: float


@dataclass(frozen=True, slots=True)
class FitReport:
    """The fit of one recording.

    Parameters
    ----------
    segments, markers, priors : one entry each
    rms_mm : root mean square over frames and markers that count
    frames : how many
    unsolved : frames in which the solver reached its iteration limit
    undetermined : coordinate -> frames in which the visible markers did not determine it
    not_observed : coordinates that no marker of the recording shows; they keep the generic default
    """

    segments: tuple[SegmentFit, ...]
    markers: tuple[MarkerFit, ...]
    priors: tuple[PriorFit, ...]
    rms_mm: float
    frames: int
    unsolved: int
    undetermined: dict[str, int]
    not_observed: tuple[str, ...]

    def worst(self, count: int = 3) -> tuple[MarkerFit, ...]:
        """Return the markers that count and fit worst, worst first."""
        counted = [m for m in self.markers if m.weight > 0.0 and m.rms_mm is not None]
        return tuple(sorted(counted, key=lambda m: -(m.rms_mm or 0.0))[:count])

    def to_json(self) -> dict[str, Any]:
        """Return plain values, with None where nothing is known."""
        return asdict(self)


def fit_report(scaling: Scaling, placed: PlacedMarkers, poses: Poses) -> FitReport:
    """Gather the fit of scaling, placement and inverse kinematics.

    Parameters
    ----------
    scaling, placed, poses : of the same runner; `poses` from `gerdy.body.placement.poses_of`

    Returns
    -------
    FitReport
    """
    residual = poses.residual_m[:, placed.weight > 0.0] * 1000.0
    lost = np.isnan(poses.q) & poses.observed
    return FitReport(
        tuple(
            SegmentFit(name, (float(f[0]), float(f[1]), float(f[2])), str(how))
            for name, f, how in zip(scaling.bodies, scaling.factors, scaling.how, strict=True)
        ),
        tuple(_marker(placed, poses.residual_m[:, m] * 1000.0, m) for m in range(len(placed.labels))),
        tuple(_prior(poses, prior) for prior in poses.priors),
        float(np.sqrt(np.nanmean(residual**2))),
        len(poses.q),
        int((~poses.converged).sum()),
        {name: int(n) for name, n in zip(poses.coordinates, lost.sum(axis=0), strict=True) if n},
        tuple(name for name, seen in zip(poses.coordinates, poses.observed, strict=True) if not seen),
    )


def _marker(placed: PlacedMarkers, residual_mm: Array, m: int) -> MarkerFit:
    seen = residual_mm[np.isfinite(residual_mm)]
    standing = float(placed.static_mm[m])
    known = (float(np.sqrt(np.mean(seen**2))), float(np.percentile(seen, 95)), float(seen.max())) if seen.size else None
    rms, p95, largest = known or (None, None, None)
    return MarkerFit(
        placed.labels[m],
        placed.segments[m],
        float(placed.weight[m]),
        standing if np.isfinite(standing) else None,
        rms,
        p95,
        largest,
        seen.size / residual_mm.size,
    )


def _prior(poses: Poses, prior: Prior) -> PriorFit:
    moved = np.degrees(poses.of(prior.coordinate) - prior.centre)
    share = poses.data_share[:, poses.coordinates.index(prior.coordinate)]
    return PriorFit(
        prior.coordinate,
        float(np.degrees(prior.centre)),
        float(np.degrees(prior.sd)),
        float(np.nanmean(moved)),
        float(np.nanstd(moved)),
        float(share.mean()),
    )
