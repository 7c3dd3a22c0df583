"""Where a runner stands on the ladder, what other rules allow at most, and every step that led there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gerdy.running.stages import LAST_BEFORE_EXPOSURE, ORDER, stage_at

if TYPE_CHECKING:
    import datetime as dt

    from gerdy.records import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What other rules allow at most, with the days on which they did.

    Parameters
    ----------
    cap : highest stage Rn while signs of low energy are open (R-010); None without a cap
    cap_until : day on which a clearance lifted the cap; None while it stands
    exposed_from : first day of phase P4, from which R10 and the hill stages are open; None before it
    """

    cap: int | None = None
    cap_until: dt.date | None = None
    exposed_from: dt.date | None = None

    def highest(self, day: dt.date) -> str:
        """Return the highest stage that may be reached on `day`."""
        exposed = self.exposed_from is not None and day >= self.exposed_from
        open_rank = len(ORDER) - 1 if exposed else ORDER.index(LAST_BEFORE_EXPOSURE)
        capped = self.cap is not None and (self.cap_until is None or day < self.cap_until)
        return stage_at(min(open_rank, self.cap) if capped and self.cap is not None else open_rank)


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
    closed: Decision | None = None
    steps: tuple[LadderStep, ...] = ()

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """Return the decision of every step, oldest first."""
        return tuple(step.decision for step in self.steps)
