"""The next run: the stage's workout inside every guard, or the decision that refuses it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.outlook.history import up_to
from gerdy.records import PlannedRun
from gerdy.running.easing import daily_pain, last_onset
from gerdy.running.exposure import strides
from gerdy.running.guards import distance_cap_m, easy_min_after_pause, length, minutes_cap, pause, rest_day
from gerdy.running.ladder import AFTER_PAUSE
from gerdy.running.ladder_workout import easy_workout, stage_workout
from gerdy.running.say import decide
from gerdy.running.stages import ORDER, stage, stage_at

if TYPE_CHECKING:
    import datetime as dt

    from gerdy.outlook.history import History
    from gerdy.records import Decision
    from gerdy.running.ladder_state import LadderState
    from gerdy.running.workout import RunWorkout

ONSET_SHARE: Final = "house_running.onset_share_first"
LONG: Final = "R10"
"""From here the length of a run follows the longest one, not the stage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedWorkout:
    """A run that may be planned for a day.

    Parameters
    ----------
    stage : of the ladder
    minutes : in all, walking included
    at_most_m : R-064's cap in metres for this day; None where no earlier run has a distance
    decisions : what allowed it and what cut it
    """

    day: dt.date
    stage: str
    workout: RunWorkout
    minutes: float
    at_most_m: float | None
    decisions: tuple[Decision, ...]

    def planned(self) -> PlannedRun:
        """Return the run as a plan stores it; `target` names the stage, by which it is judged later."""
        cap = "" if self.at_most_m is None else f" At most {self.at_most_m / 1000:.1f} km."
        return PlannedRun(date=self.day, minutes=self.minutes, target=self.stage, text=f"{self.workout.text()}.{cap}")


def next_run(
    history: History,
    state: LadderState,
    day: dt.date,
    *,
    onset_min: float | None = None,
    wanted_min: float | None = None,
    with_strides: bool = False,
) -> PlannedWorkout | Decision:
    """Return the run for `day`, or the decision that refuses it.

    Parameters
    ----------
    history : facts up to the day before `day` at most count
    onset_min : minutes of running after which the pain used to begin; None takes the journal's last one
    wanted_min : length of the run from R10 on, for example of the long run; None takes the stage's
    with_strides : offer flat strides where R-069 allows them
    """
    past = up_to(history, day)
    refusal = _refusal(past, state, day)
    if refusal is not None:
        return refusal
    limits, decisions = _limits(past, state, day)
    here = stage(_stage_now(past, state, day))
    total = min((cap for cap in limits if cap is not None), default=None)
    if here.rank >= ORDER.index(LONG):
        wanted = wanted_min or here.total_min
        workout = easy_workout(here, wanted if total is None else min(wanted, total))
    else:
        running, onset = _onset_cap(past, here.name, day, onset_min)
        may = with_strides and strides(state).outcome == "may stride"
        workout = stage_workout(here, total_min=total, running_min=running, strides=may)
        decisions = (*decisions, *onset)
    if workout is None or workout.total_min is None:
        return _nothing_left(state, day, total)
    return PlannedWorkout(
        day=day,
        stage=here.name,
        workout=workout,
        minutes=workout.total_min,
        at_most_m=distance_cap_m(past, day),
        decisions=(*decisions, length(past, day, minutes=workout.total_min)),
    )


def _refusal(past: History, state: LadderState, day: dt.date) -> Decision | None:
    if state.closed is not None:
        return state.closed
    daily = daily_pain(past, day)
    if daily.outcome.startswith("P1"):
        return daily
    rest = rest_day(past, state, day)
    return rest if rest.outcome == "rest" else None


def _stage_now(past: History, state: LadderState, day: dt.date) -> str:
    """After a month without a run nothing above R1 is planned (R-065)."""
    if pause(past, day).outcome == "no pause":
        return state.stage
    return stage_at(min(ORDER.index(state.stage), ORDER.index(AFTER_PAUSE)))


def _limits(past: History, state: LadderState, day: dt.date) -> tuple[tuple[float | None, ...], tuple[Decision, ...]]:
    caps = (minutes_cap(past, day), easy_min_after_pause(past, day))
    return caps, (rest_day(past, state, day), pause(past, day))


def _onset_cap(
    past: History, name: str, day: dt.date, onset_min: float | None
) -> tuple[float | None, tuple[Decision, ...]]:
    """At R1 the running stays below half of the time at which the pain began."""
    if name != AFTER_PAUSE:
        return None, ()
    found = last_onset(past, day)
    began = onset_min if onset_min is not None else found.minutes if found is not None else None
    share = evidence.value(ONSET_SHARE)
    seen = {"onset_min": began, "stage": name}
    if began is None:
        text = "when the pain begins is not recorded; stop at the first sign of it"
        return None, (decide("R-031", "not recorded", text, seen, (ONSET_SHARE,)),)
    text = f"at R1 at most {share:.0%} of the {began:.0f} min at which the pain begins"
    return share * began, (decide("R-031", "cap", text, seen, (ONSET_SHARE,)),)


def _nothing_left(state: LadderState, day: dt.date, total: float | None) -> Decision:
    text = "what the guards leave is less than a minute of running: walk instead, and try a longer walk first"
    seen = {"stage": state.stage, "day": day.isoformat(), "minutes_at_most": total}
    return decide("R-064", "walk", text, seen, (ONSET_SHARE,))
