"""What a next run must not exceed: rest between runs, length, the pause, the week (R-061, R-064, R-065, R-066)."""

from __future__ import annotations

import datetime as dt
from statistics import median
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.outlook.guard import KEYS as LONGEST_KEYS
from gerdy.outlook.guard import RATIO, WINDOW, cap_m
from gerdy.outlook.history import between
from gerdy.outlook.load import duration_s, speed_m_s
from gerdy.outlook.volume import WEEK, week_m
from gerdy.running.colour import RED
from gerdy.running.ladder import PAUSE, PAUSE_KEYS
from gerdy.running.say import decide
from gerdy.running.sessions import longest_min
from gerdy.running.stages import STAGE_KEYS, stage

if TYPE_CHECKING:
    from gerdy.outlook.history import History
    from gerdy.records import Decision
    from gerdy.running.ladder_state import LadderState

DAY: Final = dt.timedelta(days=1)
FLOOR: Final = "house_ladder.floor_min"
FLOOR_UNTIL: Final = "house_ladder.floor_until_min"
LENGTH_KEYS: Final = (*LONGEST_KEYS, FLOOR, FLOOR_UNTIL)
REST_KEYS: Final = STAGE_KEYS
REST_SAID: Final = ("trials2023.rest_days", "trials2023.level_ground", "house_ladder.red_rest_h")
WEEK_KEYS: Final = ("nielsen2014.two_week_rise", "house_ladder.weekly_weeks")


def cap_min(longest: float) -> float:
    """Return the longest advisable minutes of the next run after a longest run of `longest` minutes.

    Ten per cent more, and below half an hour at least five minutes more (R-064).

    Examples
    --------
    >>> round(cap_min(60.0)), round(cap_min(18.0))
    (66, 23)
    """
    cap = evidence.value(RATIO) * longest
    return max(cap, longest + evidence.value(FLOOR)) if longest < evidence.value(FLOOR_UNTIL) else cap


def distance_cap_m(history: History, day: dt.date) -> float | None:
    """Return R-064's cap in metres, floors included; None where no run of the thirty days has a distance.

    Below five kilometres the floor is half a kilometre, or what five minutes cover at the longest run's speed.
    """
    runs = [fact.entry for fact in between(history.runs, *_window(day)) if fact.entry.distance_m]
    longest = max(runs, key=lambda run: run.distance_m or 0.0, default=None)
    if longest is None or longest.distance_m is None:
        return None
    cap, speed = cap_m(longest.distance_m), speed_m_s(longest)
    if speed is None or longest.distance_m >= evidence.value("house_signals.guard_floor_until"):
        return cap
    return max(cap, longest.distance_m + evidence.value(FLOOR) * 60 * speed)


def minutes_cap(history: History, day: dt.date) -> float | None:
    """Return R-064's cap in minutes; None where no run of the thirty days before has a duration."""
    longest = longest_min(history, *_window(day))
    return None if longest is None else cap_min(longest)


def length(history: History, day: dt.date, *, minutes: float | None = None, metres: float | None = None) -> Decision:
    """R-064: judge a planned run against the longest of the thirty days before, in minutes and in metres.

    Returns
    -------
    Decision with outcome ``within``, ``above``, or ``no basis`` where those days hold nothing to compare with

    References
    ----------
    [Frandsen2025]_ a run beyond 110 % of the longest of thirty days went with more overuse injuries.
    """
    pairs = ((minutes, minutes_cap(history, day), "min"), (metres, distance_cap_m(history, day), "m"))
    known = [(planned, cap, unit) for planned, cap, unit in pairs if planned is not None and cap is not None]
    seen = {f"{unit}_at_most": round(cap, 1) for _, cap, unit in known}
    if not known:
        text = "no run of the thirty days before with a length to compare with; start low (R-065)"
        return decide("R-064", "no basis", text, seen, LENGTH_KEYS)
    over = [(cap, unit) for planned, cap, unit in known if round(planned, 1) > round(cap, 1)]
    limits = " and ".join(f"{cap:.0f} {unit}" for cap, unit in (over or [(c, u) for _, c, u in known]))
    return decide(
        "R-064", "above" if over else "within", f"at most {limits} after the longest of 30 days", seen, LENGTH_KEYS
    )


