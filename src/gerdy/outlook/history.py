"""One runner's facts in the order they happened, with corrections applied.

Every rule and every curve of the outlook reads a `History`; none of them sees a store or a clock.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from gerdy.records import (
    Assessment,
    CheckIn,
    Clearance,
    DecisionEntry,
    Discharge,
    Entry,
    MorningAnswer,
    OptOut,
    Override,
    PainEntry,
    PlanVersion,
    RecordingEntry,
    Run,
    RunStatus,
    StrengthSession,
    Wishes,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True)
class Dated(Generic[E]):
    """A fact and the runner's local day on which it happened."""

    day: dt.date
    entry: E


@dataclass(frozen=True, slots=True)
class History:
    """The facts that count, by kind, oldest first.

    Parameters
    ----------
    runner_id : whose facts
    zone : where the runner lives; it decides on which day a run at 23:50 falls
    runs : counted runs only: no duplicates, no undated ones, no other sports
    sessions, pains, mornings, check_ins, assessments, recordings, plans : as recorded
    wishes, discharges, clearances, overrides, opt_outs, decisions : what shapes the programme, as recorded
    every_run_recorded : the runner states that a day without a run was a day of rest; False by default,
        and then such a day counts as *not recorded* unless something else was entered for it
    """

    runner_id: str
    zone: dt.tzinfo
    runs: tuple[Dated[Run], ...] = ()
    sessions: tuple[Dated[StrengthSession], ...] = ()
    pains: tuple[Dated[PainEntry], ...] = ()
    mornings: tuple[Dated[MorningAnswer], ...] = ()
    check_ins: tuple[Dated[CheckIn], ...] = ()
    assessments: tuple[Dated[Assessment], ...] = ()
    recordings: tuple[Dated[RecordingEntry], ...] = ()
    plans: tuple[Dated[PlanVersion], ...] = ()
    wishes: tuple[Dated[Wishes], ...] = ()
    discharges: tuple[Dated[Discharge], ...] = ()
    clearances: tuple[Dated[Clearance], ...] = ()
    overrides: tuple[Dated[Override], ...] = ()
    opt_outs: tuple[Dated[OptOut], ...] = ()
    decisions: tuple[Dated[DecisionEntry], ...] = ()
    every_run_recorded: bool = False

    def first_day(self) -> dt.date | None:
        """Return the day of the first fact about training or feeling; None for an empty history."""
        kinds = (self.runs, self.sessions, self.pains, self.mornings, self.check_ins)
        return min((kind[0].day for kind in kinds if kind), default=None)


def history_of(
    entries: Iterable[Entry], runner_id: str, zone: dt.tzinfo, *, every_run_recorded: bool = False
) -> History:
    """Sort one runner's facts by kind and time; order of entry does not matter.

    Parameters
    ----------
    entries : any records; those of other runners and those without a date are left out
    zone : time zone of the runner's days
    every_run_recorded : see `History`
    """
    dated = tuple(_dated(_in_force(entries, runner_id), zone))
    return History(
        runner_id,
        zone,
        runs=tuple(d for d in _only(dated, Run) if counts(d.entry)),
        sessions=_only(dated, StrengthSession),
        pains=_only(dated, PainEntry),
        mornings=_only(dated, MorningAnswer),
        check_ins=_only(dated, CheckIn),
        assessments=_as_entered(_only(dated, Assessment)),
        recordings=_only(dated, RecordingEntry),
        plans=_only(dated, PlanVersion),
        wishes=_as_entered(_only(dated, Wishes)),
        discharges=_only(dated, Discharge),
        clearances=_only(dated, Clearance),
        overrides=_as_entered(_only(dated, Override)),
        opt_outs=_only(dated, OptOut),
        decisions=_only(dated, DecisionEntry),
        every_run_recorded=every_run_recorded,
    )


def up_to(history: History, day: dt.date) -> History:
    """Return what had happened by the end of `day`."""
    return replace(
        history,
        runs=_until(history.runs, day),
        sessions=_until(history.sessions, day),
        pains=_until(history.pains, day),
        mornings=_until(history.mornings, day),
        check_ins=_until(history.check_ins, day),
        assessments=_until(history.assessments, day),
        recordings=_until(history.recordings, day),
        plans=_until(history.plans, day),
        wishes=_until(history.wishes, day),
        discharges=_until(history.discharges, day),
        clearances=_until(history.clearances, day),
        overrides=_until(history.overrides, day),
        opt_outs=_until(history.opt_outs, day),
        decisions=_until(history.decisions, day),
    )


def counts(run: Run) -> bool:
    """Whether a run adds to load: counted by the import, and a run by its sport."""
    return run.status is RunStatus.COUNTED and "running" in run.sport


def between(facts: Sequence[Dated[E]], first: dt.date, last: dt.date) -> Sequence[Dated[E]]:
    """Return the facts from `first` to `last`, both days included; `facts` are oldest first."""
    low = bisect_left(facts, first, key=lambda fact: fact.day)
    high = bisect_right(facts, last, key=lambda fact: fact.day)
    return facts[low:high]


def _until(facts: tuple[Dated[E], ...], day: dt.date) -> tuple[Dated[E], ...]:
    return facts[: bisect_right(facts, day, key=lambda fact: fact.day)]


def _in_force(entries: Iterable[Entry], runner_id: str) -> list[Entry]:
    """Leave out what was corrected; of several corrections of one fact the last entered stands."""
    mine = sorted((e for e in entries if e.runner_id == runner_id), key=lambda e: (e.entered_at, e.id))
    corrected = {e.corrects for e in mine}
    latest = {e.corrects or e.id: e for e in mine}
    return [e for e in latest.values() if e.id not in corrected]


def _dated(entries: Iterable[Entry], zone: dt.tzinfo) -> list[Dated[Entry]]:
    """Give each dated fact its local day, oldest first; facts of one instant are ordered by id."""
    timed = [(e.event_time, e.id, e) for e in entries if e.event_time is not None]
    timed.sort(key=lambda item: item[:2])
    return [Dated(moment.astimezone(zone).date(), entry) for moment, _, entry in timed]


def _as_entered(facts: tuple[Dated[E], ...]) -> tuple[Dated[E], ...]:
    """Order what was said at one time as it was entered: of two wishes for one day the later one is meant."""
    return tuple(sorted(facts, key=lambda fact: (fact.entry.event_time, fact.entry.entered_at)))


def _only(facts: Iterable[Dated[Entry]], kind: type[E]) -> tuple[Dated[E], ...]:
    return tuple(Dated(d.day, d.entry) for d in facts if isinstance(d.entry, kind))
