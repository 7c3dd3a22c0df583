"""What the articles say about a stride, asked of recorded runners: one number for each runner, both legs' mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy.evidence import value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from gerdy.band.circle import Circle
    from gerdy.quantities import Array, SideName

SPEED_WINDOW_M_S: Final = 0.2
"""How far the speed found may lie from the belt's."""

MAXIMUS: Final = ("glmax1", "glmax2", "glmax3")
MEDIUS: Final = ("glmed1", "glmed2", "glmed3")


@dataclass(frozen=True, slots=True, eq=False)
class Leg:
    """One leg of one recorded runner in stance.

    Parameters
    ----------
    runner, side, speed_m_s, mass_kg : who, which leg, how fast
    band : dotted path → (draws,) outcome of the band
    angles : clinical angle → (stances, points) rad from contact to toe-off, evenly spaced
    force_n : (stances, points) N vertical under this foot
    foot_m : (stances,) m at mid-stance, how far the foot lies outwards of the pelvis' middle
    hip_lever_m : m, hip abduction moment over vertical force then: how far inwards of the hip the ground pushes
    tension_change : (draws,) %, change of peak tension when gluteus medius is weaker and the motion stays
    circle : the vicious circle of this leg
    """

    runner: str
    side: SideName
    speed_m_s: float
    mass_kg: float
    band: Mapping[str, Array]
    angles: Mapping[str, Array]
    force_n: Array
    foot_m: Array
    hip_lever_m: float
    tension_change: Array
    circle: Circle


def at_one_speed(legs: Sequence[Leg]) -> tuple[Leg, ...]:
    """Return the legs recorded at the one speed at which every runner counts once."""
    return tuple(leg for leg in legs if abs(leg.speed_m_s - value("house_articles.speed")) < SPEED_WINDOW_M_S)


def by_runner(legs: Sequence[Leg], read: Callable[[Leg], float]) -> Array:
    """Return (runners,) the mean of both legs of each runner at the one speed, NaN where neither has a value."""
    seen: dict[str, list[float]] = {}
    for leg in at_one_speed(legs):
        seen.setdefault(leg.runner, []).append(read(leg))
    return np.array([np.nan if np.isnan(found).all() else np.nanmean(found) for found in seen.values()])


def outcome(path: str) -> Callable[[Leg], float]:
    """Return a reader of a band outcome: its median over believable bands."""
    return lambda leg: float(np.nanmedian(leg.band[path]))


def per_kg(muscles: Sequence[str], work: str) -> Callable[[Leg], float]:
    """Return a reader of the work of several muscles while loading, mJ per kg of the runner."""
    paths = [f"fibres.{name}.{work}_work_loading_j" for name in muscles]
    return lambda leg: 1000 * sum(outcome(path)(leg) for path in paths) / leg.mass_kg


def fibre_length(muscles: Sequence[str]) -> Callable[[Leg], float]:
    """Return a reader of the mean fibre length at mid-stance, optimal lengths."""
    return lambda leg: float(np.mean([outcome(f"fibres.{name}.length_mid_stance")(leg) for name in muscles]))


def force_peak(leg: Leg) -> float:
    """When in stance the vertical force of the mean stance is largest, % of stance."""
    mean = leg.force_n.mean(axis=0)
    return 100 * float(mean.argmax()) / (mean.size - 1)


def angle_at_middle(name: str) -> Callable[[Leg], float]:
    """Return a reader of a clinical angle at half of stance, degrees."""
    return lambda leg: float(np.degrees(np.nanmean(_angle(leg, name)[:, _angle(leg, name).shape[1] // 2])))


def peak(name: str) -> Callable[[Leg], float]:
    """Return a reader of the largest value of a clinical angle in the mean stance, degrees."""
    return lambda leg: float(np.degrees(_angle(leg, name).mean(axis=0).max()))


def excursion(name: str) -> Callable[[Leg], float]:
    """Return a reader of how far a clinical angle rises after contact, degrees."""
    return lambda leg: float(np.degrees(np.ptp(_rising(_angle(leg, name)))))


def shin_per_heel(leg: Leg) -> float:
    """Degrees the shin turns in for each degree the heel everts, from contact to the largest eversion."""
    heel, shin = (_angle(leg, name).mean(axis=0) for name in ("subtalar_eversion", "tibial_internal_rotation"))
    last = max(int(heel.argmax()), 2)
    return float(np.polyfit(heel[: last + 1], shin[: last + 1], 1)[0])


def between_runners(legs: Sequence[Leg], one: Callable[[Leg], float], other: Callable[[Leg], float]) -> Array:
    """Return (3,) the correlation between runners with its 90 % interval: r, lower and upper end.

    Notes
    -----
    The interval is Fisher's: tanh(artanh r ± 1.645 / sqrt(n - 3)).
    """
    a, b = by_runner(legs, one), by_runner(legs, other)
    known = np.isfinite(a) & np.isfinite(b)
    r = float(np.corrcoef(a[known], b[known])[0, 1])
    half = 1.6448536269514722 / np.sqrt(known.sum() - 3)
    return np.array([r, *np.tanh(np.arctanh(r) + np.array([-half, half]))])


def _angle(leg: Leg, name: str) -> Array:
    return leg.angles[name] if name in leg.angles else np.full((1, 2), np.nan)


def _rising(angle: Array) -> Array:
    mean = angle.mean(axis=0)
    return np.asarray(mean[: int(mean.argmax()) + 1])
