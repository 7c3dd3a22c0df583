"""The phases P0-P5: up when every criterion is met, down when pain says so; the way stays readable."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.errors import EvidenceInvalid
from gerdy.outlook.history import between, up_to
from gerdy.programme.criteria import all_open, ask_all
from gerdy.programme.facts import Facts
from gerdy.programme.ready import readiness_facts
from gerdy.programme.safety import lock
from gerdy.records import Role
from gerdy.running.colour import RED, known_colour
from gerdy.running.easing import daily_pain
from gerdy.running.ladder import REDS, REDS_DAYS, ladder
from gerdy.running.readiness import readiness
from gerdy.running.say import decide

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gerdy.outlook.history import Dated, History
    from gerdy.programme.safety import Judgements
    from gerdy.programme.watched import Watched
    from gerdy.records import Decision, Override

PHASES: Final = ("P0", "P1", "P2", "P3", "P4", "P5")
NAMES: Final = {
    "P0": "triage and assessment",
    "P1": "settle and access",
    "P2": "capacity",
    "P3": "load and return",
    "P4": "re-exposure",
    "P5": "maintain and watch",
}
DAY: Final = dt.timedelta(days=1)
NEXT_KEYS: Final = ("house_phases.phase_weeks",)


@dataclass(frozen=True, slots=True)
class PhaseStep:
    """One change of phase, and why."""

    day: dt.date
    before: str
    after: str
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseState:
    """Where the plan stands.

    Parameters
    ----------
    since : first day of this phase
    entered : last first day of each phase that was ever reached
    capacity_open : P2 goes on beside P3 until its own exit is open
    ladder_first : stage at which the ladder starts in P3; after an orange signal it is not R1
    steps : every change, oldest first; what was passed and lost again stays readable
    """

    phase: str
    since: dt.date
    entered: dict[str, dt.date] = field(default_factory=dict)
    capacity_open: bool = False
    ladder_first: str = "R1"
    steps: tuple[PhaseStep, ...] = ()

    @property
    def beside(self) -> tuple[str, ...]:
        """Phases whose work goes on beside this one: capacity overlaps with the return to running."""
        return ("P2",) if self.phase == "P3" and not self.capacity_open else ()

    @property
    def rank(self) -> int:
        """0 for P0 … 5 for P5."""
        return PHASES.index(self.phase)


def phase_on(
    watched: Watched,
    judgements: Judgements,
    overrides: Sequence[Dated[Override]] = (),
    *,
    onward: tuple[dt.date, PhaseState | None] | None = None,
) -> PhaseState | None:
    """Return the phase at the end of the last day of a record; None before the first assessment or hand-over.

    Parameters
    ----------
    overrides : permitted ones about the gate ``phase``, oldest first
    onward : (day, its phase) to go on from, where the record up to that day is as it was
    """
    past, now = watched.history, watched.now
    begins = [facts[0].day for facts in (past.assessments, past.discharges) if facts]
    if not begins:
        return None
    first, state = min(begins), PhaseState(phase="P0", since=min(begins), entered={"P0": min(begins)})
    if onward is not None and onward[1] is not None:
        first, state = onward[0] + DAY, onward[1]
    for number in range((now - first).days + 1):
        state = _on_day(watched, judgements, first + number * DAY, state, overrides)
    facts = Facts(past, judgements, now)
    return replace(state, capacity_open=state.phase != "P3" or all_open("P2", facts, state.since))


def _on_day(
    watched: Watched, judgements: Judgements, day: dt.date, state: PhaseState, overrides: Sequence[Dated[Override]]
) -> PhaseState:
    """Apply one day: a locked day changes nothing, pain goes before progress, one step up at most."""
    history = watched.history
    if lock(judgements.on(day)).outcome == "locked":
        return state
    for fact in overrides:
        if fact.day == day and _may_set(state, fact.entry):
            text = f"Set to {fact.entry.to} by the {fact.entry.role.value}: {fact.entry.reason}"
            state = _to(state, fact.entry.to, day, decide("phase", fact.entry.to, text, {"by": fact.entry.by}))
    fallen = _fall(watched, day, state)
    if fallen is not None:
        return fallen
    facts = Facts(history, judgements, day)
    handed = any(fact.day == day for fact in history.discharges) or _opened_today(facts, state)
    risen = _rise(facts, state)
    while handed and risen is not state:
        state, risen = risen, _rise(facts, risen)
    return risen


def _may_set(state: PhaseState, override: Override) -> bool:
    """Nothing skips the assessment, and a runner may only go lower."""
    if override.to not in PHASES or state.phase == "P0":
        return False
    return override.role is not Role.RUNNER or PHASES.index(override.to) <= state.rank


def _opened_today(facts: Facts, state: PhaseState) -> bool:
    """Whether a fresh hand-over waits for the assessment that this day brings."""
    handed = facts.discharge()
    fresh = int(evidence.value("house_phases.symptom_days"))
    return state.phase == "P0" and handed is not None and facts.day <= handed[0] + fresh * DAY


def _rise(facts: Facts, state: PhaseState) -> PhaseState:
    if state.phase == "P2":
        return _return_to_running(facts, state)
    if state.phase == "P5" or not all_open(state.phase, facts, state.since):
        return state
    if state.phase == "P3" and not all_open("P2", facts, state.since):
        return state
    after = PHASES[state.rank + 1]
    says = [f"{one.criterion.name}: {one.met.value} ({one.seen})" for one in ask_all(state.phase, facts, state.since)]
    seen = {one.criterion.name: one.met.value for one in ask_all(state.phase, facts, state.since)}
    return _to(state, after, facts.day, decide("phase", after, says, seen))


def _return_to_running(facts: Facts, state: PhaseState) -> PhaseState:
    """P3 opens by readiness and overlaps P2; a word alone opens nothing, a *no* of the hand-over keeps it shut."""
    handed = facts.discharge()
    if handed is not None and handed[1].running_allowed is False:
        return state
    ready = readiness(readiness_facts(facts))
    return _to(state, "P3", facts.day, ready) if ready.outcome == "ready" else state


def _fall(watched: Watched, day: dt.date, state: PhaseState) -> PhaseState | None:
    """Return the state after pain took a phase back; None where it did not."""
    worst = min(_falls(watched, day, state), key=lambda fall: PHASES.index(fall[0]), default=None)
    if worst is None:
        return None
    to, first, decision = worst
    if PHASES.index(to) > state.rank or (to == state.phase and to != "P1"):
        return None
    return replace(_to(state, to, day, decision), ladder_first=first)


def _falls(watched: Watched, day: dt.date, state: PhaseState) -> Iterator[tuple[str, str, Decision]]:
    """Give every reason of the day to go back: (phase, first stage of the ladder, decision)."""
    history = watched.history
    mornings, pains = between(history.mornings, day, day), between(history.pains, day, day)
    if mornings or pains:
        daily = daily_pain(up_to(history, day), day)
        if daily.outcome.startswith("P1") and daily.inputs_seen.get("last_answer") == day.isoformat():
            yield "P1", "R1", daily
    if state.phase in {"P3", "P4"} and (closed := _closed(history, day, state)) is not None:
        yield "P1", "R1", closed
    if state.phase == "P5":
        for signal in watched.on(day).raised:
            if signal.outcome == "red":
                yield "P1", "R1", signal
            elif signal.outcome == "orange":
                yield "P3", orange_stages()[0], signal


def _closed(history: History, day: dt.date, state: PhaseState) -> Decision | None:
    """R-063: three red sessions within two weeks, seen on the morning after the third."""
    start = state.entered.get("P3")
    ran = any(between(history.runs, day - DAY, day)) or any(between(history.pains, day - DAY, day))
    if start is None or not ran:
        return None
    past = up_to(history, day)
    # Fewer red runs than it takes cannot close the ladder, and counting them is quicker than climbing it.
    days = {fact.day for fact in between(past.runs, day - int(evidence.value(REDS_DAYS)) * DAY, day)}
    reds = sum(found is not None and found.outcome == RED for found in (known_colour(past, one) for one in days))
    if reds < evidence.value(REDS):
        return None
    return ladder(past, day, start=start, first=state.ladder_first).closed


def orange_stages() -> tuple[str, str]:
    """Return the lowest and highest stage of the ladder to which an orange signal goes back (R-087)."""
    match evidence.entry("house_phases.orange_stages").value:
        case (str(low), str(high)):
            return low, high
    raise EvidenceInvalid("house_phases.orange_stages is not a pair of stages.")


def _to(state: PhaseState, phase: str, day: dt.date, decision: Decision) -> PhaseState:
    step = PhaseStep(day, state.phase, phase, decision)
    return replace(
        state,
        phase=phase,
        since=day,
        entered=state.entered | {phase: day},
        ladder_first="R1" if phase == "P3" else state.ladder_first,
        steps=(*state.steps, step),
    )
