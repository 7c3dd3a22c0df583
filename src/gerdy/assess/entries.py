"""From a nested table to an `Assessment` record; every problem of a sheet is listed at once."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import TYPE_CHECKING, Any

from gerdy.assess.answers import clearances, group_answers, safety_answers
from gerdy.assess.results import result_entries
from gerdy.assess.sheet import GROUPS, TOP
from gerdy.errors import SheetInvalid, nearest
from gerdy.records import Assessment, Obtained

if TYPE_CHECKING:
    from gerdy.assess.sheet import Table


def assessment_from(table: Table, name: str, now: dt.datetime, runner_id: str | None = None) -> Assessment:
    """Return the record of a sheet.

    Parameters
    ----------
    table : from `gerdy.assess.sheet`
    name : of the sheet, for messages
    now : with time zone; the sheet's date is read in that zone
    runner_id : whose sheet it is; by default the sheet's own ``runner``, else ``me``

    Raises
    ------
    SheetInvalid : with every problem found
    """
    problems = [
        f"unknown part '{key}'; nearest: {', '.join(nearest(key, TOP)) or ', '.join(TOP)}"
        for key in table
        if key not in TOP
    ]
    problems += [
        f"'{group}' must be a list of entries, one a line, 'name: value'"
        for group in (*GROUPS, "safety", "tests")
        if not isinstance(table.get(group) or {}, dict)
    ]
    if problems:
        raise SheetInvalid(name, problems)
    answers: dict[str, Any] = {}
    for group in GROUPS:
        answers |= group_answers(group, table.get(group) or {}, problems)
    answers |= safety_answers(table.get("safety") or {}, problems)
    results, extra = result_entries(table.get("tests") or {}, problems)
    day = _day(table.get("date"), now, problems)
    cleared = clearances(table.get("clearance") or [], problems)
    if problems:
        raise SheetInvalid(name, problems)
    answers |= extra | ({"clearance": cleared} if cleared else {})
    runner = runner_id or str(table.get("runner") or "me")
    body = json.dumps([runner, str(day), answers, [str(item) for item in results]], sort_keys=True, default=str)
    return Assessment(
        id=f"assessment-{hashlib.sha256(body.encode()).hexdigest()[:16]}",
        runner_id=runner,
        event_time=dt.datetime.combine(day, dt.time(12), tzinfo=now.tzinfo),
        entered_at=now,
        by=str(table.get("by") or "me"),
        obtained=Obtained.MEASURED,
        results=results,
        answers=answers,
        text=str(table.get("note") or ""),
    )


def _day(given: Any, now: dt.datetime, problems: list[str]) -> dt.date:
    if given is None:
        return now.date()
    try:
        day = dt.date.fromisoformat(str(given)[:10])
    except ValueError:
        problems.append(f"date is '{given}'; write it as 2026-11-20")
        return now.date()
    if day > now.date():
        problems.append(f"date {day} lies in the future; today is {now.date()}")
    return day
