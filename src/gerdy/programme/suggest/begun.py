"""On which days of the last week something new about the running really began (R-068)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from gerdy.evidence import value
from gerdy.outlook.history import between
from gerdy.programme.suggest.running_days import DAY, LONG_FROM
from gerdy.running.exposure import KIND, Change
from gerdy.running.sessions import asked_stage
from gerdy.running.stages import ORDER, stage

if TYPE_CHECKING:
    from gerdy.outlook.history import History


def begun(history: History, day: dt.date) -> tuple[Change, ...]:
    """Return the first runs of a stage from R10 on within the days before `day`.

    The ladder opens a stage on the morning after a green run; what is new begins with the first run that is planned
    as that stage, and the seven days of R-068 count from there.
    """
    first = day - int(value("house_ladder.one_change_days")) * DAY
    asked = [(fact.day, asked_stage(history, fact.day)) for fact in between(history.runs, dt.date.min, day - DAY)]
    found: dict[str, dt.date] = {}
    for ran, name in asked:
        if name is not None and ORDER.index(name) >= ORDER.index(LONG_FROM):
            found.setdefault(name, ran)
    return tuple(Change(ran, _kind(name)) for name, ran in found.items() if ran > first)


def _kind(name: str) -> str:
    opens = stage(name).opens
    return KIND.get(opens, opens)
