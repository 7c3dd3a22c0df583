"""The whole state of a programme as a fold over the record: same facts, same state, in any order of entry."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from gerdy.outlook.history import up_to
from gerdy.programme.criteria import Asked, ask_all
from gerdy.programme.exercises import exercises
from gerdy.programme.facts import Facts
from gerdy.programme.flare import response
from gerdy.programme.gates.days import days_of
from gerdy.programme.gates.deload import deload
from gerdy.programme.gates.mornings import trend
from gerdy.programme.gates.scheme import scheme_of
from gerdy.programme.gates.sessions import sides_of
from gerdy.programme.gates.soreness import soreness
from gerdy.programme.gates.standing import Standing, standing, worse
from gerdy.programme.gates.turns import turns_for
from gerdy.programme.maintenance import after_symptoms
from gerdy.programme.outcomes import improvement, review, time_frame
from gerdy.programme.overrides import Ruled, permitted, ruled
from gerdy.programme.phases import PhaseState, phase_on
from gerdy.programme.ready import ankle_ready, readiness_facts
from gerdy.programme.safety import lock, rescreen
from gerdy.programme.watched import Watched
from gerdy.records import Role
from gerdy.running.ladder import ladder
from gerdy.running.ladder_state import LadderState, Limits, Said
from gerdy.running.readiness import readiness
from gerdy.running.stages import ORDER

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from gerdy.outlook.history import Dated, History
    from gerdy.programme.gates.days import Days
    from gerdy.programme.safety import Judgements
    from gerdy.records import Decision, Override, Side

WITH_LADDER: Final = frozenset({"P3", "P4", "P5"})
"""Phases in which the walk-run ladder counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeState:
    """Where a runner's programme stands on a day.

    Parameters
    ----------
    phase : in force; None before the first assessment or hand-over
    said_phase : what gerdy says without any override
    exits : the exit criteria of the phase, and of P2 where it goes on beside P3
    standings : (exercise, side) → what is in force
    said_standings : the same without any override
    ladder, said_ladder : in force, and without any override; None before P3
    locked : whether a red flag stands, or nothing was screened
    holds : what stops progress today
    decisions : everything that was decided, with what a person decided beside it
    ended : the runner left knowingly (R-080)
    """

    now: dt.date
    phase: PhaseState | None
    said_phase: PhaseState | None
    exits: tuple[Asked, ...]
    standings: Mapping[tuple[str, Side], Standing]
    said_standings: Mapping[tuple[str, Side], Standing]
    ladder: LadderState | None
    said_ladder: LadderState | None
    locked: bool
    holds: tuple[Decision, ...]
    decisions: tuple[Ruled, ...]
    ended: bool

    def exercise(self, exercise_id: str) -> Standing | None:
        """Return the side of an exercise that rules, the worse one; None where it was never done."""
        sides = [found for (key, _), found in self.standings.items() if key == exercise_id]
        return worse(sides) if sides else None

    def decision(self, rule: str) -> Ruled | None:
        """Return one decision by its rule."""
        return next((one for one in self.decisions if one.decision.rule == rule), None)


def programme_state(
    history: History, judgements: Judgements, now: dt.date, *, onward: ProgrammeState | None = None
) -> ProgrammeState:
    """Return the state at the end of `now`, from what happened up to that day.

    Parameters
    ----------
    history : all facts of one runner; later ones are not looked at
    judgements : from `gerdy.programme.safety.judged`
    onward : an earlier state of the same record, to go on from; only where nothing that happened up to its day was
        entered or corrected since. The result is the same, and a year of weeks is quicker
    """
    past = up_to(history, now)
    watched = Watched(past, now)
    allowed = permitted(past.overrides)
    about_phase = [fact for fact in allowed if fact.entry.gate == "phase"]
    before = (None, None) if onward is None else ((onward.now, onward.said_phase), (onward.now, onward.phase))
    said = phase_on(watched, judgements, onward=before[0])
    phase = phase_on(watched, judgements, about_phase, onward=before[1]) if about_phase else said
    facts = Facts(past, judgements, now)
    days = days_of(past, now)
    decided = _decisions(facts, phase, watched, days)
    stands = _standings(past, days, overridden=True)
    locked = lock(judgements.on(now)).outcome != "open"
    return ProgrammeState(
        now=now,
        phase=phase,
        said_phase=said,
        exits=_exits(phase, facts),
        standings=stands,
        said_standings=_standings(past, days, overridden=False) if past.overrides else stands,
        ladder=_ladder(facts, phase, allowed),
        said_ladder=_ladder(facts, said),
        locked=locked,
        holds=tuple(d for d in decided if d.outcome in {"hold", "locked", "due", "lighter", "easy or off"}),
        decisions=tuple(ruled(d, past.overrides, now) for d in decided),
        ended=after_symptoms(facts, phase).outcome == "ended",
    )


