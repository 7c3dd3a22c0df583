"""Load per run: distance, time, descent, and the cumulative band load in steps of the norm.

``cumulative band load = steps × per-step band load``. All of it is relative: one unit is one step of the
matched norm at the norm's speed on the flat. Every factor that was not measured is drawn over its interval.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy import evidence
from gerdy.errors import EvidenceInvalid
from gerdy.outlook.draws import Estimate, estimate, over_interval, stratified

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from gerdy.outlook.history import Dated
    from gerdy.outlook.step_load import StepLoad
    from gerdy.quantities import Array
    from gerdy.records import Run

UNIT: Final = "norm steps"
SHOWN_EXPONENTS: Final = (2.0, 4.0, 9.0)
"""The damage index is always shown for all three (R-074)."""


@dataclass(frozen=True, slots=True)
class LoadDraws:
    """One value per draw of everything that turns a run into band load; shared by all runs of a runner.

    Parameters
    ----------
    cadence : (draws,) ratio to the assumed cadence; used only where a run has none
    step : (draws,) per-step band load over the norm's
    speed : (draws,) 0-1, which of the measured strands the speed response follows
    downhill : (draws,) relative rise per unit of mean slope down
    exponent : (draws,) of the step load in the damage index
    """

    cadence: Array
    step: Array
    speed: Array
    downhill: Array
    exponent: Array


@dataclass(frozen=True, slots=True)
class RunLoad:
    """What one run asked of the band; None is *not recorded*.

    Parameters
    ----------
    distance_m, moving_s, descent_m : as recorded
    steps, band_load : with interval; None where neither distance nor time was recorded
    damage : exponent → index, all in steps of the norm; a comparison of runs, not of people
    assumed : which factors were not measured in this run
    """

    run_id: str
    day: dt.date
    distance_m: float | None
    moving_s: float | None
    descent_m: float | None
    steps: Estimate | None
    band_load: Estimate | None
    damage: dict[str, Estimate]
    assumed: tuple[str, ...]


def load_draws(step: StepLoad, count: int, rng: np.random.Generator) -> LoadDraws:
    """Draw the unknown factors `count` times, stratified over their intervals."""
    uniform = stratified(count, 5, rng)
    ratio = step.ratio
    return LoadDraws(
        cadence=over_interval("house_load.cadence_spread", uniform[:, 0]),
        step=np.interp(uniform[:, 1], (0.0, 0.5, 1.0), (ratio.p5, ratio.median, ratio.p95)),
        speed=uniform[:, 2],
        downhill=over_interval("house_load.downhill_per_slope", uniform[:, 3]),
        exponent=over_interval("house_load.damage_exponent", uniform[:, 4]),
    )


def steps(run: Run, draws: LoadDraws) -> Array:
    """Count the steps of a run: cadence × time where recorded, else by the cadence usual at its speed.

    Returns
    -------
    (draws,) both feet; NaN where neither distance nor time was recorded
    """
    seconds, speed = duration_s(run), speed_m_s(run)
    if seconds is None and run.distance_m:
        speed = evidence.value("house_load.norm_speed")
        seconds = run.distance_m / speed
    if seconds is None:
        return np.full_like(draws.cadence, np.nan)
    if run.cadence_spm:
        return np.full_like(draws.cadence, run.cadence_spm * seconds / 60.0)
    return usual_cadence_spm(speed) * draws.cadence * seconds / 60.0


def per_step(run: Run, draws: LoadDraws) -> Array:
    """Return the mean band load of one step of this run over the norm's step, (draws,)."""
    slope = (run.descent_m or 0.0) / run.distance_m if run.distance_m else 0.0
    return draws.step * speed_response(speed_m_s(run), draws.speed) * (1.0 + draws.downhill * slope)


def band_load(run: Run, draws: LoadDraws) -> Array:
    """Return the cumulative band load of a run, (draws,) in norm steps; NaN where not recorded."""
    return steps(run, draws) * per_step(run, draws)


def damage(run: Run, draws: LoadDraws, exponent: Array | float) -> Array:
    """Return steps × (per-step load) ** exponent, (draws,); NaN where not recorded.

    References
    ----------
    [edwards2018]_ damage grows faster than load; the exponent of the band is unknown.
    """
    return steps(run, draws) * per_step(run, draws) ** exponent


def speed_response(speed: float | None, strand: Array) -> Array:
    """Return the relative step load at a speed, 1 at the norm's; 1 where the speed was not recorded.

    Three elongation measures rise differently with speed; `strand` 0, 0.5 and 1 follow the crest strand's
    peak, the posterior strand's peak and the anterior strand's rate. Beyond the measured speeds the end
    values are held.
    """
    if speed is None:
        return np.ones_like(strand)
    table = _numbers("fukuchi2017_speed.strand_response")
    norm = evidence.value("house_load.norm_speed")
    names = ("crest_peak_pct", "posterior_peak_pct", "anterior_rate_pct_s")
    at = [np.interp(speed, table["speed_m_s"], table[name]) for name in names]
    ref = [np.interp(norm, table["speed_m_s"], table[name]) for name in names]
    return np.interp(strand, (0.0, 0.5, 1.0), np.array(at) / np.array(ref))


def usual_cadence_spm(speed: float | None) -> float:
    """Return the cadence assumed at a speed; at the norm's speed where the speed was not recorded."""
    table = _numbers("house_load.cadence_by_speed")
    seen = evidence.value("house_load.norm_speed") if speed is None else speed
    return float(np.interp(seen, table["speed_m_s"], table["cadence_spm"]))


def duration_s(run: Run) -> float | None:
    """Return moving time, or elapsed time where no moving time was recorded; None where neither."""
    return run.moving_s or run.elapsed_s or None


def speed_m_s(run: Run) -> float | None:
    """Return mean speed; None where distance or time was not recorded (a treadmill may give neither)."""
    seconds = duration_s(run)
    return run.distance_m / seconds if run.distance_m and seconds else None


def run_loads(runs: Iterable[Dated[Run]], draws: LoadDraws, *, assumed_step: bool) -> tuple[RunLoad, ...]:
    """Return the load of each run with its 90 % interval."""
    return tuple(_run_load(fact, draws, assumed_step=assumed_step) for fact in runs)


def _run_load(fact: Dated[Run], draws: LoadDraws, *, assumed_step: bool) -> RunLoad:
    run, counted = fact.entry, steps(fact.entry, draws)
    known = bool(np.isfinite(counted).all())
    index = {f"{b:g}": estimate(damage(run, draws, b), UNIT) for b in SHOWN_EXPONENTS} if known else {}
    return RunLoad(
        run.id,
        fact.day,
        run.distance_m,
        run.moving_s,
        run.descent_m,
        estimate(counted, "steps") if known else None,
        estimate(band_load(run, draws), UNIT) if known else None,
        index,
        _assumptions(run, assumed_step=assumed_step),
    )


def _assumptions(run: Run, *, assumed_step: bool) -> tuple[str, ...]:
    said = {
        "per-step load": assumed_step,
        "cadence": not run.cadence_spm,
        "moving time": run.moving_s is None,
        "speed": speed_m_s(run) is None,
        "descent": run.descent_m is None,
    }
    return tuple(name for name, is_assumed in said.items() if is_assumed)


def _numbers(key: str) -> dict[str, tuple[float, ...]]:
    table = evidence.entry(key).value
    if not isinstance(table, dict):
        raise EvidenceInvalid(f"{key} is not a table of numbers; a speed response needs one.")
    return {name: row for name, row in table.items() if isinstance(row, tuple)}  # type: ignore[misc]
