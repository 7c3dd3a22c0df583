"""Divide the strength exercises into sessions: their order, what gives when minutes are short, how often each comes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gerdy import evidence
from gerdy.programme.menu import amounts
from gerdy.programme.menu.choose import CALM, FOLLOWS
from gerdy.programme.menu.dose import fewer_sets, minutes_of
from gerdy.programme.prescriptions import parse_prescription

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.programme.menu.choose import Pick
    from gerdy.programme.menu.menu import MenuItem, MenuSession
    from gerdy.programme.menu.query import MenuQuery


def in_order(picks: Sequence[Pick]) -> list[Pick]:
    """Calm first, then what has to follow it, then the rest; otherwise as the phase asks."""
    return sorted(picks, key=lambda one: (one.need.name != CALM, one.exercise.track not in FOLLOWS))


def divide(items: Sequence[MenuItem], query: MenuQuery) -> tuple[tuple[MenuItem, ...], ...]:
    """Return the strength exercises as one session, or as two that take turns.

    Where minutes are short sets are dropped first; where that is not enough, or after thin weeks (R-056), every other
    exercise goes into the other session, so that each pattern still comes once a week.
    """
    every = tuple(items)
    if _fits(every, query):
        return (every,)
    lean = tuple(_lean(item) for item in every) if not _short(every, query.minutes) else every
    if _fits(lean, query):
        return (lean,)
    work, calm = [i for i in lean if i.need != CALM], [i for i in lean if i.need == CALM]
    return tuple(_after_calm([*calm, *half]) for half in (work[0::2], work[1::2]) if half)


def _short(items: Sequence[MenuItem], minutes: float | None) -> bool:
    return minutes is None or sum(item.minutes for item in items) <= minutes


def _fits(items: Sequence[MenuItem], query: MenuQuery) -> bool:
    cut = amounts.thin_weeks(query.adherence).outcome == "cut"
    most = int(evidence.value("house_menu.few_exercises")) if cut else len(items)
    return _short(items, query.minutes) and len(items) <= most


def _lean(item: MenuItem) -> MenuItem:
    dose = fewer_sets(parse_prescription(item.dose))
    return replace(item, dose=str(dose), minutes=minutes_of(item.exercise, dose))


def _after_calm(items: Sequence[MenuItem]) -> tuple[MenuItem, ...]:
    """Drop the calming where none of the tracks that must follow it is in this half."""
    follows = any(item.exercise.track in FOLLOWS for item in items)
    return tuple(item for item in items if follows or item.need != CALM)


def counted(session: MenuSession, sessions: Sequence[MenuSession]) -> MenuSession:
    """Write into each exercise how often it really comes where sessions take turns."""

    def often(item: MenuItem) -> MenuItem:
        times = sum(any(other.id == item.id for other in one.items) for one in sessions)
        return item if times == item.times else replace(item, times=times, dose=_often(item.dose, times))

    return replace(session, items=tuple(often(item) for item in session.items))


def _often(dose: str, times: int) -> str:
    read = parse_prescription(dose)
    assert read.frequency is not None  # noqa: S101 - every dose of a session was given one
    return str(replace(read, frequency=replace(read.frequency, times=(float(times), float(times)))))