def _exits(phase: PhaseState | None, facts: Facts) -> tuple[Asked, ...]:
    if phase is None:
        return ()
    names = [name for name in (*phase.beside, phase.phase) if name != "P5"]
    return tuple(one for name in names for one in ask_all(name, facts, phase.entered.get(name, phase.since)))


def _standings(history: History, days: Days, *, overridden: bool) -> dict[tuple[str, Side], Standing]:
    """Return where each exercise stands that was ever done and is in the library."""
    done = sorted({s.exercise_id for fact in history.sessions for s in fact.entry.sets} & set(exercises()))
    allowed = permitted(history.overrides) if overridden else ()
    found = {}
    for key in done:
        scheme = scheme_of(exercises()[key])
        for side in sides_of(history, key):
            turns = turns_for(allowed, scheme, side)
            found[key, side] = standing(days, scheme, side, turns)
    return found


def ladder_of(facts: Facts, phase: PhaseState | None) -> LadderState | None:
    """Return the ladder that is in force, with what coach or clinician said; None before P3."""
    return _ladder(facts, phase, permitted(facts.history.overrides))


def _ladder(facts: Facts, phase: PhaseState | None, overrides: Sequence[Dated[Override]] = ()) -> LadderState | None:
    """Return the ladder since the last entry into P3, under the cap of low energy and closed above R9 before P4.

    Parameters
    ----------
    overrides : permitted ones; a runner's may only hold
    """
    start = phase.entered.get("P3") if phase is not None and phase.phase in WITH_LADDER else None
    if phase is None or start is None:
        return None
    exposed = phase.entered.get("P4")
    cap, until = _cap(facts)
    limits = Limits(
        cap=cap,
        cap_until=until,
        exposed_from=exposed if exposed is not None and exposed >= start else None,
        said=tuple(
            Said(day=fact.day, to=fact.entry.to, until=fact.entry.until)
            for fact in overrides
            if fact.entry.gate == "R-062"
            and (fact.entry.to == "hold" or (fact.entry.to in ORDER and fact.entry.role is not Role.RUNNER))
        ),
    )
    return ladder(facts.history, facts.day, start=start, first=phase.ladder_first, limits=limits)


def _cap(facts: Facts) -> tuple[int | None, dt.date | None]:
    """Return the cap of low energy, and the day that lifted it; None for both where there was none."""
    caps = [(day, found.safety.ladder_cap) for day, found in facts.judgements.rows if day <= facts.day]
    low = [(day, cap) for day, cap in caps if cap is not None]
    if not low:
        return None, None
    last, cap = low[-1]
    return cap, next((day for day, one in caps if day > last and one is None), None)


def _decisions(facts: Facts, phase: PhaseState | None, watched: Watched, days: Days) -> tuple[Decision, ...]:
    """Return what the rules of the day say."""
    history, day = facts.history, facts.day
    judgement = facts.judgements.on(day)
    named = "P0" if phase is None else phase.phase
    started = None if phase is None else phase.entered.get("P1")
    weeks = 0.0 if started is None else (day - started).days / 7
    found = [
        lock(judgement),
        rescreen(judgement, named, day),
        trend(history, day),
        soreness(history, day),
        deload(history, day, days.lighter),
        ankle_ready(facts),
        readiness(readiness_facts(facts)),
        improvement(facts),
        time_frame(named, weeks),
        after_symptoms(facts, phase),
    ]
    if started is not None:
        found.append(review(facts, started))
    if named == "P5":
        found.append(response(watched.today()))
    return tuple(found)


def without_overrides(state: ProgrammeState) -> ProgrammeState:
    """Return the state as gerdy alone would have it, to set beside the one in force."""
    return replace(state, phase=state.said_phase, standings=state.said_standings, ladder=state.said_ladder)
