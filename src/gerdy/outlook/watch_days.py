"""The watch, day by day: which signals were raised, which colour each day had, and how often in vain."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gerdy import evidence
from gerdy.outlook.coverage import days
from gerdy.outlook.rules import SPEAKING
from gerdy.outlook.sensitivity import watch
from gerdy.outlook.wording import colour_rank, signal, worst

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.outlook.history import History
    from gerdy.records import Decision

    Raised = dict[dt.date, tuple[Decision, ...]]


@dataclass(frozen=True, slots=True)
class WatchDay:
    """One day of the watch.

    Parameters
    ----------
    colour : quiet, yellow, orange or red; the strongest signal raised within the hold of seven days
    raised : signals raised on this very day
    watch : the decision of R-090
    """

    day: dt.date
    colour: str
    raised: tuple[Decision, ...]
    watch: Decision


def timeline(history: History, first: dt.date, last: dt.date) -> tuple[WatchDay, ...]:
    """Judge every day from `first` to `last`, looking only at what happened up to that day.

    The days before `first` that still matter (hold, two yellows, weekly message) are judged too.
    """
    raised: Raised = {}
    for day in days(first - _memory(), last):
        raised[day] = _raise(history, day, raised)
    return tuple(WatchDay(day, _colour(day, raised), raised[day], watch(history, day)) for day in days(first, last))


def raised_on(history: History, day: dt.date) -> tuple[Decision, ...]:
    """Return the signals that the rules raise on one day by themselves: colours and messages."""
    judged = (rule.judge(history, day) for rule in SPEAKING if rule.judge is not None)
    return tuple(d for d in judged if colour_rank(d.outcome) or d.outcome == "message")


def _raise(history: History, day: dt.date, before: Raised) -> tuple[Decision, ...]:
    own = tuple(d for d in raised_on(history, day) if not _just_said(d, day, before))
    doubled = _two_yellows(day, {**before, day: own})
    return own if doubled is None else (*own, doubled)


def _just_said(decision: Decision, day: dt.date, before: Raised) -> bool:
    """Whether a message was already shown within the last week."""
    if decision.outcome != "message":
        return False
    recent = _window(day, int(evidence.value("house_signals.message_days")), before)
    return any(d.rule == decision.rule for _, raised in recent for d in raised)


def _two_yellows(day: dt.date, raised: Raised) -> Decision | None:
    """R-088: two yellow signals within 28 days are orange.

    What one rule repeats within its hold of seven days is one signal, and so is what several rules say
    about one day.
    """
    if not any(d.outcome == "yellow" for d in raised[day]):
        return None
    keys = ("house_signals.two_yellows_count", "house_signals.two_yellows_days")
    count, window = evidence.value(keys[0]), int(evidence.value(keys[1]))
    seen = _distinct(_window(day, window, raised))
    if day not in seen or len(seen) < count:
        return None
    text = f"{len(seen)} yellow signals within {window} days"
    inputs = {"days": ", ".join(d.isoformat() for d in seen)}
    return signal("R-088", "orange", text, inputs, grade="E", keys=keys)


def _distinct(window: Sequence[tuple[dt.date, tuple[Decision, ...]]]) -> tuple[dt.date, ...]:
    """Return the days on which a rule turned yellow that had not within its hold before."""
    hold = dt.timedelta(days=int(evidence.value("house_signals.hold_days")))
    last: dict[str, dt.date] = {}
    found: list[dt.date] = []
    for day, raised in window:
        for rule in (d.rule for d in raised if d.outcome == "yellow"):
            if rule not in last or day - last[rule] >= hold:
                last[rule] = day
                found.append(day)
    return tuple(dict.fromkeys(found))


def _colour(day: dt.date, raised: Raised) -> str:
    hold = _window(day, int(evidence.value("house_signals.hold_days")), raised)
    return worst([d.outcome for _, decisions in hold for d in decisions])


def _window(day: dt.date, length: int, raised: Raised) -> tuple[tuple[dt.date, tuple[Decision, ...]], ...]:
    """Return the last `length` days up to `day`, oldest first."""
    first = day - dt.timedelta(days=length - 1)
    return tuple((d, raised[d]) for d in days(first, day) if d in raised)


def _memory() -> dt.timedelta:
    keys = ("hold_days", "two_yellows_days", "message_days")
    longest = sum(evidence.value(f"house_signals.{key}") for key in keys)
    return dt.timedelta(days=int(longest))
