"""How much load is held: strength work raises it, time without it lowers it, damage is repaired.

Two states per draw, stepped by days:

* trained share ``s`` (0 untrained, 1 fully trained):
  ``s' = s + min(1, x/x_full)·(1 - s)/τ_build - max(0, 1 - x/x_hold)·s/τ_fade`` with ``x`` sessions per week;
* carried load ``w`` (1 is the steady state of usual running):
  ``w' = w·k + load·(1 - k)``, ``k = exp(-1/τ_repair)``.

Capacity is ``headroom·(1 + gain·s)``. Running never raises it: a model in which load buys capacity could
argue for more load, and no figure for the band exists. What is left is ``capacity - w``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy import evidence
from gerdy.outlook.draws import draw

if TYPE_CHECKING:
    from gerdy.quantities import Array

KEYS: Final = (
    "house_capacity.strength_gain",
    "house_capacity.build_time",
    "house_capacity.fade_time",
    "house_capacity.full_dose",
    "house_capacity.repair_time",
    "house_capacity.headroom",
    "house_capacity.session_load",
)


@dataclass(frozen=True, slots=True)
class CapacityDraws:
    """One value per draw of every parameter of the model.

    Parameters
    ----------
    gain : (draws,) share by which full strength work raises the load that is held
    build_time, fade_time, repair_time : (draws,) d, time constants
    full_dose : (draws,) sessions per week from which strength grows at its full rate
    headroom : (draws,) load that is held untrained, over usual load
    session_load : (draws,) load of a full strength session in usual running days
    hold_dose : sessions per week that hold what was gained
    """

    gain: Array
    build_time: Array
    fade_time: Array
    full_dose: Array
    repair_time: Array
    headroom: Array
    session_load: Array
    hold_dose: float


def capacity_draws(count: int, rng: np.random.Generator, *, older: bool = False) -> CapacityDraws:
    """Draw the parameters over their registered intervals.

    Parameters
    ----------
    older : True from 60 years on; then two sessions a week hold strength instead of one

    References
    ----------
    [spiering2021]_ one session a week with the load kept holds strength for up to 32 weeks.
    """
    values = draw(KEYS, count, rng)
    hold = "spiering2021.sessions_to_hold_older" if older else "spiering2021.sessions_to_hold"
    names = [key.partition(".")[2] for key in KEYS]
    named = dict(zip(names, values.values(), strict=True))
    return CapacityDraws(gain=named.pop("strength_gain"), **named, hold_dose=evidence.value(hold))


def trained_step(share: Array, sessions: Array, p: CapacityDraws) -> Array:
    """Return the trained share one day later, (draws,), given sessions per week."""
    growth = np.minimum(1.0, sessions / p.full_dose) * (1.0 - share) / p.build_time
    fade = np.maximum(0.0, 1.0 - sessions / p.hold_dose) * share / p.fade_time
    return share + growth - fade


def carried_step(carried: Array, load: Array, p: CapacityDraws) -> Array:
    """Return the carried load one day later, (draws,), given the day's load in usual days.

    References
    ----------
    [bertelsen2017]_ capacity is lost during a session and regained between sessions.
    """
    kept = np.exp(-1.0 / p.repair_time)
    return carried * kept + load * (1.0 - kept)


def held(share: Array, p: CapacityDraws) -> Array:
    """Return capacity in usual loads, (draws,)."""
    return p.headroom * (1.0 + p.gain * share)


def follow(load: Array, sessions: Array, start: Array, p: CapacityDraws) -> tuple[Array, Array]:
    """Follow capacity and carried load day by day.

    Parameters
    ----------
    load : (draws, days) running load in usual days
    sessions : (draws, days) full strength sessions done on the day
    start : (draws,) trained share before the first day

    Returns
    -------
    capacity, carried : (draws, days) in usual loads
    """
    weekly = _weekly_rate(sessions)
    share, carried = start, np.ones_like(start)
    capacities, loads = np.empty_like(load), np.empty_like(load)
    for day in range(load.shape[1]):
        share = trained_step(share, weekly[:, day], p)
        carried = carried_step(carried, load[:, day] + p.session_load * sessions[:, day], p)
        capacities[:, day], loads[:, day] = held(share, p), carried
    return capacities, loads


def _weekly_rate(sessions: Array) -> Array:
    """Return sessions per week over the last two weeks; at the start over the days there are."""
    window = int(evidence.value("house_capacity.dose_days"))
    total = np.cumsum(sessions, axis=1)
    before = np.pad(total, ((0, 0), (window, 0)))[:, : total.shape[1]]
    length = np.minimum(np.arange(1, total.shape[1] + 1), window)
    return 7.0 * (total - before) / length
