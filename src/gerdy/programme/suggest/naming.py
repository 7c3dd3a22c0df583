"""Names of sessions in the order of their days, where what they hold is the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gerdy.programme.suggest.doses import items_of
from gerdy.programme.week import MobilityDemand, RunDemand

if TYPE_CHECKING:
    from gerdy.programme.menu import Menu
    from gerdy.programme.week import Placed, Week


def in_order(week: Week, menu: Menu) -> Week:
    """Return the week with A before B and 1 before 2 among sessions that hold the same."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for number, placed in enumerate(week.sessions):
        if not isinstance(placed.what, RunDemand | MobilityDemand):
            groups.setdefault(_same(placed, menu), []).append(number)
    sessions = list(week.sessions)
    for places in groups.values():
        names = sorted(sessions[place].key for place in places)
        for place, name in zip(places, names, strict=True):
            sessions[place] = replace(sessions[place], what=replace(sessions[place].what, key=name))
    return replace(week, sessions=tuple(sessions))


def _same(placed: Placed, menu: Menu) -> tuple[object, ...]:
    return (replace(placed.what, key=""), *(item.id for item in items_of(placed, menu)))
