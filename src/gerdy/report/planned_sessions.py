"""The sessions of a plan over all its versions: which is which after a change, and how often it changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from gerdy import evidence

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from gerdy.records import PlannedRun, PlannedSet, PlanVersion

RUN: Final = "run"
STRENGTH: Final = "strength"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSession:
    """A run, or all strength sets of one day.

    Parameters
    ----------
    kind : ``run`` or ``strength``
    minutes : how long its entry is
    title, text : for the calendar
    """

    kind: str
    date: dt.date
    minutes: float
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """A session with its lasting name.

    Parameters
    ----------
    key : stays when the session is moved or rewritten
    sequence : how often it changed since it was first planned
    cancelled : whether the newest version no longer holds it
    """

    key: str
    session: PlannedSession
    sequence: int = 0
    cancelled: bool = False


def tracked_sessions(versions: Iterable[PlanVersion], names: Mapping[str, str] | None = None) -> tuple[Tracked, ...]:
    """Follow the sessions of one plan through its versions.

    A session of a newer version is the one of the same kind on the same day; else the one of the same kind
    that this week lost, in the order of the days; else a new one. What lies before a version's first day is
    history and stays.

    Parameters
    ----------
    versions : of one plan, in any order
    names : exercise id → name; an id without a name is shown as it is

    Returns
    -------
    by date, run before strength
    """
    known: dict[str, Tracked] = {}
    for version in sorted(versions, key=lambda v: v.version):
        known = _next_version(known, version, names or {})
    return tuple(sorted(known.values(), key=lambda t: (t.session.date, t.session.kind, t.key)))


def sessions_of(version: PlanVersion, names: Mapping[str, str] | None = None) -> tuple[PlannedSession, ...]:
    """Return the sessions of one version: each run, and the strength sets of each day together."""
    days = sorted({s.date for s in version.sets})
    strength = (_strength(day, [s for s in version.sets if s.date == day], names or {}) for day in days)
    return (*(_run(run) for run in version.runs), *strength)


def _next_version(known: dict[str, Tracked], version: PlanVersion, names: Mapping[str, str]) -> dict[str, Tracked]:
    past = {key: t for key, t in known.items() if t.session.date < version.starts}
    open_ = {key: t for key, t in known.items() if key not in past}
    wanted = sorted(sessions_of(version, names), key=lambda s: (s.date, s.kind))
    found = _same_day(open_, wanted)
    found |= _same_week(open_, wanted, found)
    kept = {key: _changed(open_[key], wanted[index]) for index, key in found.items()}
    gone = {key: _cancelled(t) for key, t in open_.items() if key not in kept}
    merged = past | gone | kept
    for index, session in enumerate(wanted):
        if index not in found:
            key = _new_key(session, merged)
            merged[key] = Tracked(key=key, session=session)
    return merged


def _same_day(open_: Mapping[str, Tracked], wanted: list[PlannedSession]) -> dict[int, str]:
    """Return index → key of the sessions that stand where they stood; cancelled ones come back last."""
    found: dict[int, str] = {}
    for index, session in enumerate(wanted):
        here = [t for t in open_.values() if t.session.kind == session.kind and t.session.date == session.date]
        free = sorted((t for t in here if t.key not in found.values()), key=lambda t: (t.cancelled, t.key))
        if free:
            found[index] = free[0].key
    return found


def _same_week(open_: Mapping[str, Tracked], wanted: list[PlannedSession], taken: dict[int, str]) -> dict[int, str]:
    """Return index → key of the sessions that moved within their week."""
    found: dict[int, str] = {}
    for index, session in enumerate(wanted):
        used = {*taken.values(), *found.values()}
        lost = [t for t in open_.values() if t.key not in used and not t.cancelled and _fits(t.session, session)]
        if index not in taken and lost:
            found[index] = min(lost, key=lambda t: (t.session.date, t.key)).key
    return found


def _fits(old: PlannedSession, new: PlannedSession) -> bool:
    return old.kind == new.kind and old.date.isocalendar()[:2] == new.date.isocalendar()[:2]


def _changed(before: Tracked, session: PlannedSession) -> Tracked:
    if before.session == session and not before.cancelled:
        return before
    return replace(before, session=session, sequence=before.sequence + 1, cancelled=False)


def _cancelled(before: Tracked) -> Tracked:
    return before if before.cancelled else replace(before, sequence=before.sequence + 1, cancelled=True)


def _new_key(session: PlannedSession, known: Mapping[str, Tracked]) -> str:
    base = f"{session.kind}-{session.date.isoformat()}"
    count = sum(key == base or key.startswith(f"{base}-") for key in known)
    return f"{base}-{count + 1}" if count else base


def _run(run: PlannedRun) -> PlannedSession:
    length = [f"{run.km:g} km"] if run.km is not None else []
    length += [f"{run.minutes:g} min"] if run.minutes is not None and run.km is None else []
    title = " ".join(filter(None, ("Run", run.target, *length)))
    minutes = evidence.value("house_calendar.run_minutes") if run.minutes is None else run.minutes
    return PlannedSession(kind=RUN, date=run.date, minutes=minutes, title=title, text=run.text)


def _strength(day: dt.date, sets: list[PlannedSet], names: Mapping[str, str]) -> PlannedSession:
    lines = [item.text or names.get(item.exercise_id, item.exercise_id) for item in sets]
    minutes = evidence.value("house_calendar.strength_minutes")
    return PlannedSession(
        kind=STRENGTH, date=day, minutes=minutes, title=f"Strength ({len(sets)})", text="\n".join(lines)
    )
