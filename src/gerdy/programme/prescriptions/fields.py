"""A prescription on a day: the plain fields that a plan stores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gerdy.programme.prescriptions.say import say_effort
from gerdy.programme.prescriptions.words import Sides, Unit
from gerdy.records import PlannedSet, Side

if TYPE_CHECKING:
    import datetime as dt

    from gerdy.programme.prescriptions.value import Prescription

_SIDES: Final = {
    Sides.EACH: (Side.LEFT, Side.RIGHT),
    Sides.LEFT: (Side.LEFT,),
    Sides.RIGHT: (Side.RIGHT,),
    Sides.TOGETHER: (Side.BOTH,),
}
PERCENT: Final = 100


def planned(item: Prescription, date: dt.date, exercise_id: str) -> PlannedSet:
    """Return the sets of one day as one record; *each side* stands as both sides.

    The lower end of a range of sets, seconds and load is planned: it is what has to be done, the text says what may be.
    Breaths and contacts stand as repetitions; metres stand in the text alone.
    """
    sides = _SIDES[item.sides]
    return _planned(item, date, exercise_id, sides[0] if len(sides) == 1 else Side.BOTH)


def planned_each(item: Prescription, date: dt.date, exercise_id: str) -> tuple[PlannedSet, ...]:
    """Return one record for each side that is done by itself, as `parse_done_sets` does for what was done."""
    return tuple(_planned(item, date, exercise_id, side) for side in _SIDES[item.sides])


def _planned(item: Prescription, date: dt.date, exercise_id: str, side: Side) -> PlannedSet:
    low, high = item.amount
    counted = item.unit in {Unit.REPS, Unit.BREATHS, Unit.CONTACTS}
    return PlannedSet(
        date=date,
        exercise_id=exercise_id,
        sets=int(item.sets[0]),
        reps=(int(low), int(high)) if counted else None,
        seconds=low if item.unit is Unit.SECONDS else None,
        side=side,
        load_kg=item.load_kg[0] if item.load_kg else None,
        load_body_mass=item.body_mass_percent[0] / PERCENT if item.body_mass_percent else None,
        target=say_effort(item),
        text=str(item),
    )
