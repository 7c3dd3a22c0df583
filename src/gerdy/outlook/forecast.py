"""Load against capacity, day by day: done, planned, expected, and what is held."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy import evidence
from gerdy.errors import RecordInvalid
from gerdy.outlook.build import BuildWeek, adherence_to_runs, longest_run_checks, planned_days
from gerdy.outlook.capacity import capacity_draws, follow
from gerdy.outlook.coverage import days
from gerdy.outlook.draws import PERCENTILES, stratified
from gerdy.outlook.series import done_load, done_sessions, fill_unknown, usual_per_km
from gerdy.outlook.volume import adherence

if TYPE_CHECKING:
    from gerdy.outlook.history import History
    from gerdy.outlook.load import LoadDraws
    from gerdy.outlook.series import Yardstick
    from gerdy.quantities import Array, Flags

MEMORY: Final = dt.timedelta(days=730)
"""How far back the curves start, and how far ahead a build may end: twice the longest fade that is drawn."""

BELOW: Final = "below capacity"
BETWEEN: Final = "cannot be told apart"
ABOVE: Final = "above capacity"


@dataclass(frozen=True, slots=True)
class WeekAhead:
    """A planned week against capacity.

    Parameters
    ----------
    standing : ``below capacity`` or ``above capacity`` where the whole 90 % interval agrees, else
        ``cannot be told apart``
    longest_run : outcome of R-064 for the week's longest run
    """

    starts: dt.date
    km: float
    sessions: float | None
    standing: str
    longest_run: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """Curves over days; three rows are the 5th, 50th and 95th percentile over draws.

    Parameters
    ----------
    days : oldest first, to the end of the planned build
    done, planned : (days,) median load in usual days; NaN where not recorded, or where no plan speaks
    expected : (3, days) load with unrecorded days and plans filled in
    carried, capacity, margin : (3, days) in usual loads; margin is capacity minus carried
    weeks : the planned build
    """

    days: tuple[dt.date, ...]
    done: Array
    planned: Array
    expected: Array
    carried: Array
    capacity: Array
    margin: Array
    weeks: tuple[WeekAhead, ...]


def forecast(
    history: History,
    now: dt.date,
    draws: LoadDraws,
    yard: Yardstick,
    rng: np.random.Generator,
    *,
    build: tuple[BuildWeek, ...] = (),
    older: bool = False,
) -> Forecast:
    """Follow load and capacity from two years ago (or the first record) to the end of the build.

    The trained share at the first day is unknown and drawn from untrained to fully trained.

    Parameters
    ----------
    rng : random generator; the same state gives the same curves
    older : from 60 years on, see `capacity_draws`

    Raises
    ------
    RecordInvalid : the build ends more than two years ahead
    """
    first = max(history.first_day() or now, now - MEMORY)
    last = max([now, *(week.starts + dt.timedelta(days=6) for week in build)])
    if last - now > MEMORY:
        raise RecordInvalid(f"The build ends on {last}, more than two years ahead; plan at most {now + MEMORY}.")
    span, past = days(first, last), (now - first).days + 1
    uniform = rng.random((2, draws.step.size, len(span)))
    start, kept = stratified(draws.step.size, 2, rng).T
    p = capacity_draws(draws.step.size, rng, older=older)

    done, recorded = done_load(history, first, now, draws, yard)
    planned = planned_days(history, first, last, build)
    to_load = 7.0 * usual_per_km(history, now, draws)[:, None] / yard.usual_week[:, None]
    load = _continue(done, recorded, len(span), uniform[0])
    ahead = planned.km * to_load * adherence_to_runs(history, now, kept)[:, None]
    load = _from_plan(load, ahead, past)

    sessions, known = done_sessions(history, first, now)
    sessions_all = _continue(np.tile(sessions, (draws.step.size, 1)), known, len(span), uniform[1])
    wanted = planned.sessions * _sessions_kept(history, now, kept)[:, None]
    sessions_all = _from_plan(sessions_all, wanted, past)

    capacity, carried = follow(load, sessions_all, start, p)
    return Forecast(
        span,
        np.pad(np.where(recorded, np.median(done, axis=0), np.nan), (0, len(span) - past), constant_values=np.nan),
        np.median(planned.km * to_load, axis=0),
        np.percentile(load, PERCENTILES, axis=0),
        np.percentile(carried, PERCENTILES, axis=0),
        np.percentile(capacity, PERCENTILES, axis=0),
        np.percentile(capacity - carried, PERCENTILES, axis=0),
        _weeks_ahead(history, build, span, capacity - carried),
    )


def _continue(known: Array, is_known: Flags, length: int, uniform: Array) -> Array:
    """Add the days to come as unknown, then fill all unknown days."""
    extra = length - known.shape[1]
    longer = np.pad(known, ((0, 0), (0, extra)))
    return fill_unknown(longer, np.pad(is_known, (0, extra)), uniform)


def _from_plan(values: Array, planned: Array, past: int) -> Array:
    """Replace the days to come by what is planned, where a plan speaks."""
    ahead = np.arange(values.shape[1]) >= past
    return np.where(ahead & np.isfinite(planned), planned, values)


def _sessions_kept(history: History, now: dt.date, uniform: Array) -> Array:
    """Return the share of planned strength sessions to expect, (draws,)."""
    seen = adherence(history, now)
    low, high = evidence.entry("house_load.usual_adherence").interval or (1.0, 1.0)
    if seen is not None:
        low, high = min(seen.least, high), min(seen.most, high)
    return low + (high - low) * uniform


def _weeks_ahead(
    history: History, build: tuple[BuildWeek, ...], span: tuple[dt.date, ...], margin: Array
) -> tuple[WeekAhead, ...]:
    checks = longest_run_checks(history, build)
    found = []
    for week, check in zip(build, checks, strict=True):
        at = (week.starts - span[0]).days
        least = margin[:, max(at, 0) : at + 7].min(axis=1)
        standing = _standing(least) if at >= 0 else BETWEEN
        found.append(WeekAhead(week.starts, week.km, week.sessions, standing, check))
    return tuple(found)


def _standing(least: Array) -> str:
    low, high = np.percentile(least, (PERCENTILES[0], PERCENTILES[-1]))
    if low > 0.0:
        return BELOW
    return ABOVE if high < 0.0 else BETWEEN
