"""The runs of a week on their days, as they will be if every run before them is green."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gerdy.evidence import value
from gerdy.programme.state import ladder_of
from gerdy.programme.suggest.as_if import REST_STAGE, as_if_green
from gerdy.programme.suggest.begun import begun
from gerdy.programme.suggest.running_days import (
    DAY,
    LONG_FROM,
    easy_km,
    long_run_km,
    pace_s_per_km,
    still_runs,
    usual_week_km,
)
from gerdy.programme.week import RunKind
from gerdy.records import PlannedRun
from gerdy.running.colour import RED
from gerdy.running.easing import daily_pain, last_onset, volume_cut
from gerdy.running.exposure import KIND, changes, one_change
from gerdy.running.ladder_workout import stage_workout
from gerdy.running.next_run import PlannedWorkout, next_run
from gerdy.running.sessions import sessions
from gerdy.running.stages import ORDER, stage

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from gerdy.outlook.history import History
    from gerdy.programme.facts import Facts
    from gerdy.programme.phases import PhaseState
    from gerdy.programme.state import ProgrammeState
    from gerdy.records import Decision, Wishes
    from gerdy.running.exposure import Change
    from gerdy.running.ladder import LadderState
    from gerdy.running.workout import RunWorkout


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedRun:
    """One run on its day.

    Parameters
    ----------
    run : as a plan stores it
    workout : in steps, for a watch; None for a refusal
    change : what is new in it (R-068); empty for nothing
    decisions : what allowed, cut or refused it
    """

    day: dt.date
    kind: RunKind
    run: PlannedRun | None
    workout: RunWorkout | None
    change: str
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class _Ahead:
    """What a run is suggested from: the record, with the runs before it as if they were green."""

    facts: Facts
    phase: PhaseState | None
    wishes: Wishes
    others: int
    flare: Decision | None

    @property
    def history(self) -> History:
        return self.facts.history

    def on(self, day: dt.date) -> _Ahead:
        return replace(self, facts=replace(self.facts, day=day))

    def ladder(self) -> LadderState | None:
        return ladder_of(self.facts, self.phase)


def runs_on(
    facts: Facts,
    state: ProgrammeState,
    wishes: Wishes,
    days: Sequence[dt.date],
    long_day: dt.date | None = None,
    *,
    others: int | None = None,
) -> tuple[SuggestedRun, ...]:
    """Return what to run on some days to come.

    Parameters
    ----------
    days : in order; the first is the next run, each later one assumes that those before were green
    long_day : which of them is the long run, from R10 on
    others : runs of the week beside the long one; None where `days` are the whole week
    """
    flare = state.decision("R-087")
    ahead = _Ahead(
        facts,
        state.phase,
        wishes,
        max(len(days) - 1, 0) if others is None else others,
        None if flare is None else flare.decision,
    )
    found = []
    for day in days:
        one = _run(ahead.on(day), day, long_run=day == long_day)
        found.append(one)
        ahead = replace(ahead, facts=replace(facts, history=as_if_green(ahead.history, one.run)))
    return tuple(found)


def _run(ahead: _Ahead, day: dt.date, *, long_run: bool) -> SuggestedRun:
    state = ahead.ladder()
    if state is None:
        return _before_the_ladder(ahead, day)
    if ORDER.index(state.stage) >= ORDER.index(LONG_FROM):
        return _after_the_ladder(ahead, state, day, long_run=long_run)
    kind = RunKind.WALK_RUN if stage(state.stage).walk_min else RunKind.EASY
    return _told(next_run(ahead.history, state, day, with_strides=True), kind, day, change=_moved(state))


def _before_the_ladder(ahead: _Ahead, day: dt.date) -> SuggestedRun:
    """P1 and P2: what is left of the running where it goes on (R-031), else a brisk walk."""
    history = ahead.history
    daily = daily_pain(history, day)
    if daily.outcome.startswith("P1"):
        return SuggestedRun(day=day, kind=RunKind.WALK_RUN, run=None, workout=None, change="", decisions=(daily,))
    done = sessions(history, day - int(value("house_plan.still_running_days")) * DAY, day - DAY)
    runs = [one for one in done if not one.walked]
    cut = volume_cut(runs[-1].colour.outcome, _onset_m(history, day)) if runs and still_runs(history, day) else None
    if cut is None or runs[-1].colour.outcome == RED or (week := usual_week_km(history, day)) is None:
        return _walk(day, () if cut is None else (cut.decision,))
    each = week * sum(cut.week_share) / 2 / (ahead.others + 1)
    km = each if cut.run_at_most_m is None else min(each, cut.run_at_most_m / 1000)
    return _easy(ahead, day, km, "eased", "flat, stop at pain of 3", (cut.decision,))


def _after_the_ladder(ahead: _Ahead, state: LadderState, day: dt.date, *, long_run: bool) -> SuggestedRun:
    """From R10 on: a long run that grows, and runs that bring one new thing at a time (R-068)."""
    past = (*changes(ahead.history, state, day - DAY), *begun(ahead.history, day))
    grows = one_change("distance", past, day)
    long_km = long_run_km(ahead.history, day, ahead.wishes.long_run_km, grow=grows.outcome == "may change")
    asked, spoken = _stage_today(state, past, day)
    if long_run:
        # A long run is no hill session: it counts as the first stage of this block, whatever else is open.
        flat = replace(state, stage=LONG_FROM)
        told = next_run(ahead.history, flat, day, wanted_min=_minutes(ahead, day, long_km))
        return _told(told, RunKind.LONG, day, km=long_km, decisions=(grows,), note="long run, easy")
    km = easy_km(ahead.history, day, ahead.wishes, long_km or 0.0, ahead.others, ahead.flare)
    least = stage(asked).total_min if ahead.flare is None else 0.0
    wanted = None if km is None else max(_minutes(ahead, day, km) or 0.0, least)
    told = next_run(ahead.history, replace(state, stage=asked), day, wanted_min=wanted)
    hilly = not stage(asked).flat and asked not in {LONG_FROM, "H5"}
    return _told(told, RunKind.QUALITY if hilly else RunKind.EASY, day, target=asked, decisions=(spoken,))


def _stage_today(state: LadderState, past: Sequence[Change], day: dt.date) -> tuple[str, Decision]:
    """Return the stage to run today: the one reached, or the one before it while something else has just changed."""
    kind = KIND.get(stage(state.stage).opens, stage(state.stage).opens)
    spoken = one_change(kind, past, day)
    if spoken.outcome == "wait" and ORDER.index(state.stage) > ORDER.index(LONG_FROM):
        return ORDER[ORDER.index(state.stage) - 1], spoken
    return state.stage, spoken


def _told(
    told: PlannedWorkout | Decision,
    kind: RunKind,
    day: dt.date,
    *,
    km: float | None = None,
    target: str = "",
    change: str = "",
    decisions: tuple[Decision, ...] = (),
    note: str = "",
) -> SuggestedRun:
    if not isinstance(told, PlannedWorkout):
        return SuggestedRun(day=day, kind=kind, run=None, workout=None, change="", decisions=(*decisions, told))
    planned = told.planned()
    text = f"{note}: {planned.text}" if note else planned.text
    run = replace(planned, km=km, target=target or planned.target, text=text)
    return SuggestedRun(
        day=day, kind=kind, run=run, workout=told.workout, change=change, decisions=(*decisions, *told.decisions)
    )


def _walk(day: dt.date, decisions: tuple[Decision, ...]) -> SuggestedRun:
    workout = stage_workout(stage(REST_STAGE))
    assert workout is not None  # noqa: S101 - a walk has minutes
    run = PlannedRun(date=day, minutes=workout.total_min, target=REST_STAGE, text=workout.text())
    return SuggestedRun(day=day, kind=RunKind.WALK_RUN, run=run, workout=workout, change="", decisions=decisions)


def _easy(
    ahead: _Ahead, day: dt.date, km: float, target: str, note: str, decisions: tuple[Decision, ...]
) -> SuggestedRun:
    shown = round(km, 1)
    minutes = _minutes(ahead, day, shown) or 0.0
    run = PlannedRun(date=day, km=shown, minutes=round(minutes), target=target, text=f"{shown:g} km easy; {note}")
    return SuggestedRun(day=day, kind=RunKind.EASY, run=run, workout=None, change="", decisions=decisions)


def _minutes(ahead: _Ahead, day: dt.date, km: float | None) -> float | None:
    return None if km is None else km * pace_s_per_km(ahead.history, day) / 60


def _onset_m(history: History, day: dt.date) -> float | None:
    found = last_onset(history, day)
    return None if found is None else found.metres


def _moved(state: LadderState) -> str:
    return "distance" if state.action == "advance" else ""
