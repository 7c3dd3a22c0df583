"""The band of one side: every outcome with its interval over believable bands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gerdy import evidence
from gerdy.band.evaluate import AtStances, outcomes_at, zero_length
from gerdy.band.stance import Curves, sample

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gerdy.band.design import Draw
    from gerdy.body.model import CompiledBody
    from gerdy.quantities import Array, SideName

CUMULATIVE: Final = ("contact_impulse_n_s", "contact_impulse_zone_n_s", "zone.loading_ms", "zone.push_off_ms")
"""Outcomes that add up over strides: also given per minute and per kilometre."""

NEEDS_FORCES: Final = "not recorded: needs ground reaction forces and body mass"


@dataclass(frozen=True, slots=True, eq=False)
class LegMotion:
    """One leg's recording as the band needs it.

    Parameters
    ----------
    body : the runner's own
    side : whose leg
    time_s, q, velocity : (frames,), (frames, coordinates)
    moments : (frames, coordinates) N·m, or None without forces
    contact_s, toe_off_s : (stances,) s of good strides
    standing : (coordinates,) pose of zero elongation; None is neutral standing
    stride_s, speed_m_s : means of the recording
    """

    body: CompiledBody
    side: SideName
    time_s: Array
    q: Array
    velocity: Array
    moments: Array | None
    contact_s: Array
    toe_off_s: Array
    standing: Array | None
    stride_s: float
    speed_m_s: float


@dataclass(frozen=True, slots=True, eq=False)
class SideBand:
    """Band outcomes of one side.

    Parameters
    ----------
    outcomes : dotted path → (draws,) mean over stances of that draw; all NaN where forces are needed and missing
    curves : mean over stances of each draw, each field (draws, points, …)
    zero : where elongation is zero, in words
    stances : how many were used
    """

    outcomes: dict[str, Array]
    curves: Curves
    knee_flexion_deg: Array
    zero: str
    stances: int

    def to_json(self) -> dict[str, Any]:
        """Return the nested entry ``sides.*.band``: each outcome as median, p5, p95 and draws; null without forces."""
        found: dict[str, Any] = {"zero_elongation": self.zero, "stances": self.stances}
        for path, values in self.outcomes.items():
            *branches, leaf = path.split(".")
            branch = found
            for name in branches:
                branch = branch.setdefault(name, {})
            branch[leaf] = interval(values)
        low, high = evidence.span("orchard1996.zone_knee_flexion")
        found["zone"]["knee_flexion_deg"] = [low, high]
        return found

    def missing(self) -> dict[str, str]:
        """Return dotted path → why there is no value."""
        return {f"band.{path}": NEEDS_FORCES for path, values in self.outcomes.items() if np.isnan(values).all()}


def interval(values: Array) -> dict[str, float | int] | None:
    """Return median, 5th and 95th percentile over draws, and how many; None where nothing was computed."""
    seen = values[np.isfinite(values)]
    if seen.size == 0:
        return None
    p5, median, p95 = (float(x) for x in np.percentile(seen, (5, 50, 95)))
    return {"median": median, "p5": p5, "p95": p95, "draws": int(seen.size)}


def side_band(motion: LegMotion, draws: Sequence[Draw], tell: Callable[[], None] = lambda: None) -> SideBand:
    """Compute the band of one side over believable bands.

    Parameters
    ----------
    motion : of the leg
    draws : from `gerdy.band.priors.draw_bands` on the same body; use the same for recordings that are compared
    tell : called after each draw, for progress

    Returns
    -------
    SideBand
    """
    cut = at_stances(motion)
    found = [_one(motion, cut, draw, tell) for draw in draws]
    outcomes = {path: np.array([one[path] for one, _ in found]) for path in found[0][0]}
    curves = Curves(*(np.stack([getattr(curve, name) for _, curve in found]) for name in Curves._fields))
    knee = cut.q[:, motion.body.coordinate_index(f"knee_angle_{motion.side[0]}")].reshape(cut.when_s.shape)
    return SideBand(
        outcomes | _per(outcomes, motion),
        curves,
        np.degrees(knee).mean(axis=0),
        "the runner's standing trial" if motion.standing is not None else "neutral standing (all joint angles zero)",
        len(cut.when_s),
    )


def at_stances(motion: LegMotion) -> AtStances:
    """Read a leg's motion at every point of the stances that are used: as many as the house looks at, evenly chosen."""
    chosen = even_choice(len(motion.contact_s), int(evidence.value("house_band.stances")))
    when_s = _phase(motion.contact_s[chosen], motion.toe_off_s[chosen])
    width = motion.q.shape[1]
    q, velocity = (sample(motion.time_s, part, when_s).reshape(-1, width) for part in (motion.q, motion.velocity))
    moments = None if motion.moments is None else sample(motion.time_s, motion.moments, when_s).reshape(-1, width)
    return AtStances(when_s, q, velocity, moments)


def _one(motion: LegMotion, cut: AtStances, draw: Draw, tell: Callable[[], None]) -> tuple[dict[str, float], Curves]:
    """Outcomes of one draw, averaged over stances, and its mean curves."""
    zero = zero_length(motion.body, motion.side, motion.standing, draw)
    found, curves = outcomes_at(motion.body, motion.side, cut, draw, zero)
    tell()
    return {path: mean_of_stances(values) for path, values in found.items()}, Curves(
        *(_mean_curve(part) for part in curves)
    )


def _per(outcomes: dict[str, Array], motion: LegMotion) -> dict[str, Array]:
    per_minute = 60.0 / motion.stride_s
    per_km = 1000.0 / (motion.speed_m_s * motion.stride_s)
    return {
        f"{unit}.{path.replace('.', '_')}": outcomes[path] * strides
        for unit, strides in (("per_minute", per_minute), ("per_km", per_km))
        for path in CUMULATIVE
    }


def even_choice(count: int, wanted: int) -> Array:
    """Return up to `wanted` of `count` numbers from 0, evenly chosen."""
    return np.unique(np.linspace(0, count - 1, min(count, wanted)).round().astype(int))


def _phase(contact_s: Array, toe_off_s: Array) -> Array:
    share = np.linspace(0.0, 1.0, int(evidence.value("house_band.phase_points")))
    return contact_s[:, None] + share * (toe_off_s - contact_s)[:, None]


def mean_of_stances(values: Array) -> float:
    """Return the mean over the stances in which an outcome was found; NaN where it was in none."""
    seen = values[np.isfinite(values)]
    return float(seen.mean()) if seen.size else float("nan")


def _mean_curve(values: Array) -> Array:
    return np.asarray(np.nanmean(values, axis=0)) if np.isfinite(values).any() else np.asarray(values.mean(axis=0))
