"""The record as it would be if a suggested run were done and went well."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from gerdy.outlook.history import Dated
from gerdy.programme.suggest.running_days import DAY, pace_s_per_km
from gerdy.records import MorningAnswer, PainEntry, PainMoment, Run, Side

if TYPE_CHECKING:
    from gerdy.outlook.history import History
    from gerdy.records import PlannedRun

REST_STAGE: Final = "R0"


def as_if_green(history: History, planned: PlannedRun | None) -> History:
    """Return the history with a run done as suggested, without pain then or on the next morning."""
    if planned is None or planned.target == REST_STAGE or not planned.minutes:
        return history
    day, zone = planned.date, history.zone
    noon, morning = (dt.datetime.combine(d, dt.time(12), zone) for d in (day, day + DAY))
    head: dict[str, Any] = {"runner_id": history.runner_id, "entered_at": noon}
    km = planned.km or planned.minutes * 60 / pace_s_per_km(history, day)
    run = Run(id=f"if-run-{day}", event_time=noon, distance_m=km * 1000, moving_s=planned.minutes * 60, **head)
    felt = PainEntry(
        id=f"if-pain-{day}",
        event_time=noon,
        score=0,
        moment=PainMoment.DURING,
        side=Side.BOTH,
        activity=run.id,
        settled_min=0,
        **head,
    )
    woke = MorningAnswer(id=f"if-morning-{day}", event_time=morning, stairs_down=0, side=Side.BOTH, **head)
    return replace(
        history,
        runs=(*history.runs, Dated(day, run)),
        pains=(*history.pains, Dated(day, felt)),
        mornings=(*history.mornings, Dated(day + DAY, woke)),
    )
