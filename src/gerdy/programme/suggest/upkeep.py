"""A week of maintenance as a menu, so that the planner lays it out like any other week."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gerdy.programme.exercises import exercise, substitutes
from gerdy.programme.menu import LeftOut, Menu, MenuItem, MenuSession
from gerdy.programme.menu.dose import minutes_of
from gerdy.programme.menu.pick import equipment_of, is_open
from gerdy.programme.prescriptions import Frequency, parse_prescription
from gerdy.records import Decision, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.programme.exercises import Exercise
    from gerdy.programme.maintenance import Maintenance, Work
    from gerdy.programme.menu import MenuQuery

WHY: Final = {
    "heavy": Reason(text="Heavy and seldom keeps strength.", evidence=("spiering2021.sessions_to_hold",)),
    "control": Reason(text="A short session keeps control and endurance.", evidence=("house_maintenance.sets",)),
    "range": Reason(text="A range that was short is kept.", evidence=("house_maintenance.range_sessions",)),
}


def upkeep_menu(kept: Maintenance, query: MenuQuery) -> Menu:
    """Return the menu of a week of P5.

    Landings stand by themselves, because the planner keeps them fresh and apart; an exercise whose equipment is
    missing, that rests, or that is not open yet is replaced by its nearest (R-050) or left out with the reason.
    """
    chosen = [(work, _nearest(work.exercise_id, query)) for work in kept.work]
    items = [_item(work, found) for work, found in chosen if found is not None]
    left = tuple(
        LeftOut(need=work.slot, exercise_id=work.exercise_id, why=Reason(text="Not open now, and nothing near it is."))
        for work, found in chosen
        if found is None
    )
    return Menu(
        phase="P5",
        sessions=_sessions([item for item in items if item.where != "jumps"], kept, query),
        daily=(),
        jumps=tuple(item for item in items if item.where == "jumps"),
        left_out=left,
        decisions=(*kept.decisions, _no_ankle_first()),
    )


def _nearest(exercise_id: str, query: MenuQuery) -> Exercise | None:
    if is_open(exercise_id, query):
        return exercise(exercise_id)
    near = substitutes(exercise(exercise_id), query.equipment, "gym" if query.gym else "home")
    return next((found for found in near if is_open(found.id, query)), None)


def _item(work: Work, found: Exercise) -> MenuItem:
    dose = parse_prescription(found.dose)
    sets = (float(work.sets), float(work.sets))
    often = Frequency(times=(float(work.per_week), float(work.per_week)))
    kept = replace(dose, sets=sets, frequency=often)
    return MenuItem(
        exercise=found,
        need=work.slot,
        dose=str(kept),
        where="jumps" if found.plyometric else work.session,
        times=work.per_week,
        minutes=minutes_of(found, kept),
        why=(WHY[work.session],),
    )


def _sessions(items: Sequence[MenuItem], kept: Maintenance, query: MenuQuery) -> tuple[MenuSession, ...]:
    """Return heavy sessions and short ones; range work is done at the end of both kinds, heavy ones first."""
    heavy, control, ranges = ([item for item in items if item.where == kind] for kind in ("heavy", "control", "range"))
    found = [
        *(("heavy", n, heavy) for n in range(kept.heavy)),
        *(("control", n, control) for n in range(kept.control if control else 0)),
    ]
    return tuple(
        _session(kind, n, [*held, *(ranges if place < max(kept.ranges, 0) else [])], query)
        for place, (kind, n, held) in enumerate(found)
        if held
    )


def _session(kind: str, number: int, items: Sequence[MenuItem], query: MenuQuery) -> MenuSession:
    """Return one session; what is new to the runner is new only in the first of its kind, so that one comes first."""
    new = any(item.exercise.eccentric and item.id not in query.known for item in items)
    return MenuSession(
        key=f"{kind} {'ABC'[number]}",
        items=tuple(items),
        minutes=round(sum(item.minutes for item in items), 1),
        heavy=kind == "heavy",
        after=f"{kind} A" if new and number else "",
        novel=new and not number,
        equipment=tuple(dict.fromkeys(piece for item in items for piece in equipment_of(item.exercise, query))),
        place="gym" if query.gym else "",
    )


def _no_ankle_first() -> Decision:
    return Decision(outcome="none", rule="R-024", reasons=(Reason(text="The runner runs already."),))
