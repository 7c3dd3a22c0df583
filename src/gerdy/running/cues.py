"""Cues that change the stride: step rate (R-072) or step width (R-073), one at a time, faded over eight sessions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.outlook.history import between, up_to
from gerdy.running.say import NOT_RECORDED, decide, numbers
from gerdy.running.stages import ORDER, stage_at

if TYPE_CHECKING:
    import datetime as dt

    from gerdy.outlook.history import History
    from gerdy.records import Decision
    from gerdy.running.ladder_state import LadderState

CADENCE: Final = "step rate"
WIDTH: Final = "step width"
AFTER: Final = "R3"
"""The stage that must be done before a cue (R-072)."""

CADENCE_KEYS: Final = (
    "house_assess.step_rate_low",
    "house_assess.heel_raise_low",
    "house_cues.cadence_step",
    "house_cues.cadence_most",
    "house_cues.minutes",
    "house_cues.feedback",
    "house_cues.calf_pain_stop",
)
CADENCE_SAID: Final = (*CADENCE_KEYS, "anderson2022.hip_adduction", "allen2014.cadence_case")
WIDTH_KEYS: Final = ("house_cues.width_share", "house_cues.minutes", "house_cues.feedback")
WIDTH_SAID: Final = (*WIDTH_KEYS, "meardon2012.strain_falls_with_step_width")
CALF_WORDS: Final = ("calf", "achilles")


@dataclass(frozen=True, slots=True, kw_only=True)
class GaitFacts:
    """What a cue is chosen by; None is *not recorded*.

    Parameters
    ----------
    step_rate_spm : both feet, at easy pace
    overstride : whether the foot lands well in front of the body
    crossover : whether a foot lands on or across the midline
    drop_or_adduction_high : whether pelvic drop or hip adduction stands out beyond its error
    heel_raises : the weaker side
    leg_length_m : for the width; None keeps the cue in words
    """

    step_rate_spm: float | None = None
    overstride: bool | None = None
    crossover: bool | None = None
    drop_or_adduction_high: bool | None = None
    heel_raises: float | None = None
    leg_length_m: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CueSession:
    """What to do in one session of a cue.

    Parameters
    ----------
    number : 1 … 8
    minutes : with the cue in mind
    feedback_min : of these, with the beat or the reminder
    """

    number: int
    minutes: float
    feedback_min: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A cue that may be practised, where it stands, and why.

    Parameters
    ----------
    kind : ``step rate``, ``step width``, or empty where none is offered
    target : in words
    cadence_spm : target step rate; None for a width cue, or where no step rate is known
    next_session : None where it is stopped, faded out, or not offered
    decision : outcome ``practise``, ``not yet``, ``none``, ``stop``, ``done`` or ``not recorded``
    """

    kind: str
    target: str
    cadence_spm: float | None
    next_session: CueSession | None
    decision: Decision


def cue(facts: GaitFacts, state: LadderState, history: History, now: dt.date, *, since: dt.date | None = None) -> Cue:
    """Return the cue of today: one that is indicated, opened by the ladder, and not stopped by the calf.

    Parameters
    ----------
    since : day on which the runner took the cue up; None before that

    References
    ----------
    [Anderson2022]_ a higher step rate lowers hip adduction in the laboratory.
    [Meardon2012]_ strain of the band falls as the step gets wider.
    """
    kind = indicated(facts)
    if kind is None:
        return _no_cue("not recorded", "step rate, overstride, crossover and pelvic drop are not all recorded", facts)
    if not kind:
        return _no_cue("none", "nothing in the stride asks for a cue", facts)
    if (closed := _not_yet(kind, facts, state)) is not None:
        return _no_cue(*closed, facts, kind)
    if since is not None and (sore := _calf_pain(history, since, now)) is not None:
        return _no_cue("stop", f"calf or Achilles pain of {sore:g} of 10: stop the cue", facts, kind)
    done = 0 if since is None else _sessions_done(history, since, now)
    return _practise(kind, facts, done)