def rest_day(history: History, state: LadderState, day: dt.date) -> Decision:
    """R-061 and R-062: whether enough days lie between the last run and `day`.

    Returns
    -------
    Decision with outcome ``may run`` or ``rest``; the earliest day stands among the inputs
    """
    earliest = earliest_day(history, state, day)
    seen = {"stage": state.stage, "last_run": _last_run(history, day), "earliest": earliest}
    shown = {name: item.isoformat() if isinstance(item, dt.date) else item for name, item in seen.items()}
    if earliest is None or day >= earliest:
        return decide("R-061", "may run", f"{state.stage} may be run on {day}", shown, REST_SAID)
    text = f"rest: the next run may be on {earliest} at the earliest"
    return decide("R-061", "rest", text, shown, REST_SAID)


def earliest_day(history: History, state: LadderState, day: dt.date) -> dt.date | None:
    """Return the first day after the last run before or on `day` on which the next may be; None without a run.

    Through R6 a day lies between two runs. After red it is two days (48 h) where that morning is answered
    and as usual, and three (72 h) otherwise.
    """
    last = _last_run(history, day)
    if last is None:
        return None
    least = last + (2 if stage(state.stage).rest else 1) * DAY
    if state.colour != RED or state.last is None:
        return least
    low, high = (dt.timedelta(hours=hours) for hours in evidence.span("house_ladder.red_rest_h"))
    settled = _morning_as_usual(history, state.last + low)
    return max(least, state.last + (low if settled else high))


def easy_min_after_pause(history: History, day: dt.date) -> float | None:
    """R-065: half of the old easy run in minutes, where no run of the last thirty days is recorded; else None."""
    if between(history.runs, *_window(day)):
        return None
    before = between(history.runs, dt.date.min, day - DAY)[-int(evidence.value("house_ladder.easy_runs")) :]
    minutes = [s / 60 for fact in before if (s := duration_s(fact.entry)) is not None]
    return evidence.value("house_ladder.pause_share") * median(minutes) if minutes else None


def pause(history: History, day: dt.date) -> Decision:
    """R-065: after a month without a run, start at R1 or half of the old easy run, whichever is less."""
    cap = easy_min_after_pause(history, day)
    last = _last_run(history, day - DAY)
    seen = {"last_run": None if last is None else last.isoformat(), "minutes_at_most": cap}
    if last is not None and (day - last).days <= evidence.value(PAUSE):
        return decide("R-065", "no pause", "there was a run within thirty days", seen, PAUSE_KEYS)
    half = "" if cap is None else f", and at most {cap:.0f} min (half of the old easy run)"
    return decide("R-065", "start low", f"no run within thirty days: R1 at most{half}", seen, PAUSE_KEYS)


def weekly_rise(history: History, last: dt.date) -> Decision:
    """R-066: say so where the week that ends with `last` rose by more than 30 %, over one week or two.

    It only ever warns, and a smaller rise is never called safe.

    References
    ----------
    [Nielsen2014]_ rises above 30 %: hazard ratio 1.59 for distance-related injuries, interval 0.96-2.66.
    """
    weeks = int(evidence.value("house_ladder.weekly_weeks"))
    now, before = week_m(history, last), [week_m(history, last - n * WEEK) for n in range(1, weeks + 1)]
    known = [earlier for earlier in before if earlier]
    seen = {"week_m": now, **{f"weeks_before_{n}_m": w for n, w in enumerate(before, start=1)}}
    if now is None or not known:
        return decide("R-066", "not recorded", "no earlier week with a distance to compare with", seen, WEEK_KEYS)
    if all(now <= (1 + evidence.value("nielsen2014.two_week_rise")) * earlier for earlier in known):
        return decide(
            "R-066", "quiet", "the week rose by less than the studied step; that is no promise", seen, WEEK_KEYS
        )
    text = (
        f"{now / 1000:.1f} km this week after {min(known) / 1000:.1f} km: in novices such rises went with "
        "distance-related injuries, hazard ratio 1.59, but the interval (0.96-2.66) crosses 1"
    )
    return decide("R-066", "warn", text, seen, WEEK_KEYS)


def _window(day: dt.date) -> tuple[dt.date, dt.date]:
    return day - dt.timedelta(days=int(evidence.value(WINDOW))), day - DAY


def _last_run(history: History, day: dt.date) -> dt.date | None:
    before = between(history.runs, dt.date.min, day)
    return before[-1].day if before else None


def _morning_as_usual(history: History, day: dt.date) -> bool:
    """Whether a morning was answered and was not above the usual one."""
    answers = [fact.entry for fact in between(history.mornings, day, day)]
    usual = [a.stairs_down == 0 or (a.baseline is not None and a.stairs_down <= a.baseline) for a in answers]
    return bool(usual) and all(usual)
