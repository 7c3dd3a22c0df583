"""Signals from how it feels: the weekly questionnaire (R-085) and pain during and after runs (R-086)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.outlook.history import between
from gerdy.outlook.sensitivity import is_high
from gerdy.outlook.wording import COLOURS, colour_rank, not_recorded, quiet, signal
from gerdy.records import PainMoment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.outlook.history import Dated, History
    from gerdy.records import CheckIn, Decision, PainEntry, Run

SUM: Final = "ostrc"
ITEM: Final = "ostrc_q"
PLACES: Final = ("lateral", "outer", "outside")
QUESTIONNAIRE_KEYS: Final = ("house_signals.ostrc_item", "house_signals.ostrc_weeks")
PAIN_KEYS: Final = (
    "house_signals.pain_yellow",
    "house_signals.pain_orange",
    "house_signals.pain_red",
    "house_signals.stairs_yellow",
    "house_signals.runs_looked_at",
    "house_signals.painful_runs_high",
    "house_signals.painful_runs_normal",
)


def questionnaire(history: History, day: dt.date) -> Decision:
    """R-085: the weekly OSTRC score above zero two weeks in a row, or one answer of 17 or more.

    Reads ``OSTRC`` (sum) and ``OSTRC_Q1`` … ``OSTRC_Q4`` of the check-ins. Speaks only on a day with a new
    answer.
    """
    today = _answers(between(history.check_ins, day, day))
    if not today:
        return not_recorded("R-085", "no OSTRC answer on this day", QUESTIONNAIRE_KEYS)
    item = max((s for name, s in today if name.startswith(ITEM)), default=0.0)
    weeks = _weeks_above_zero(history, day)
    seen = {"largest_item": item, "weeks_above_zero": weeks}
    if item >= evidence.value(QUESTIONNAIRE_KEYS[0]):
        text = f"one answer of the OSTRC questionnaire is {item:g}"
        return signal("R-085", "yellow", text, seen, grade="C", keys=QUESTIONNAIRE_KEYS)
    if weeks >= evidence.value(QUESTIONNAIRE_KEYS[1]):
        text = f"the OSTRC score was above zero {weeks} weeks in a row"
        return signal("R-085", "yellow", text, seen, grade="C", keys=QUESTIONNAIRE_KEYS)
    return quiet("R-085", "the questionnaire stays below its limits", seen, QUESTIONNAIRE_KEYS)


def pain(history: History, day: dt.date) -> Decision:
    """R-086: lateral knee pain in several of the last runs, on the stairs next morning, or strong at once.

    Speaks only on a day with a new pain, morning or run entry. A run without a pain answer neither counts
    as painful nor as free of pain. More pain never lowers the colour.
    """
    found = [d for d in (_strong(history, day), _repeated(history, day), _stairs(history, day)) if d]
    if found:
        return max(found, key=lambda decision: colour_rank(decision.outcome))
    if not _new_on(history, day):
        return not_recorded("R-086", "no pain or morning answer on this day", PAIN_KEYS)
    return quiet("R-086", "lateral knee pain stays below its limits", {}, PAIN_KEYS)


def lateral(fact: Dated[PainEntry]) -> bool:
    """Whether a pain entry is about the outer side of the knee."""
    place = fact.entry.place.lower()
    return "knee" in place and any(word in place for word in PLACES)


def _new_on(history: History, day: dt.date) -> bool:
    return any(map(lateral, between(history.pains, day, day))) or bool(between(history.mornings, day, day))


def _strong(history: History, day: dt.date) -> Decision | None:
    today = [f.entry for f in between(history.pains, day, day) if lateral(f)]
    score = max((p.score for p in today), default=0.0)
    limped = any(p.gait_changed for p in today)
    seen = {"pain": score, "gait_changed": limped}
    if limped or score >= evidence.value("house_signals.pain_red"):
        text = f"lateral knee pain {score:g} of 10" + (" with a changed gait" if limped else "")
        return signal("R-086", COLOURS[3], text, seen, grade="E", keys=PAIN_KEYS)
    if score >= evidence.value("house_signals.pain_orange"):
        return signal("R-086", COLOURS[2], f"lateral knee pain {score:g} of 10", seen, grade="E", keys=PAIN_KEYS)
    return None


def _repeated(history: History, day: dt.date) -> Decision | None:
    """Count painful runs only when one of them is of this day."""
    runs = between(history.runs, dt.date.min, day)[-int(evidence.value("house_signals.runs_looked_at")) :]
    limit = evidence.value("house_signals.pain_yellow")
    painful = [run.day for run in runs if (run_pain(history, run) or 0.0) >= limit]
    watch = "high" if is_high(history, day) else "normal"
    if day not in painful or len(painful) < evidence.value(f"house_signals.painful_runs_{watch}"):
        return None
    text = f"lateral knee pain of {limit:g} or more in {len(painful)} of the last {len(runs)} runs"
    seen = {"painful_runs": len(painful), "runs": len(runs), "watch": watch}
    return signal("R-086", COLOURS[1], text, seen, grade="E", keys=PAIN_KEYS)


def _stairs(history: History, day: dt.date) -> Decision | None:
    answers = [fact.entry.stairs_down for fact in between(history.mornings, day, day)]
    answers += [
        fact.entry.score
        for fact in between(history.pains, day, day)
        if lateral(fact) and fact.entry.moment is PainMoment.NEXT_MORNING
    ]
    if not answers or max(answers) < evidence.value("house_signals.stairs_yellow"):
        return None
    text = f"pain {max(answers):g} of 10 on the stairs in the morning"
    return signal("R-086", COLOURS[1], text, {"stairs_down": max(answers)}, grade="E", keys=PAIN_KEYS)


def run_pain(history: History, run: Dated[Run]) -> float | None:
    """Return the strongest lateral knee pain during or after a run; None where it was not asked."""
    moments = (PainMoment.DURING, PainMoment.AFTER)
    felt = (fact for fact in run_answers(history, run) if lateral(fact) and fact.entry.moment in moments)
    return max((fact.entry.score for fact in felt), default=None)


def run_answers(history: History, run: Dated[Run]) -> list[Dated[PainEntry]]:
    """Return the pain entries about a run: those that name it, and those of its day that name no run.

    An answer that names the run may come a day later, for the run of 23:50 ends on another day.
    """
    known = {fact.entry.id for fact in between(history.runs, run.day, run.day)}
    return [
        fact
        for fact in between(history.pains, run.day, run.day + dt.timedelta(days=1))
        if fact.entry.activity == run.entry.id or (fact.day == run.day and fact.entry.activity not in known)
    ]


def _answers(check_ins: Sequence[Dated[CheckIn]]) -> list[tuple[str, float]]:
    """Return the OSTRC scores, names in lower case, in the order of entry."""
    given = [(name.lower(), score) for fact in check_ins for name, score in fact.entry.questionnaires]
    return [pair for pair in given if pair[0] == SUM or pair[0].startswith(ITEM)]


def _weeks_above_zero(history: History, day: dt.date) -> int:
    """Count the unbroken weeks, the latest first, whose last score is above zero."""
    count = 0
    while True:
        last = day - dt.timedelta(days=7 * count)
        week = between(history.check_ins, last - dt.timedelta(days=6), last)
        scores = [s for name, s in _answers(week) if name == SUM]
        if not scores or scores[-1] <= 0:
            return count
        count += 1
