"""A week's demand from a menu and the runs that the ladder or the goal asks for; and back to plain planned sets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gerdy import evidence
from gerdy.programme.prescriptions import parse_prescription, planned_each
from gerdy.programme.week.demand import JumpDemand, MobilityDemand, RunDemand, RunKind, StrengthDemand, WeekDemand
from gerdy.records import PlannedRun

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from gerdy.programme.menu import Menu, MenuItem
    from gerdy.programme.week.week import Week
    from gerdy.records import PlannedSet

JUMPS = "jumps"


def demand(
    menu: Menu,
    runs: Sequence[RunDemand],
    starts: dt.date,
    *,
    runs_apart: bool = False,
    last_change: tuple[dt.date, str] | None = None,
) -> WeekDemand:
    """Return what a week has to hold.

    Parameters
    ----------
    runs : from the ladder or the runner's goal; runs_apart, last_change : see `WeekDemand`
    """
    needed = any(item.rule == "R-024" and item.outcome == "before running" for item in menu.decisions)
    return WeekDemand(
        starts=starts,
        strength=tuple(
            StrengthDemand(
                key=session.key,
                minutes=session.minutes,
                heavy=session.heavy,
                novel=session.novel,
                after=session.after,
                equipment=session.equipment,
                place=session.place,
            )
            for session in menu.sessions
        ),
        jumps=_jumps(menu),
        runs=tuple(runs),
        mobility=tuple(_daily(item, needed=needed) for item in menu.daily),
        runs_apart=runs_apart,
        last_change=last_change,
    )


def _jumps(menu: Menu) -> tuple[JumpDemand, ...]:
    """Return the sessions of jumps: as often as the exercise says, never more than R-046 allows."""
    most = int(evidence.value("house_week.jumps_per_week"))
    return tuple(
        JumpDemand(key=f"{JUMPS} {n + 1}", minutes=item.minutes)
        for item in menu.jumps
        for n in range(min(item.times, most))
    )


def _daily(item: MenuItem, *, needed: bool) -> MobilityDemand:
    least = int(evidence.value("house_menu.ankle_days")) if needed and item.need == "ankle" else 0
    return MobilityDemand(
        key=item.exercise.name, minutes=item.minutes, days=item.times, at_least=min(least, item.times)
    )


def planned_sets(week: Week, menu: Menu, doses: Mapping[str, PlannedSet] | None = None) -> tuple[PlannedSet, ...]:
    """Return every exercise of the week on its day, as a plan stores it.

    Parameters
    ----------
    doses : exercise → the dose that its gate has moved it to; the menu's own dose where it is not named
    """
    items = {session.key: session.items for session in menu.sessions}
    items |= {item.exercise.name: (item,) for item in menu.daily}
    found: list[PlannedSet] = []
    for placed in week.sessions:
        listed = menu.jumps if placed.key.startswith(f"{JUMPS} ") else items.get(placed.key, ())
        for item in listed:
            found += _on(placed.date, item, doses or {})
    return tuple(found)


def _on(date: dt.date, item: MenuItem, doses: Mapping[str, PlannedSet]) -> Sequence[PlannedSet]:
    if item.id in doses:
        return (replace(doses[item.id], date=date),)
    return planned_each(parse_prescription(item.dose), date, item.id)


def planned_runs(week: Week) -> tuple[PlannedRun, ...]:
    """Return every run of the week on its day, as a plan stores it."""
    runs = ((placed.date, placed.what) for placed in week.sessions if isinstance(placed.what, RunDemand))
    return tuple(
        PlannedRun(
            date=date,
            km=run.km,
            minutes=run.minutes,
            target=run.kind.value,
            text=run.text if run.kind is not RunKind.RACE else f"race: {run.text}",
        )
        for date, run in runs
    )
