"""Where a runner stands on the ladder, what other rules allow at most, and every step that led there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gerdy.running.stages import LAST_BEFORE_EXPOSURE, ORDER, stage_at

if TYPE_CHECKING:
    import datetime as dt

    from gerdy.records import Decision


HOLD: Final = "hold"


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
        return self.to == HOLD and self.day <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What other rules and people allow at most, with the days on which they did.

    Parameters
    ----------
    cap : highest stage Rn while signs of low energy are open (R-010); None without a cap
    cap_until : day on which a clearance lifted the cap; None while it stands
    exposed_from : first day of phase P4, from which R10 and the hill stages are open; None before it
    said : what coach or clinician decided, oldest first; a stage above the other limits is held at them
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

    def held_on(self, day: dt.date) -> bool:
        """Whether a person holds the stage on `day`."""
        return any(said.holds_on(day) for said in self.said)

    def open_above(self, name: str, day: dt.date) -> bool:
        """Whether the stage after `name` may be reached on `day`."""
        return not self.held_on(day) and ORDER.index(name) < ORDER.index(self.highest(day))


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
