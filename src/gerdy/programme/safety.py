"""Locks, and the clearances that open them: nothing else does."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.assess.catalogue import red_flags
from gerdy.assess.judge import judge
from gerdy.assess.newest import has_screen, newest
from gerdy.assess.readings import Readings
from gerdy.assess.safety import screen
from gerdy.outlook.history import Dated, up_to
from gerdy.running.say import decide

if TYPE_CHECKING:
    from gerdy.assess.judge import Judgement
    from gerdy.outlook.history import History
    from gerdy.records import Assessment, Clearance, Decision

KEYS: Final = ("house_safety.clearance_days",)
SCREEN_KEYS: Final = ("house_safety.rescreen_days", "house_safety.rescreen_days_maintenance")
BESIDE: Final = {"R-002": ("pain_walking",), "R-006": ("age",)}
"""What a rule locks on beside its questions; a clearance may name the rule instead of its flags."""


@dataclass(frozen=True, slots=True)
class Judgements:
    """Every assessment judged as it stood from a day on: new clearances judge the latest one again.

    Parameters
    ----------
    rows : (first day, judgement), oldest first
    """

    rows: tuple[tuple[dt.date, Judgement], ...] = ()

    def on(self, day: dt.date) -> Judgement | None:
        """Return the judgement in force on a day; None before the first assessment."""
        return next((found for first, found in reversed(self.rows) if first <= day), None)


def judged(history: History, now: dt.date, known: Judgements | None = None) -> Judgements:
    """Judge what is known of the runner on each day, up to `now`, that brought an assessment or a clearance.

    A retest or a repeated safety screen is read together with what was tested before. A red flag stands until a
    clearance opens it: a later screen that does not name it any more opens nothing.

    Parameters
    ----------
    known : judgements of the same facts up to an earlier day, which are not worked out again
    """
    past = up_to(history, now)
    rows = list(known.rows) if known else []
    last = rows[-1][0] if rows else dt.date.min
    days = {fact.day for fact in past.assessments} | {fact.day for fact in past.clearances}
    for day in sorted(day for day in days if day > last):
        until = up_to(past, day)
        if until.assessments:
            rows.append((day, _judgement(until, day)))
    return Judgements(tuple(rows))


def _judgement(past: History, day: dt.date) -> Judgement:
    for fact in reversed(past.assessments):
        later = tuple(item for item in past.clearances if item.day >= fact.day)
        if has_screen(fact.entry) and screen(Readings(_with(fact, later))).locked:
            return judge(_with(fact, later), today=day)
    whole = newest([fact.entry for fact in past.assessments])
    return judge(_with(Dated(past.assessments[-1].day, whole), past.clearances), today=day)


def lock(judgement: Judgement | None) -> Decision:
    """Say whether everything is locked.

    Returns
    -------
    outcome ``locked`` with the referral text, ``open``, or ``not recorded`` where nothing was assessed or a question of
    the safety screen has no answer
    """
    if judgement is None:
        return decide(
            "R-001", "not recorded", "Nothing was assessed yet: fill in a sheet first.", {"flags": None}, KEYS
        )
    safety = judgement.safety
    seen = {"flags": ", ".join(safety.flags) or "none", "level": safety.level, "missing": ", ".join(safety.missing)}
    if safety.locked:
        return decide("R-001", "locked", safety.referral(), seen, KEYS)
    if not safety.complete:
        return decide("R-001", "not recorded", "Questions of the safety screen have no answer.", seen, KEYS)
    return decide("R-001", "open", "No red flag stands.", seen, KEYS)


def rescreen(judgement: Judgement | None, phase: str, now: dt.date) -> Decision:
    """R-008 for a plan: whether the safety screen must be answered again before the next session.

    Returns
    -------
    outcome ``due`` or ``not due``
    """
    key = SCREEN_KEYS[1] if phase == "P5" else SCREEN_KEYS[0]
    if judgement is None or not judgement.safety.complete:
        return decide("R-008", "due", "Answer the safety screen before the next session.", {"days": None}, (key,))
    last = judgement.readings.answer("last_screen")
    day = dt.date.fromisoformat(last) if last else judgement.readings.day
    days, limit = (now - day).days, evidence.value(key)
    seen = {"days": days, "limit": limit}
    if days > limit:
        text = f"The safety screen is {days} days old; answer it again before the next session."
        return decide("R-008", "due", text, seen, (key,))
    return decide("R-008", "not due", f"The safety screen is {days} days old, of {limit:g}.", seen, (key,))


def _with(latest: Dated[Assessment], clearances: tuple[Dated[Clearance], ...]) -> Assessment:
    """Return the assessment with the clearances recorded beside it written in, so that one judge reads both."""
    written = [_written(fact, latest.day) for fact in clearances]
    if not written:
        return latest.entry
    given = latest.entry.answers.get("clearance") or []
    return replace(latest.entry, answers=latest.entry.answers | {"clearance": [*given, *written]})


def _written(fact: Dated[Clearance], sheet: dt.date) -> dict[str, object]:
    """Return a clearance as a sheet takes it: one that came later has the date of the sheet and says when it came."""
    entry = fact.entry
    later = f" (on {fact.day.isoformat()}, after the sheet)" if fact.day > sheet else ""
    return {
        "covers": [flag for name in entry.opens for flag in _flags(name)],
        "who": entry.who,
        "profession": entry.profession,
        "date": min(fact.day, sheet).isoformat(),
        "examined": entry.examined + later,
    }


def _flags(name: str) -> tuple[str, ...]:
    of_rule = tuple(key for key, card in red_flags().items() if card.rule == name)
    return (*of_rule, *BESIDE.get(name, ())) or (name,)
