"""What C3D and TRC share about points: units, and the ways a missing sample is written."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy.errors import RecordingImplausible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gerdy.quantities import Array, Flags
    from gerdy.recordings.data import Markers

METRES_PER: Final = {
    "mm": 1e-3,
    "millimetre": 1e-3,
    "millimetres": 1e-3,
    "millimeters": 1e-3,
    "cm": 1e-2,
    "m": 1.0,
    "meters": 1.0,
    "metres": 1.0,
}
"""Metres per unit of length, by the words that files use."""


def unseen(xyz: Array) -> Flags:
    """Return True where a point has no place: (…, 3) → (…)."""
    return np.asarray(np.isnan(xyz).any(axis=-1))


def blank_missing(xyz: Array) -> Array:
    """Return points with NaN in all three coordinates wherever one is NaN or all are exactly zero.

    Parameters
    ----------
    xyz : (frames, markers, 3) any unit of length
    """
    absent = unseen(xyz) | (xyz == 0.0).all(axis=2)
    return np.where(absent[:, :, None], np.nan, xyz)


def told_apart(labels: Sequence[str]) -> tuple[str, ...]:
    """Put a number to labels that a file uses twice, so that each names one marker.

    Examples
    --------
    >>> told_apart(["A", "B", "A"])
    ('A', 'B', 'A (2)')
    """
    seen = Counter[str]()
    out = []
    for label in labels:
        seen[label] += 1
        out.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return tuple(out)


def refuse_invisible(markers: Markers, path: Path) -> None:
    """Refuse a file whose every sample is missing.

    Raises
    ------
    RecordingImplausible : not one sample is visible
    """
    if not np.isfinite(markers.xyz_m).any():
        raise RecordingImplausible(
            f"{path.name} names {len(markers.labels)} markers and shows none of them in any of its "
            f"{len(markers.xyz_m)} frames; expected visible markers. Reconstruct and export the trial again."
        )
