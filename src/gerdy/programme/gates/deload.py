"""Lighter weeks (R-055): after some loaded weeks, or when two of four signs of fatigue are there."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.outlook.history import between
from gerdy.running.say import decide

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from gerdy.outlook.history import Dated, History
    from gerdy.records import Decision, StrengthSession

KEYS: Final = (
    "house_gates.deload_weeks",
    "house_gates.deload_days",
    "house_gates.deload_cut",
    "house_gates.deload_light",
    "house_gates.fatigue_signs",
    "house_gates.effort_drift",
    "house_gates.short_nights",
    "house_signals.short_sleep",
    "house_gates.soreness_limit",
    "house_gates.sore_days",
    "house_gates.fatigue_days",
)
DAY: Final = dt.timedelta(days=1)
OFFERS: Final = 2
"""A lighter week that is not taken is offered once more, and then the count starts again: it must not nag for ever."""


@dataclass(frozen=True, slots=True)
class Lighter:
    """The lighter weeks up to a day, as (first day, last day, why)."""

    weeks: tuple[tuple[dt.date, dt.date, str], ...] = ()

    def on(self, day: dt.date) -> bool:
        """Whether a day lies in a lighter week."""
        return any(first <= day <= last for first, last, _ in self.weeks)


def lighter_weeks(history: History, now: dt.date) -> Lighter:
    """Return every lighter week up to `now`, and the one that `now` is in.

    Weeks are counted from the first strength session. A week with clearly fewer sets than the four before was
    light, whether planned or not, and the count starts again. A lighter week that was due and not taken is due in the
    next week, too.
    """
    sessions = tuple(between(history.sessions, dt.date.min, now))
    if not sessions:
        return Lighter()
    return Lighter((*_by_calendar(sessions, now), *_by_fatigue(history, sessions, now)))


def deload(history: History, now: dt.date, lighter: Lighter | None = None) -> Decision:
    """R-055: whether this is a lighter week.

    Parameters
    ----------
    lighter : the lighter weeks up to `now`, where they are known already

    Returns
    -------
    outcome ``lighter`` (same loads, about half of the sets, until `inputs_seen["until"]`) or ``as planned``
    """
    here = [week for week in (lighter or lighter_weeks(history, now)).weeks if week[0] <= now <= week[1]]
    if not here:
        return decide("R-055", "as planned", "No lighter week is due.", {"until": None}, KEYS)
    last, why = max((last, why) for _, last, why in here)
    cut = evidence.value("house_gates.deload_cut")
    text = f"A lighter week until {last.isoformat()}: the same loads with {cut:.0%} fewer sets, because {why}."
    return decide("R-055", "lighter", text, {"until": last.isoformat(), "sets cut": cut}, KEYS)


def fewer_sets(sets: int) -> int:
    """Return the sets of a lighter week; never none.

    Examples
    --------
    >>> [fewer_sets(n) for n in (1, 2, 3, 4)]
    [1, 1, 2, 2]
    """
    return max(1, round(sets * (1 - evidence.value("house_gates.deload_cut"))))


def signs(history: History, day: dt.date, felt: Efforts | None = None) -> tuple[str, ...]:
    """Return the signs of fatigue in the week up to a day: effort by repetitions left, by RPE, sleep, soreness.

    Parameters
    ----------
    felt : the efforts of the same history, where several days are asked for
    """
    days = int(evidence.value("house_gates.fatigue_days"))
    first = day - (days - 1) * DAY
    efforts = felt or Efforts.of(history.sessions)
    checks = [(f.day, f.entry) for f in between(history.check_ins, first, day)]
    short = {d for d, e in checks if e.sleep_h is not None and e.sleep_h < evidence.value("house_signals.short_sleep")}
    limit = evidence.value("house_gates.soreness_limit")
    sore = {d for d, e in checks if e.soreness is not None and e.soreness >= limit}
    found = {
        "fewer repetitions left at the same load": efforts.drift("rir", first, day, -1),
        "more effort at the same load": efforts.drift("rpe", first, day, 1),
        "short nights": len(short) >= evidence.value("house_gates.short_nights"),
        "soreness that stays": len(sore) >= evidence.value("house_gates.sore_days"),
    }
    return tuple(name for name, seen in found.items() if seen)


@dataclass(frozen=True, slots=True)
class Efforts:
    """How hard each exercise felt at each load, set by set.

    Parameters
    ----------
    days, values : (``rir`` or ``rpe``, exercise, side, load) → day of each set, and what it felt like
    asked : (field, day) → what was done on that day
    """

    days: Mapping[tuple[object, ...], Sequence[dt.date]]
    values: Mapping[tuple[object, ...], Sequence[float]]
    asked: Mapping[tuple[str, dt.date], Collection[tuple[object, ...]]]

    @classmethod
    def of(cls, sessions: Sequence[Dated[StrengthSession]]) -> Efforts:
        """Read the efforts of every recorded set; one without an effort says nothing."""
        days: dict[tuple[object, ...], list[dt.date]] = {}
        values: dict[tuple[object, ...], list[float]] = {}
        asked: dict[tuple[str, dt.date], set[tuple[object, ...]]] = {}
        for fact in sessions:
            for done in fact.entry.sets:
                for field, effort in (("rir", done.rir), ("rpe", done.rpe)):
                    if effort is not None:
                        key = (field, done.exercise_id, done.side, done.load_kg)
                        days.setdefault(key, []).append(fact.day)
                        values.setdefault(key, []).append(effort)
                        asked.setdefault((field, fact.day), set()).add(key)
        return cls(days, values, asked)

    def drift(self, field: str, first: dt.date, last: dt.date, way: int) -> bool:
        """Whether an exercise felt harder in these days than the last time before them, at the same load."""
        span = [first + n * DAY for n in range((last - first).days + 1)]
        return any(self._harder(key, first, last, way) for day in span for key in self.asked.get((field, day), ()))

    def _harder(self, key: tuple[object, ...], first: dt.date, last: dt.date, way: int) -> bool:
        days, values = self.days[key], self.values[key]
        low, high = bisect_left(days, first), bisect_right(days, last)
        change = way * (fmean(values[low:high]) - values[low - 1]) if low else 0.0
        return change >= evidence.value("house_gates.effort_drift")


def _by_calendar(sessions: tuple[Dated[StrengthSession], ...], now: dt.date) -> list[tuple[dt.date, dt.date, str]]:
    length = int(evidence.value("house_gates.deload_days"))
    start, due, found = sessions[0].day, int(evidence.value("house_gates.deload_weeks")), []
    sets = [0] * ((now - start).days // length + 1)
    for fact in sessions:
        sets[(fact.day - start).days // length] += len(fact.entry.sets)
    loaded, offered = 0, 0
    for week, done in enumerate(sets):
        first = start + week * length * DAY
        over = week < len(sets) - 1
        if loaded >= due:
            offered += 1
            found.append((first, first + (length - 1) * DAY, f"{loaded} loaded weeks lie behind"))
        light = over and week > 0 and _light(sets[max(0, week - 4) : week], done)
        loaded, offered = (0, 0) if light or offered >= OFFERS else (loaded + 1, offered)
    return found


def _light(before: list[int], done: int) -> bool:
    return done <= evidence.value("house_gates.deload_light") * fmean(before)


def _by_fatigue(
    history: History, sessions: tuple[Dated[StrengthSession], ...], now: dt.date
) -> list[tuple[dt.date, dt.date, str]]:
    length = int(evidence.value("house_gates.deload_days"))
    days = sorted({f.day for f in sessions} | {f.day for f in between(history.check_ins, sessions[0].day, now)})
    felt = Efforts.of(sessions)
    found: list[tuple[dt.date, dt.date, str]] = []
    for day in days:
        seen = () if found and day <= found[-1][1] else signs(history, day, felt)
        if len(seen) >= evidence.value("house_gates.fatigue_signs"):
            found.append((day + DAY, day + length * DAY, " and ".join(seen)))
    return found
