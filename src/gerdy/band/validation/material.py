"""What the checks run on: a body, believable bands, a bundled run, and recordings where there are any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gerdy.band.geometry import band_geometry
from gerdy.evidence import entry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import ArrayLike

    from gerdy.band.design import Draw
    from gerdy.band.geometry import BandGeometry
    from gerdy.band.outcomes import SideBand
    from gerdy.band.what_if.case import Case
    from gerdy.body.model import CompiledBody
    from gerdy.quantities import Array, SideName


@dataclass(frozen=True, slots=True, eq=False)
class Stance:
    """Right stances of the bundled run.

    Parameters
    ----------
    q, velocity : (stances, points, coordinates) of the shipped body, rad, m and per second
    """

    q: Array
    velocity: Array


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """The band of one recorded runner at one speed.

    Parameters
    ----------
    runner : whose
    speed_m_s : as found in the recording
    sides : side → band outcomes, over draws
    """

    runner: str
    speed_m_s: float
    sides: Mapping[SideName, SideBand]


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """Everything the checks may ask for.

    Parameters
    ----------
    body : the shipped body
    draws : believable bands on it
    stance : of the bundled run, or None where it is not asked for
    trials : of recordings; empty without them
    case : right leg of the bundled run on the runner's own body with its forces, or None where it is not asked for
    """

    body: CompiledBody
    draws: Sequence[Draw]
    stance: Stance | None = None
    trials: Sequence[Trial] = ()
    case: Case | None = None

    def pose(self, **degrees: ArrayLike) -> Array:
        """Return (frames, coordinates), all zero but the named ones: right leg by stem, others by full name."""
        frames = max((np.size(value) for value in degrees.values()), default=1)
        q = np.zeros((frames, len(self.body.coordinates)))
        for name, value in degrees.items():
            full = name if name in self.body.coordinate_names else f"{name}_r"
            q[:, self.body.coordinate_index(full)] = np.radians(value)
        return q

    def geometry(self, q: Array, draw: Draw) -> BandGeometry:
        """Return the right band along a motion."""
        return band_geometry(self.body, q, draw.designs["right"], "right")

    def lengths(self, q: Array) -> Array:
        """Return (draws, frames, 3) m: anterior strand, posterior strand (upper compartment), crest strand."""
        return np.stack([self.geometry(q, draw).length[:, [0, 1, 4]] for draw in self.draws])

    def pressures(self, q: Array) -> Array:
        """Return (draws, frames) contact force per newton of tension, mean of both strands."""
        return np.stack([self.geometry(q, draw).pressure[:, :2].mean(axis=1) for draw in self.draws])


def pair(key: str) -> tuple[float, float]:
    """Return a pair of numbers of the registry."""
    low, high = numbers(key)
    return low, high


def numbers(key: str) -> tuple[float, ...]:
    """Return a list of numbers of the registry."""
    found = entry(key).value
    assert isinstance(found, tuple)  # noqa: S101 - only lists are asked for here
    return tuple(float(x) for x in found if isinstance(x, float))
