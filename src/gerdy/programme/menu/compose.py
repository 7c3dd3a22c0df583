"""From facts to a menu: choose, dose, and divide into sessions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gerdy import evidence
from gerdy.errors import ProgrammeError
from gerdy.programme.menu import amounts, judges
from gerdy.programme.menu.arrange import counted, divide, in_order
from gerdy.programme.menu.choose import CALM, choose
from gerdy.programme.menu.dose import is_long, minutes_of, starting_dose
from gerdy.programme.menu.menu import Menu, MenuItem, MenuSession
from gerdy.programme.menu.pick import equipment_of
from gerdy.programme.menu.template import template
from gerdy.programme.prescriptions import Unit, parse_prescription
from gerdy.records import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.programme.menu.choose import Pick
    from gerdy.programme.menu.query import MenuQuery
    from gerdy.programme.menu.template import Template
    from gerdy.records import Decision

NAMES = "ABCDEFG"


def menu(query: MenuQuery) -> Menu:
    """Return which exercises a phase asks for, at which dose, in which sessions.

    Raises
    ------
    ProgrammeError : the phase has no menu, or the week would hold isolated work alone for too long (R-043)
    """
    asked = template(query.phase)
    choice = choose(asked, query)
    ramp = amounts.ramp(query.strength_weeks, novice=query.novice)
    count = _sessions(asked, query)
    strength = [one for one in choice.picks if one.need.where == "strength"]
    parts = divide([_item(one, query, ramp.outcome, count) for one in in_order(strength)], query)
    sessions = tuple(_session(n, parts, query, ramp.outcome) for n in range(count) if strength)
    daily, jumps = (tuple(_beside(one, where) for one in choice.picks if one.need.where == where) for where in _BESIDE)
    plan = Menu(
        phase=query.phase,
        sessions=tuple(counted(session, sessions) for session in sessions),
        daily=daily,
        jumps=jumps,
        left_out=choice.left,
        decisions=(*choice.decisions, ramp),
    )
    return replace(plan, decisions=(*plan.decisions, *_checks(plan, query)))


_BESIDE = ("daily", "jumps")


def _sessions(asked: Template, query: MenuQuery) -> int:
    """Return how many strength sessions: as wished, within what the phase asks for (R-041)."""
    table: Any = evidence.entry("house_menu.sessions").value
    fewest, most = (int(count) for count in table[asked.phase])
    return most if query.days is None else min(max(query.days, fewest), most)


def _item(one: Pick, query: MenuQuery, ramp: str, times: int) -> MenuItem:
    dose = starting_dose(one.exercise, one.need.dose, ramp=ramp, tires="C3" in query.active, times=times)
    return MenuItem(
        exercise=one.exercise,
        need=one.need.name,
        dose=str(dose),
        where="strength",
        times=times,
        minutes=minutes_of(one.exercise, dose),
        why=(Reason(text=one.need.why, evidence=one.need.evidence),),
    )


def _beside(one: Pick, where: str) -> MenuItem:
    dose = starting_dose(one.exercise, one.need.dose, ramp="full", tires=False, times=None)
    often = dose.frequency
    times = 7 if often is None or often.per == "day" else int(often.times[1])
    return MenuItem(
        exercise=one.exercise,
        need=one.need.name,
        dose=str(dose),
        where=where,
        times=times,
        minutes=one.exercise.minutes,
        why=(Reason(text=one.need.why, evidence=one.need.evidence),),
    )


def _session(number: int, parts: Sequence[tuple[MenuItem, ...]], query: MenuQuery, ramp: str) -> MenuSession:
    """Return one session; what is new in it is new only in the first session that holds it, so that one comes first."""
    items = parts[number % len(parts)]
    new = any(item.exercise.eccentric and item.id not in query.known for item in items)
    first = number < len(parts)
    return MenuSession(
        key=f"strength {NAMES[number]}",
        items=items,
        minutes=round(sum(item.minutes for item in items), 1),
        heavy=ramp == "full" and query.phase != "P1" and any(item.exercise.heavy for item in items),
        novel=new and first,
        after=f"strength {NAMES[number % len(parts)]}" if new and not first else "",
        equipment=tuple(dict.fromkeys(piece for item in items for piece in equipment_of(item.exercise, query))),
        place="gym" if query.gym or any(item.exercise.place == ("gym",) for item in items) else "",
    )


def _checks(plan: Menu, query: MenuQuery) -> tuple[Decision, ...]:
    """Judge the finished week by the rules that look at all of it.

    Raises
    ------
    ProgrammeError : isolated work alone for too long (R-043)
    """
    tracks = {item.exercise.track for item in plan.items}
    alone = judges.isolated(query.isolated_weeks, tracks)
    if alone.outcome == "generator error":
        raise ProgrammeError(f"{alone.reasons[0].text} Open one of them: allow more exercises or more equipment.")
    long = [
        item for item in plan.items if is_long(parse_prescription(item.dose)) and "C3" in item.exercise.contributors
    ]
    often = max((item.times for item in long), default=0)
    calm = tuple(found for session in plan.sessions if (found := _calm(session)) is not None)
    pattern = (judges.patterns({item.id for item in plan.items}),) if query.phase in {"P2", "P3"} else ()
    return (alone, amounts.endurance(query.active, often), *pattern, *calm[:1])


def _calm(session: MenuSession) -> Decision | None:
    """Judge the calming of one session, where it has any (R-047)."""
    for place, item in enumerate(session.items):
        if item.need != CALM:
            continue
        gaps: dict[str, float] = {}
        clock = 0.0
        for later in session.items[place + 1 :]:
            gaps.setdefault(later.exercise.track, clock)
            clock += later.minutes
        dose = parse_prescription(item.dose)
        seconds = dose.amount[1] if dose.unit is Unit.SECONDS else 0.0
        return judges.calm_first(item.exercise.name, dose.sets[1], seconds, gaps)
    return None
