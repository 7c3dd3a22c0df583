"""The few vectors of a body from which its axes are found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gerdy.errors import RecordingImplausible

if TYPE_CHECKING:
    from gerdy.quantities import Array
    from gerdy.recordings.data import Markers
    from gerdy.recordings.marker_set import MarkerSet


@dataclass(frozen=True, slots=True)
class Landmarks:
    """Median vectors between landmarks.

    Parameters
    ----------
    height : (3,) m, feet → pelvis, in the file's axes, as all four
    foot : heels → toes
    pelvis_front : back → front of the pelvis
    pelvis_right : left → right ASIS
    """

    height: Array
    foot: Array
    pelvis_front: Array
    pelvis_right: Array

    @classmethod
    def of(cls, markers: Markers, marker_set: MarkerSet, file: str) -> Landmarks:
        """Take the median over all frames that show a vector's landmarks.

        Raises
        ------
        RecordingImplausible : a vector is never seen, or the feet are marked at different places
        """
        roles = {role: markers[label] for role, label in marker_set.roles.items() if label in markers.labels}
        asis_l, asis_r, psis_l, psis_r = (
            roles[name] for name in ("asis_left", "asis_right", "psis_left", "psis_right")
        )
        heels = (roles["heel_left"] + roles["heel_right"]) / 2
        toes = _toes(roles, file)
        pelvis = (asis_l + asis_r + psis_l + psis_r) / 4
        return cls(
            height=_median(pelvis - (heels + toes) / 2, "pelvis and feet", file),
            foot=_median(toes - heels, "heels and toes", file),
            pelvis_front=_median((asis_l + asis_r - psis_l - psis_r) / 2, "front and back of the pelvis", file),
            pelvis_right=_median(asis_r - asis_l, "both sides of the pelvis", file),
        )


def _toes(roles: dict[str, Array], file: str) -> Array:
    """Mean front of both feet, from rays that both feet have, so that one absent marker turns nothing."""
    rays = [roles[f"{ray}_left"] + roles[f"{ray}_right"] for ray in ("toe", "lateral_toe") if _both(roles, ray)]
    if not rays:
        raise RecordingImplausible(
            f"{file} marks the front of each foot at another place; expected toe or lateral_toe on both. "
            "Name the labels in a marker set; see docs/how-to/marker-sets.md."
        )
    return np.asarray(sum(rays) / (2 * len(rays)))


def _both(roles: dict[str, Array], ray: str) -> bool:
    return all(np.isfinite(roles.get(f"{ray}_{side}", np.nan)).any() for side in ("left", "right"))


def _median(vectors: Array, what: str, file: str) -> Array:
    seen = vectors[np.isfinite(vectors).all(axis=1)]
    if len(seen) == 0:
        raise RecordingImplausible(
            f"{file} never shows {what} in one frame; expected at least one frame with all of them. "
            "Reconstruct the trial, or fill its gaps."
        )
    return np.asarray(np.median(seen, axis=0))
