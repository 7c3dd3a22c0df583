"""A suggested week as a plan version: a plan is a week, and a change makes its next version."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from gerdy.outlook.volume import plans_in_force
from gerdy.programme.suggest.running_days import DAY
from gerdy.programme.week import RunDemand, RunKind
from gerdy.records import Obtained, PlannedRun, PlanVersion

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from gerdy.outlook.history import History
    from gerdy.programme.state import ProgrammeState
    from gerdy.programme.suggest.runs import SuggestedRun
    from gerdy.programme.suggest.week import SuggestedWeek

RACE: Final = "race"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What a new entry needs and no rule knows.

    Parameters
    ----------
    id : of the entry; at : when it is made; by : who asked for it
    """

    id: str
    at: dt.datetime
    by: str


def plan_id_of(starts: dt.date) -> str:
    """Return the name of the plan of a week."""
    return f"week-{starts.isoformat()}"


def version_of(found: SuggestedWeek, state: ProgrammeState, history: History, stamp: Stamp) -> PlanVersion:
    """Return the week as the next version of its plan.

    What the version before held on days that are over stays in it, so that what was done is judged by what was asked.
    """
    before = standing_version(history, found.starts)
    now = state.now
    runs = [one.run for one in found.runs if one.run is not None] + _races(found)
    past_runs = [run for run in before.runs if run.date < now] if before else []
    past_sets = [one for one in before.sets if one.date < now] if before else []
    return PlanVersion(
        id=stamp.id,
        runner_id=history.runner_id,
        event_time=stamp.at,
        entered_at=stamp.at,
        by=stamp.by,
        obtained=Obtained.COMPUTED,
        plan_id=plan_id_of(found.starts),
        version=before.version + 1 if before else 1,
        phase=found.menu.phase,
        starts=found.starts,
        ends=found.starts + 6 * DAY,
        runs=(*past_runs, *sorted((run for run in runs if run.date >= now), key=lambda run: run.date)),
        sets=(*past_sets, *(one for one in found.sets if one.date >= now)),
        why="; ".join(reasons_of(state)),
    )


def standing_version(history: History, starts: dt.date) -> PlanVersion | None:
    """Return the newest version of the plan of a week; None where there is none."""
    plans = (plan for plan in plans_in_force(history, starts + 6 * DAY) if plan.plan_id == plan_id_of(starts))
    return next(plans, None)


def is_new(version: PlanVersion, history: History) -> bool:
    """Whether a version differs from the one before it in what it asks for."""
    before = standing_version(history, version.starts)
    same = before is not None and (before.phase, before.runs, before.sets) == (
        version.phase,
        version.runs,
        version.sets,
    )
    return not same


def with_runs(before: PlanVersion, runs: Sequence[SuggestedRun], stamp: Stamp) -> PlanVersion:
    """Return the next version of a plan with the runs of some days written anew, and all else as it stands."""
    days = {one.day for one in runs}
    kept = [run for run in before.runs if run.date not in days]
    written = [one.run for one in runs if one.run is not None]
    return replace(
        before,
        id=stamp.id,
        event_time=stamp.at,
        entered_at=stamp.at,
        by=stamp.by,
        version=before.version + 1,
        runs=tuple(sorted((*kept, *written), key=lambda run: run.date)),
    )


def reasons_of(state: ProgrammeState) -> tuple[str, ...]:
    """Return in short why the plan is as it is: the phase and since when, and what holds it."""
    assert state.phase is not None  # noqa: S101 - a plan is refused before the first assessment
    last = state.phase.steps[-1] if state.phase.steps else None
    first = f"{state.phase.phase} since {state.phase.since.isoformat()}"
    because = f": {last.decision.reasons[0].text}" if last and last.decision.reasons else ""
    return (f"{first}{because}", *(one.reasons[0].text for one in state.holds))


def _races(found: SuggestedWeek) -> list[PlannedRun]:
    placed = ((item.date, item.what) for item in found.week.sessions)
    return [
        PlannedRun(date=date, km=run.km, target=RACE, text=f"race: {run.text}")
        for date, run in placed
        if isinstance(run, RunDemand) and run.kind is RunKind.RACE
    ]
