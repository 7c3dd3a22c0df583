"""Signals from what is new: terrain (W-5), shoes or surface, and short nights (W-7)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.outlook.history import between
from gerdy.outlook.wording import not_recorded, quiet, signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from gerdy.outlook.history import History
    from gerdy.records import Decision, Run

TERRAIN_KEYS: Final = ("house_signals.novelty_days", "house_signals.downhill_slope")
CHANGE_KEYS: Final = (
    "house_signals.novelty_days",
    "house_signals.short_sleep",
    "house_signals.short_nights",
    "house_signals.nights_looked_at",
)
DOWNHILL: Final = "downhill"
OFF_ROAD: Final = frozenset({"trail", "track"})
SHOES: Final = "shoes"
"""Name in ``Run.extra`` under which the shoes of a run stand."""


def terrain(history: History, day: dt.date) -> Decision:
    """W-5: the first downhill, trail or track run in thirty days.

    New means that the runs of these thirty days had their terrain recorded and none was of this kind.
    """
    slope, surface = new_traits(history, day, slope_of), new_traits(history, day, surface_of)
    if slope is None and surface is None:
        return not_recorded("W-5", "terrain of this run, or of the runs of the 30 days before", TERRAIN_KEYS)
    new = sorted(((slope or set()) & {DOWNHILL}) | ((surface or set()) & OFF_ROAD))
    seen = {"new_terrain": ", ".join(new) or "none"}
    if new:
        return signal("W-5", "yellow", f"first {' and '.join(new)} run in 30 days", seen, grade="E", keys=TERRAIN_KEYS)
    return quiet("W-5", "no terrain that is new for a month", seen, TERRAIN_KEYS)


def change(history: History, day: dt.date) -> Decision:
    """W-7: new shoes or another surface, or less than six hours of sleep in four of seven nights."""
    shoes, surface = new_traits(history, day, shoes_of), new_traits(history, day, surface_of)
    short = short_nights(history, day)
    if shoes is None and surface is None and short is None:
        return not_recorded("W-7", "shoes, surface and sleep", CHANGE_KEYS)
    found = [f"new shoes ({name})" for name in sorted(shoes or set())]
    found += [f"new surface ({name})" for name in sorted((surface or set()) - OFF_ROAD)]
    if short is not None and short >= evidence.value("house_signals.short_nights"):
        found.append(f"{short} short nights within a week")
    seen = {"found": ", ".join(found) or "none"}
    if found:
        return signal("W-7", "yellow", " and ".join(found), seen, grade="E", keys=CHANGE_KEYS)
    return quiet("W-7", "shoes, surface and sleep as usual", seen, CHANGE_KEYS)


def new_traits(history: History, day: dt.date, trait: Callable[[Run], str | None]) -> set[str] | None:
    """Return the traits of the day's runs that no run of the thirty days before had.

    Returns
    -------
    None where the trait was recorded in no run of the day, or in none of the days before
    """
    first = day - dt.timedelta(days=int(evidence.value("house_signals.novelty_days")))
    today = _traits(history, day, day, trait)
    before = _traits(history, first, day - dt.timedelta(days=1), trait)
    return today - before if today and before else None


def slope_of(run: Run) -> str | None:
    """Say whether a run went downhill on the whole of it; None where descent was not recorded."""
    if run.descent_m is None or not run.distance_m:
        return None
    steep = run.descent_m / run.distance_m >= evidence.value("house_signals.downhill_slope")
    return DOWNHILL if steep else "not downhill"


def surface_of(run: Run) -> str | None:
    """Return the surface in lower case; None where not recorded."""
    return run.surface.lower() if run.surface else None


def shoes_of(run: Run) -> str | None:
    """Return the name of the shoes; None where not recorded."""
    shoes = run.extra.get(SHOES)
    return str(shoes) if shoes else None


def short_nights(history: History, day: dt.date) -> int | None:
    """Count the short nights of the week up to `day`; None where this day has no sleep entry."""
    if not any(fact.entry.sleep_h is not None for fact in between(history.check_ins, day, day)):
        return None
    first = day - dt.timedelta(days=int(evidence.value("house_signals.nights_looked_at")) - 1)
    week = between(history.check_ins, first, day)
    limit = evidence.value("house_signals.short_sleep")
    return len({f.day for f in week if f.entry.sleep_h is not None and f.entry.sleep_h < limit})


def _traits(history: History, first: dt.date, last: dt.date, trait: Callable[[Run], str | None]) -> set[str]:
    return {t for fact in between(history.runs, first, last) if (t := trait(fact.entry)) is not None}
