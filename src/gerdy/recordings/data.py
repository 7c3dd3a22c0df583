"""What a recording holds, in SI units, and what was wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.quantities import Array


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a reader should know about; never a crash, never a silent guess.

    Parameters
    ----------
    code : a stable word, for example ``marker_gap``
    message : seen, expected, what was done
    where : file, marker and frames, for example ``run.c3d: R.MT1, frames 12-40``
    """

    code: str
    message: str
    where: str = ""

    def to_json(self) -> dict[str, str]:
        """Return the entry of ``problems`` in the JSON of a verb."""
        return {"code": self.code, "message": self.message, "where": self.where}


@dataclass(frozen=True, slots=True)
class Markers:
    """Positions of markers.

    Parameters
    ----------
    labels : one per marker
    xyz_m : (frames, markers, 3) m; NaN where a sample is missing
    rate_hz : frames per second
    start_s : time of the first frame
    """

    labels: tuple[str, ...]
    xyz_m: Array
    rate_hz: float
    start_s: float = 0.0

    @property
    def time_s(self) -> Array:
        """(frames,) s."""
        return self.start_s + np.arange(len(self.xyz_m)) / self.rate_hz

    def __getitem__(self, label: str) -> Array:
        return self.xyz_m[:, self.labels.index(label)]

    def select(self, labels: Sequence[str]) -> Markers:
        """Return only the named markers, in the given order."""
        index = [self.labels.index(label) for label in labels]
        return replace(self, labels=tuple(labels), xyz_m=self.xyz_m[:, index])


@dataclass(frozen=True, slots=True)
class Forces:
    """Ground reaction on the body, one entry per plate or per foot.

    Parameters
    ----------
    names : one per plate (``plate 1``) or per foot (``left``, ``right``)
    force_n : (samples, plates, 3) N, acting on the runner
    point_m : (samples, plates, 3) m, centre of pressure; NaN where there is no force
    free_moment_nm : (samples, plates, 3) N·m about the vertical at that point
    rate_hz : samples per second
    start_s : time of the first sample
    """

    names: tuple[str, ...]
    force_n: Array
    point_m: Array
    free_moment_nm: Array
    rate_hz: float
    start_s: float = 0.0

    @property
    def time_s(self) -> Array:
        """(samples,) s."""
        return self.start_s + np.arange(len(self.force_n)) / self.rate_hz


@dataclass(frozen=True, slots=True)
class Coordinates:
    """Joint coordinates with OpenSim's names and signs.

    Parameters
    ----------
    names : for example ``hip_adduction_r``
    values : (frames, coordinates) rad, or m for translations
    time_s : (frames,) s
    """

    names: tuple[str, ...]
    values: Array
    time_s: Array


@dataclass(frozen=True, slots=True)
class Analog:
    """Channels that were sampled beside the markers, as the file stores them.

    Parameters
    ----------
    names, units : one per channel; `units` as written in the file, which may be wrong
    values : (samples, channels) in `units`
    rate_hz : samples per second
    start_s : time of the first sample
    """

    names: tuple[str, ...]
    units: tuple[str, ...]
    values: Array
    rate_hz: float
    start_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Recording:
    """Everything one file gave; what it did not hold is None.

    Parameters
    ----------
    markers, forces, coordinates : in gerdy's ground axes (x forward, y up, z right) once `orient` ran
    analog : raw channels of a C3D file; force plates among them are already in `forces`
    """

    markers: Markers | None = None
    forces: Forces | None = None
    coordinates: Coordinates | None = None
    analog: Analog | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What `read_*` returns; unpacks as ``data, metadata, problems``.

    Parameters
    ----------
    data : the arrays
    metadata : plain values found in the file (rate, units, labels, hash)
    problems : in the order they were found
    """

    data: Recording
    metadata: dict[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def __iter__(self) -> Any:
        return iter((self.data, self.metadata, self.problems))
