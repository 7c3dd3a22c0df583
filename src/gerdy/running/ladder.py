"""The walk-run ladder as a fold over sessions (R-062, R-063, R-065): same facts, same stage, in any order of entry."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.running.colour import AMBER, GREEN, RED
from gerdy.running.say import decide
from gerdy.running.sessions import sessions
from gerdy.running.stages import LAST_BEFORE_EXPOSURE, ORDER, stage, stage_at

if TYPE_CHECKING:
    import datetime as dt

    from gerdy.outlook.history import History
    from gerdy.records import Decision
    from gerdy.running.sessions import Session

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person decided about the ladder instead of gerdy.

    Parameters
    ----------
    to : ``hold``, or the stage that holds from that day on
    until : last day of a hold; None for as long as it is not corrected
    """

    day: dt.date
    to: str
    until: dt.date | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Whether nothing advances on a day."""
        return self.to == "hold" and self.day <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What other rules and people allow at most, with the days on which they did.

    Parameters
    ----------
    cap : highest stage Rn while signs of low energy are open (R-010); None without a cap
    cap_until : day on which a clearance lifted the cap; None while it stands
    exposed_from : first day of phase P4, from which R10 and the hill stages are open; None before it
    said : what coach or clinician decided, oldest first
    """

    cap: int | None = None
    cap_until: dt.date | None = None
    exposed_from: dt.date | None = None
    said: tuple[Said, ...] = ()

    def highest(self, day: dt.date) -> str:
        """Return the highest stage that may be reached on `day`."""
        exposed = self.exposed_from is not None and day >= self.exposed_from
        open_rank = len(ORDER) - 1 if exposed else ORDER.index(LAST_BEFORE_EXPOSURE)
        capped = self.cap is not None and (self.cap_until is None or day < self.cap_until)
        return stage_at(min(open_rank, self.cap) if capped and self.cap is not None else open_rank)

    def open_above(self, name: str, day: dt.date) -> bool:
        """Whether the stage after `name` may be reached on `day`."""
        held = any(said.holds_on(day) for said in self.said)
        return not held and ORDER.index(name) < ORDER.index(self.highest(day))


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderStep:
    """What one session did to the stage.

    Parameters
    ----------
    colour : outcome of R-030 for the day
    before, after : stage before and after it
    decision : why; outcome ``advance``, ``repeat``, ``hold``, ``back``, ``restart`` or ``close``
    """

    day: dt.date
    colour: str
    before: str
    after: str
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderState:
    """Where a runner stands on the ladder at the end of a day.

    Parameters
    ----------
    stage : stage of the next run
    green : green sessions at this stage so far
    colour : of the last session; empty before the first
    action : outcome of the last step; ``not started`` before the first
    since : day on which this stage was reached
    reds : days of red sessions since the start
    held_since : day on which the next stage was earned while something held it back; None where nothing is owed
    closed : R-063, where three reds sent the runner back to P1; the ladder starts again with a new start day
    steps : every session's step, oldest first; the history stays readable when a stage is lost
    """

    stage: str
    since: dt.date
    limits: Limits
    green: int = 0
    colour: str = ""
    action: str = "not started"
    reds: tuple[dt.date, ...] = ()
    last: dt.date | None = None
    held_since: dt.date | None = None
    closed: Decision | None = None
    steps: tuple[LadderStep, ...] = ()

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """Return the decision of every step, oldest first."""
        return tuple(step.decision for step in self.steps)


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
    back an advance that was earned, it happens once on the day on which that ends.
    """
    allowed = limits or Limits()
    begin = stage_at(min(ORDER.index(first), ORDER.index(allowed.highest(start))))
    state = LadderState(stage=begin, since=start, limits=allowed)
    for session in sessions(history, start, now):
        state = _after(_ruled(state, session.day), session)
    return _paused(_ruled(state, now), now)


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
    """Apply what a person decided by `day`, and let an earned advance happen where nothing holds it any more."""
    for said in state.limits.said:
        last = state.since if not state.steps else max(state.since, state.steps[-1].day)
        if said.to in ORDER and last < said.day <= day:
            state = _set(state, said.to, said.day, "a person decided so")
    owed = state.held_since is not None and state.closed is None and state.colour == GREEN
    if not owed or not state.limits.open_above(state.stage, day):
        return state
    after = stage_at(ORDER.index(state.stage) + 1)
    return _set(state, after, day, f"{int(evidence.value(NEEDED))} green sessions at {state.stage}, held until now")


def _set(state: LadderState, after: str, day: dt.date, why: str) -> LadderState:
    action = "advance" if ORDER.index(after) > ORDER.index(state.stage) else "back"
    decision = decide("R-062", action, why, {"stage": state.stage, "day": day.isoformat()}, STEP_KEYS)
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
    moved = replace(counted, stage=after, green=0, since=session.day)
    return _kept(moved, session, "advance", f"{needed} green sessions at {state.stage}", before=state.stage)


def _why_held(state: LadderState, day: dt.date) -> str:
    if any(said.holds_on(day) for said in state.limits.said):
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
    return replace(
        state, stage=after, green=0, action="restart", held_since=None, since=day, steps=(*state.steps, step)
    )


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
