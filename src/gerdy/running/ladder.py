"""The walk-run ladder as a fold over sessions (R-062, R-063, R-065): same facts, same stage, in any order of entry."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.running.colour import AMBER, GREEN, RED
from gerdy.running.ladder_state import LadderState, LadderStep, Limits, Said
from gerdy.running.say import decide
from gerdy.running.sessions import sessions
from gerdy.running.stages import ORDER, stage, stage_at

if TYPE_CHECKING:
    import datetime as dt

    from gerdy.outlook.history import History
    from gerdy.records import Decision
    from gerdy.running.sessions import Session

__all__ = ["LadderState", "LadderStep", "Limits", "Said", "ladder"]

NEEDED: Final = "house_ladder.green_sessions"
SHARE: Final = "house_ladder.done_share"
BACK: Final = "house_ladder.red_back"
STEP_KEYS: Final = (NEEDED, SHARE, BACK, "house_ladder.red_rest_h")
STEP_SAID: Final = (*STEP_KEYS, "trials2023.phase_sessions")
REDS: Final = "house_ladder.reds"
REDS_DAYS: Final = "house_ladder.reds_days"
CLOSE_KEYS: Final = (REDS, REDS_DAYS)
PAUSE: Final = "house_ladder.pause_days"
PAUSE_KEYS: Final = (PAUSE, "house_ladder.pause_share", "house_ladder.easy_runs")
AFTER_PAUSE: Final = "R1"
"""Highest stage after a month without a run (R-065)."""


def ladder(
    history: History,
    now: dt.date,
    *,
    start: dt.date,
    first: str = "R1",
    limits: Limits | None = None,
) -> LadderState:
    """Return the state of the ladder at the end of `now`.

    Parameters
    ----------
    start : day on which the nine items of readiness were met; runs before it are no sessions
    first : stage of the first session
    limits : what other rules allow at most

    Notes
    -----
    Each green session that reached the stage's minutes counts once; two of them, not necessarily in a row,
    advance by one stage. Amber and unknown hold, red goes back two stages. Where a cap, a phase or a person held
    back an advance that was earned, it happens once, on the day on which that ends.
    """
    allowed = limits or Limits()
    begin = stage_at(min(ORDER.index(first), ORDER.index(allowed.highest(start))))
    state = LadderState(stage=begin, since=start, limits=allowed)
    for session in sessions(history, start, now):
        state = _after(_ruled(state, session.day), session)
    return state if state.closed is not None else _paused(_ruled(state, now), now)


def _after(state: LadderState, session: Session) -> LadderState:
    """Apply one session; a walk is a session only at R0."""
    if state.closed is not None or (session.walked and stage(state.stage).running_min > 0):
        return state
    fresh = _paused(state, session.day)
    if session.colour.outcome == RED:
        return _red(fresh, session)
    if session.colour.outcome != GREEN:
        return _kept(fresh, session, "repeat" if session.colour.outcome == AMBER else "hold", _why(session))
    short = _falls_short(fresh, session)
    return _kept(fresh, session, "hold", short) if short else _green(fresh, session)


def _ruled(state: LadderState, day: dt.date) -> LadderState:
    """Apply what a person decided by `day`, and let an earned advance come where nothing holds it any more."""
    if state.closed is not None:
        return state
    for said in state.limits.said:
        last = state.since if not state.steps else max(state.since, state.steps[-1].day)
        if said.to in ORDER and last < said.day <= day:
            state = _set(state, _lower(said.to, state.limits.highest(said.day)), said.day, "a person decided so")
    owed = state.held_since is not None and state.colour == GREEN
    if not owed or not state.limits.open_above(state.stage, day):
        return state
    after = stage_at(ORDER.index(state.stage) + 1)
    return _set(state, after, day, f"{int(evidence.value(NEEDED))} green sessions at {state.stage}, held until now")


def _lower(one: str, other: str) -> str:
    return stage_at(min(ORDER.index(one), ORDER.index(other)))


def _set(state: LadderState, after: str, day: dt.date, why: str) -> LadderState:
    """Move to a stage between two sessions."""
    action = "advance" if ORDER.index(after) > ORDER.index(state.stage) else "back"
    decision = decide("R-062", action, why, {"stage": state.stage, "day": day.isoformat()}, STEP_SAID)
    step = LadderStep(day=day, colour=state.colour, before=state.stage, after=after, decision=decision)
    steps = (*state.steps, step)
    return replace(state, stage=after, green=0, since=day, action=action, held_since=None, steps=steps)


def _green(state: LadderState, session: Session) -> LadderState:
    """Count a green session, and advance one stage when there are enough."""
    needed = int(evidence.value(NEEDED))
    green = min(state.green + 1, needed)
    counted = replace(state, green=green)
    if green < needed:
        return _kept(counted, session, "repeat", f"green session {green} of {needed} at {state.stage}")
    if not state.limits.open_above(state.stage, session.day):
        held = replace(counted, held_since=state.held_since or session.day)
        return _kept(held, session, "hold", f"{needed} green sessions; {_why_held(state, session.day)}")
    after = stage_at(ORDER.index(state.stage) + 1)
    moved = replace(counted, stage=after, green=0, held_since=None, since=session.day)
    return _kept(moved, session, "advance", f"{needed} green sessions at {state.stage}", before=state.stage)


def _why_held(state: LadderState, day: dt.date) -> str:
    if state.limits.held_on(day):
        return "a person holds the stage"
    return f"{state.limits.highest(day)} is the highest stage open now"


def _red(state: LadderState, session: Session) -> LadderState:
    """Go back two stages and rest; three reds in fourteen days close the ladder."""
    back = int(evidence.value(BACK))
    after = stage_at(ORDER.index(state.stage) - back)
    reds = (*state.reds, session.day)
    low, high = evidence.span("house_ladder.red_rest_h")
    why = f"red: back {back} stages, and {low:g}-{high:g} h without running"
    moved = replace(state, stage=after, green=0, reds=reds, held_since=None, since=session.day)
    recent = [day for day in reds if (session.day - day).days < evidence.value(REDS_DAYS)]
    if len(recent) < evidence.value(REDS):
        return _kept(moved, session, "back", why, before=state.stage)
    closing = _closed(recent, session)
    return replace(_kept(moved, session, "close", why, before=state.stage), closed=closing)


def _closed(recent: list[dt.date], session: Session) -> Decision:
    says = (
        f"{len(recent)} red sessions within {evidence.value(REDS_DAYS):g} days: back to phase P1",
        "the ladder starts anew once the nine items of readiness are met again",
        "show this record to a clinician before the next try",
    )
    seen = {"red_days": ", ".join(day.isoformat() for day in recent), "day": session.day.isoformat()}
    return decide("R-063", "P1", says, seen, CLOSE_KEYS)


def _paused(state: LadderState, day: dt.date) -> LadderState:
    """R-065: after thirty days without a run the ladder starts again at R1, or lower where it stood lower."""
    if state.last is None or (day - state.last).days <= evidence.value(PAUSE):
        return state
    after = stage_at(min(ORDER.index(state.stage), ORDER.index(AFTER_PAUSE)))
    if after == state.stage and state.green == 0:
        return state
    text = f"no run for {(day - state.last).days} days: the ladder starts again at {after}"
    seen = {"last_run": state.last.isoformat(), "stage": state.stage}
    decision = decide("R-065", "restart", text, seen, PAUSE_KEYS)
    step = LadderStep(day=day, colour=state.colour, before=state.stage, after=after, decision=decision)
    steps = (*state.steps, step)
    return replace(state, stage=after, green=0, action="restart", held_since=None, since=day, steps=steps)


def _falls_short(state: LadderState, session: Session) -> str:
    """Say why a green session does not count at this stage; empty where it does."""
    now = stage(state.stage)
    if session.asked is not None and ORDER.index(session.asked) < now.rank:
        return f"green, but run as {session.asked}: it does not count for {now.name}"
    if session.walked:
        return ""
    if session.minutes is None:
        return "green, but how long it was is not recorded; it holds the stage"
    if round(session.minutes, 1) < round(evidence.value(SHARE) * now.total_min, 1):
        return f"green, but {session.minutes:.0f} of {now.total_min:g} minutes: it does not count for {now.name}"
    return ""


def _why(session: Session) -> str:
    return "; ".join(reason.text for reason in session.colour.reasons)


def _kept(state: LadderState, session: Session, action: str, why: str, *, before: str | None = None) -> LadderState:
    """Write a session down."""
    came_from = before or state.stage
    seen = {
        "colour": session.colour.outcome,
        "stage": came_from,
        "green_sessions": state.green,
        "minutes": session.minutes,
        "day": session.day.isoformat(),
    }
    decision = decide("R-062", action, why, seen, STEP_SAID)
    step = LadderStep(
        day=session.day, colour=session.colour.outcome, before=came_from, after=state.stage, decision=decision
    )
    return replace(state, colour=session.colour.outcome, action=action, last=session.day, steps=(*state.steps, step))