def indicated(facts: GaitFacts) -> str | None:
    """Return the cue that the stride asks for: step rate first, width where a foot crosses the midline.

    Returns
    -------
    ``step rate``, ``step width``, empty for none; None where what is recorded does not settle it
    """
    slow = None if facts.step_rate_spm is None else facts.step_rate_spm < evidence.value(CADENCE_KEYS[0])
    short = _both(slow, facts.overstride)
    if short:
        return CADENCE
    if facts.crossover:
        return WIDTH
    if facts.drop_or_adduction_high:
        return CADENCE
    return None if None in (short, facts.crossover, facts.drop_or_adduction_high) else ""


def _not_yet(kind: str, facts: GaitFacts, state: LadderState) -> tuple[str, str] | None:
    """Say what keeps an indicated cue closed; a missing calf test never opens it."""
    if ORDER.index(state.stage) <= ORDER.index(AFTER):
        opens = stage_at(ORDER.index(AFTER) + 1)
        return "not yet", f"{kind}: the cue opens with stage {opens}; one thing at a time"
    if kind == WIDTH:
        return None
    least = evidence.value("house_assess.heel_raise_low")
    if facts.heel_raises is None:
        return NOT_RECORDED, f"heel raises are not recorded; {least:g} on the weaker side are asked for"
    if facts.heel_raises < least:
        return "not yet", f"{facts.heel_raises:g} heel raises of {least:g}: train the calf first, the cue loads it more"
    return None


def _practise(kind: str, facts: GaitFacts, done: int) -> Cue:
    minutes, feedback = numbers("house_cues.minutes"), numbers("house_cues.feedback")
    target, cadence = _target(kind, facts)
    if done >= len(minutes):
        text = f"all {len(minutes)} sessions are done: run without the cue and film again"
        return _cue(kind, target, cadence, None, "done", text, facts)
    session = CueSession(number=done + 1, minutes=minutes[done], feedback_min=minutes[done] * feedback[done])
    text = f"session {session.number} of {len(minutes)}: {session.minutes:g} min, {target}"
    return _cue(kind, target, cadence, session, "practise", text, facts)


def _target(kind: str, facts: GaitFacts) -> tuple[str, float | None]:
    if kind == WIDTH:
        share = evidence.value("house_cues.width_share")
        wider = "" if facts.leg_length_m is None else f", about {facts.leg_length_m * 100 * share:.0f} cm wider"
        return f"run on either side of a line{wider} ({share:.0%} of leg length)", None
    step, most = evidence.value("house_cues.cadence_step"), evidence.value("house_cues.cadence_most")
    if facts.step_rate_spm is None:
        return f"step rate up by {step:.0%}, never beyond {most:.0%}", None
    beat = round(facts.step_rate_spm * (1 + step))
    ceiling = int(facts.step_rate_spm * (1 + most))
    return f"{beat} steps/min ({step:.0%} more), never beyond {ceiling}", float(beat)


def _calf_pain(history: History, since: dt.date, now: dt.date) -> float | None:
    """Return the strongest calf or Achilles pain since the cue began, where it reaches the stop; else None."""
    felt = between(up_to(history, now).pains, since, now)
    scores = [f.entry.score for f in felt if any(word in f.entry.place.lower() for word in CALF_WORDS)]
    worst = max(scores, default=0.0)
    return worst if worst >= evidence.value("house_cues.calf_pain_stop") else None


def _sessions_done(history: History, since: dt.date, now: dt.date) -> int:
    return len({fact.day for fact in between(up_to(history, now).runs, since, now)})


def _both(one: bool | None, other: bool | None) -> bool | None:
    return False if False in (one, other) else None if None in (one, other) else True


def _no_cue(outcome: str, text: str, facts: GaitFacts, kind: str = "") -> Cue:
    return _cue(kind, "", None, None, outcome, text, facts)


def _cue(
    kind: str,
    target: str,
    cadence: float | None,
    session: CueSession | None,
    outcome: str,
    text: str,
    facts: GaitFacts,
) -> Cue:
    rule, keys = ("R-073", WIDTH_SAID) if kind == WIDTH else ("R-072", CADENCE_SAID)
    seen = {name: getattr(facts, name) for name in facts.__dataclass_fields__}
    decision = decide(rule, outcome, text, seen, keys)
    return Cue(kind=kind, target=target, cadence_spm=cadence, next_session=session, decision=decision)
