"""What an analysis gives to the section *What is loading it*."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gerdy.motion.stance_curves import COORDINATES
from gerdy.report.why_pictures import curve_picture
from gerdy.report.why_section import WhyMaterial

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gerdy.pipelines.analysis import Analysis
    from gerdy.quantities import Array, SideName
    from gerdy.report.pictures import Picture

CURVES: Final = {
    "hip_adduction": "Hip adduction, degrees",
    "hip_rotation": "Hip turned in, degrees",
    "hip_flexion": "Hip flexion, degrees",
    "knee_angle": "Knee flexion, degrees",
    "knee_rotation": "Shin turned in, degrees",
    "ankle_angle": "Dorsiflexion, degrees",
}
"""Coordinates that are drawn, with what their positive sign means."""


def why_material(
    found: Analysis, what_ifs: Mapping[SideName, Sequence[Mapping[str, Any]]] | None = None
) -> WhyMaterial:
    """Gather what one analysis can show.

    Parameters
    ----------
    what_ifs : side → ranked answers of ``gerdy/what-if/1``; None where nothing was asked
    """
    sides = {side: result for side, result in found.sides.items() if result is not None}
    return WhyMaterial(
        attributions={side: result.attribution for side, result in sides.items() if result.attribution},
        readings={side: one.readings for side, one in found.attributions.items()},
        what_ifs=what_ifs or {},
        circles={side: result.vicious_circle for side, result in sides.items() if result.vicious_circle},
        curves={side: picture for side in sides if (picture := _curves(found, side)) is not None},
    )


def _curves(found: Analysis, side: SideName) -> Picture | None:
    """Draw the mean stance against what the side was set against."""
    attribution, mine = found.attributions.get(side), found.curves.get(side)
    if attribution is None or mine is None:
        return None
    other = attribution.reference
    drawn = {}
    for name, words in CURVES.items():
        own, mean = (_mean(curves.q, name) for curves in (mine, other.curves))
        if np.isfinite(own).all() and np.isfinite(mean).all():
            drawn[words] = (own, mean, _spread(other.curves.q, name))
    group = other.kind == "norm"
    return curve_picture(side, drawn, other.name, other.n if group else None)


def _mean(q: Array, name: str) -> Array:
    return np.asarray(np.degrees(q[:, :, COORDINATES.index(name)].mean(axis=0)))


def _spread(q: Array, name: str) -> Array:
    return np.asarray(np.degrees(q[:, :, COORDINATES.index(name)].std(axis=0, ddof=1 if len(q) > 1 else 0)))
