"""The sets of a week on their days, each at the dose to which its gate has moved it."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from gerdy.evidence import value
from gerdy.programme.prescriptions import parse_prescription, planned_each
from gerdy.programme.week.from_menu import JUMPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gerdy.programme.menu import Menu, MenuItem
    from gerdy.programme.state import ProgrammeState
    from gerdy.programme.week import Placed, Week
    from gerdy.records import PlannedSet


def dosed(week: Week, menu: Menu, state: ProgrammeState) -> tuple[PlannedSet, ...]:
    """Return every exercise of a week on its day.

    The worse side sets the dose of both; a lighter week has fewer sets at the same load (R-055).
    """
    lighter = any(one.rule == "R-055" for one in state.holds)
    found = (one for placed in week.sessions for item in items_of(placed, menu) for one in _sets(placed, item, state))
    return tuple(_lighter(one) if lighter else one for one in found)


def items_of(placed: Placed, menu: Menu) -> tuple[MenuItem, ...]:
    """Return the exercises of one placed part of a week; none for a run."""
    if placed.key.startswith(f"{JUMPS} "):
        return menu.jumps
    sessions = {session.key: session.items for session in menu.sessions}
    return sessions.get(placed.key, tuple(item for item in menu.daily if item.exercise.name == placed.key))


def _sets(placed: Placed, item: MenuItem, state: ProgrammeState) -> Iterator[PlannedSet]:
    stands = state.exercise(item.id)
    for first in planned_each(parse_prescription(item.dose), placed.date, item.id):
        yield first if stands is None else stands.dose(first)


def _lighter(one: PlannedSet) -> PlannedSet:
    return replace(one, sets=max(1, math.floor(one.sets * (1 - value("house_gates.deload_cut")))))
