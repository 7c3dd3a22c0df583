"""The band from a mean stance of films: geometry only, and how much of what is said is the norm's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.interpolate import CubicSpline

from gerdy import evidence
from gerdy.band.evaluate import AtStances, outcomes_at, zero_length
from gerdy.band.hybrids import rows_of
from gerdy.band.outcomes import CUMULATIVE, SideBand
from gerdy.band.stance import Curves
from gerdy.motion.stance_curves import COORDINATES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gerdy.band.design import Draw
    from gerdy.body.model import CompiledBody
    from gerdy.motion.film.mean_stride import BelievedStances
    from gerdy.motion.stance_curves import MeanStance
    from gerdy.quantities import Array, SideName

__all__ = ["NO_FORCES", "NO_SPEED", "FilmBand", "film_band"]

NO_FORCES = "not recorded: needs ground reaction forces"
NO_SPEED = "not recorded: a film gives no running speed"


@dataclass(frozen=True, slots=True, eq=False)
class FilmBand:
    """Band outcomes of one side, from films.

    Parameters
    ----------
    band : outcomes and curves over draws of body and stance
    share_assumed : dotted path → 0-1, how much of the variance that the stance gives comes from what is assumed; NaN
        where the stance gives none
    assumed, partly_assumed : see `gerdy.motion.film.mean_stride.BelievedStances`
    """

    band: SideBand
    share_assumed: dict[str, float]
    assumed: tuple[str, ...]
    partly_assumed: tuple[str, ...]

    @property
    def mostly_norm(self) -> tuple[str, ...]:
        """Outcomes that say more about the norm's runners than about this one."""
        half = evidence.value("house_film_band.mostly_norm")
        return tuple(path for path, share in self.share_assumed.items() if share > half)

    def to_json(self) -> dict[str, Any]:
        """Return ``sides.*.band``: that of `SideBand`, with what is assumed and how much of it is in each outcome."""
        return self.band.to_json() | {
            "assumed": list(self.assumed),
            "partly_assumed": list(self.partly_assumed),
            "share_assumed": {path: x if np.isfinite(x) else None for path, x in self.share_assumed.items()},
            "mostly_norm": list(self.mostly_norm),
        }

    def missing(self) -> dict[str, str]:
        """Return dotted path → why there is no value."""
        unknown = {f"band.{path}": NO_FORCES for path, x in self.band.outcomes.items() if np.isnan(x).all()}
        return unknown | {"band.per_km": NO_SPEED}


def film_band(
    body: CompiledBody,
    side: SideName,
    stances: BelievedStances,
    draws: Sequence[Draw],
    stride_s: float,
    size: Array,
    tell: Callable[[], None] = lambda: None,
) -> FilmBand:
    """Compute the band of one side over believable bands and believable stances.

    Parameters
    ----------
    body : of the runner's height, with muscles
    side : of the leg
    stances : as many draws as `draws`
    draws : believable bands; their errors of a marker session are left out, a film has its own
    stride_s : mean s from contact to contact
    size : (draws,) believable size of the leg over that of `body`; lengths in mm go with it
    tell : called after each draw, for progress

    Returns
    -------
    FilmBand

    Notes
    -----
    Each band is computed three times: with everything drawn (a), with all that is assumed held at the norm's mean (b),
    and with the mean stance (c). Of the variance that the stance gives, (a - b)² is assumed and (b - c)² is seen.
    """
    found = []
    for draw, *moved in zip(draws, stances.draws, stances.frozen, strict=True):
        found.append(_one(body, side, [*moved, stances.mean], draw))
        tell()
    every = {path: np.stack([outcomes[path] for outcomes, _ in found]) for path in found[0][0]}
    shares = {path: share_assumed(values) for path, values in every.items() if np.isfinite(values).any()}
    outcomes = {path: values[:, 0] * (size if path.endswith("_mm") else 1.0) for path, values in every.items()}
    curves = Curves(*(np.stack([getattr(curve, name)[0] for _, curve in found]) for name in Curves._fields))
    band = SideBand(
        outcomes | _per_minute(outcomes, stride_s),
        curves,
        np.degrees(_evenly(stances.mean)[0][:, COORDINATES.index("knee_angle")]),
        "neutral standing (all joint angles zero)",
        stances.stances,
    )
    return FilmBand(band, shares, stances.assumed, stances.partly_assumed)


def _per_minute(outcomes: dict[str, Array], stride_s: float) -> dict[str, Array]:
    return {f"per_minute.{path.replace('.', '_')}": outcomes[path] * 60.0 / stride_s for path in CUMULATIVE}


def share_assumed(values: Array) -> float:
    """Return the share of what is assumed in the variance that the stance gives.

    Parameters
    ----------
    values : (draws, 3) an outcome with everything drawn, with what is assumed held, and of the mean stance

    Examples
    --------
    >>> import numpy as np
    >>> share_assumed(np.array([[3.0, 1.0, 0.0], [-3.0, -1.0, 0.0]]))
    0.8
    """
    whole = values[np.isfinite(values).all(axis=1)]
    assumed = float(np.sum((whole[:, 0] - whole[:, 1]) ** 2))
    seen = float(np.sum((whole[:, 1] - whole[:, 2]) ** 2))
    return assumed / (assumed + seen) if assumed + seen > 0.0 else float("nan")


def _one(
    body: CompiledBody, side: SideName, moved: Sequence[MeanStance], draw: Draw
) -> tuple[dict[str, Array], Curves]:
    """Outcomes and curves of several stances on one band."""
    bare = replace(draw, offset_rad=np.zeros_like(draw.offset_rad))
    q, slope = (np.stack(part) for part in zip(*map(_evenly, moved), strict=True))
    lasting = np.array([stance.duration_s for stance in moved])
    when = np.linspace(0.0, 1.0, q.shape[1]) * lasting[:, None]
    velocity = slope / lasting[:, None, None]
    cut = AtStances(when, rows_of(body, side, q), rows_of(body, side, velocity), None)
    return outcomes_at(body, side, cut, bare, zero_length(body, side, None, bare))


def _evenly(stance: MeanStance) -> tuple[Array, Array]:
    """Angles and slopes at as many points as the band of a recording has."""
    curve = CubicSpline(np.linspace(0.0, 1.0, len(stance.q)), stance.q)
    phase = np.linspace(0.0, 1.0, int(evidence.value("house_band.phase_points")))
    return np.asarray(curve(phase)), np.asarray(curve(phase, 1))
