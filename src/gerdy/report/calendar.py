"""A plan as a calendar file: floating local times, lasting ids, rising sequence numbers (RFC 5545)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid5

from icalendar import Calendar, Event

from gerdy import evidence
from gerdy.errors import ProgrammeError
from gerdy.report.planned_sessions import RUN, tracked_sessions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gerdy.records import PlanVersion
    from gerdy.report.planned_sessions import Tracked

SPACE: Final = UUID("7c0b6f0e-2f0f-5d5e-9a52-6d2f6e0c7a11")
"""Names of sessions live in this space, so that two calendars never share an id."""


def plan_calendar(
    versions: Sequence[PlanVersion],
    *,
    names: Mapping[str, str] | None = None,
    run_at: dt.time | None = None,
    strength_at: dt.time | None = None,
) -> bytes:
    """Return the calendar of a plan as its newest version stands.

    A session keeps its id when it is moved or rewritten, and its sequence number rises, so that a calendar
    program changes its entry instead of adding one. What the plan no longer holds is sent as cancelled.

    Parameters
    ----------
    versions : all versions of one plan, in any order
    names : exercise id → name, for sets without a text
    run_at, strength_at : local times of day; None takes the registered ones

    Raises
    ------
    ProgrammeError : no version, or versions of several plans
    """
    plans = {version.plan_id for version in versions}
    if len(plans) != 1:
        raise ProgrammeError(f"a calendar is made of one plan, seen {len(plans)}; choose the versions of one plan.")
    newest = max(versions, key=lambda version: version.version)
    hours = {RUN: run_at or _hour("run_hour")}
    calendar = Calendar()
    calendar.add("prodid", "-//gerdy//plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for tracked in tracked_sessions(versions, names):
        at = hours.get(tracked.session.kind, strength_at or _hour("strength_hour"))
        calendar.add_component(_event(newest, tracked, at))
    return calendar.to_ical()


def session_uid(plan: PlanVersion, key: str) -> str:
    """Return the id of a session: the same for every version of the plan and on every machine."""
    return str(uuid5(SPACE, f"{plan.runner_id}/{plan.plan_id}/{key}"))


def _event(plan: PlanVersion, tracked: Tracked, at: dt.time) -> Event:
    session = tracked.session
    event = Event()
    event.add("uid", session_uid(plan, tracked.key))
    event.add("dtstamp", plan.entered_at.astimezone(dt.UTC))
    event.add("dtstart", dt.datetime.combine(session.date, at))
    event.add("duration", dt.timedelta(minutes=session.minutes))
    event.add("summary", session.title)
    event.add("description", session.text)
    event.add("sequence", tracked.sequence)
    event.add("status", "CANCELLED" if tracked.cancelled else "CONFIRMED")
    return event


def _hour(name: str) -> dt.time:
    return dt.time(int(evidence.value(f"house_calendar.{name}")))
