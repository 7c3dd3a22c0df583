"""What to take away while it hurts: volume in P1 (R-031), pain in daily life (R-033), the bike (R-035)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.outlook.history import between, up_to
from gerdy.outlook.load import speed_m_s
from gerdy.outlook.pain_signals import lateral
from gerdy.running.colour import GREEN, RED, UNKNOWN
from gerdy.running.say import decide

if TYPE_CHECKING:
    from gerdy.outlook.history import Dated, History
    from gerdy.records import Decision, PainEntry

CUT_KEYS: Final = (
    "house_running.easing_green",
    "house_running.easing_amber",
    "house_running.onset_share_green",
    "house_running.onset_share_amber",
    "house_running.onset_days",
    "house_running.red_days",
)
DAILY_KEYS: Final = ("house_running.walking_pain", "house_running.walking_pain_days")
BIKE_KEYS: Final = ("house_running.bike_knee_flexion", "house_running.bike_minutes")
BIKE_SAID: Final = (*BIKE_KEYS, "farrell2003.cycling_knee_flexion", "farrell2003.cycling_force")
DAILY_WORDS: Final = ("walk", "stairs")
"""First words of ``PainEntry.activity`` that speak of daily life."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeCut:
    """How much running is left in P1.

    Parameters
    ----------
    week_share : (least, most) share of the usual week that stays; (0, 0) for none
    run_at_most_m : cap of a single run; None where no distance of onset is known, or no run is suggested
    off_days : (least, most) days without running; None where running goes on
    decision : R-031
    """

    week_share: tuple[float, float]
    run_at_most_m: float | None
    off_days: tuple[int, int] | None
    decision: Decision


@dataclass(frozen=True, slots=True)
class Onset:
    """Where the pain began: metres, and minutes where the run's speed is known."""

    metres: float
    minutes: float | None


def volume_cut(colour: str, onset_m: float | None) -> VolumeCut:
    """R-031: the cut of running volume in P1 by the colour of the last run.

    Parameters
    ----------
    colour : outcome of R-030; ``unknown`` is treated as amber, for nothing is known to be green
    onset_m : distance at which the pain begins; None is not recorded
    """
    if colour == RED:
        low, high = evidence.span("house_running.red_days")
        text = f"red: no running for {low:g}-{high:g} days, then the ladder"
        return _cut((0.0, 0.0), None, (int(low), int(high)), text, colour, onset_m)
    name = "green" if colour == GREEN else "amber"
    share = evidence.value(f"house_running.onset_share_{name}")
    least, most = evidence.span("house_running.easing_green") if colour == GREEN else _amber()
    cap = None if onset_m is None else share * onset_m
    text = (
        f"{name if colour != UNKNOWN else 'not known, so as amber'}: {1 - most:.0%}-{1 - least:.0%} of the usual week"
    )
    where = f"; each run at most {share:.0%} of the distance at which the pain begins"
    return _cut((1 - most, 1 - least), cap, None, text + where, colour, onset_m)


def last_onset(history: History, now: dt.date) -> Onset | None:
    """Return the shortest recorded distance of onset of the last six weeks; None where none is recorded."""
    past = up_to(history, now)
    first = now - dt.timedelta(days=int(evidence.value("house_running.onset_days")))
    felt = [f for f in between(past.pains, first, now) if lateral(f) and f.entry.onset_m is not None]
    found = [_onset(past, fact) for fact in felt]
    return min(found, key=lambda onset: onset.metres, default=None)


def daily_pain(history: History, now: dt.date) -> Decision:
    """R-033: pain above 5 in walking or on stairs asks for rest in P1, and for a clinician after a week.

    Returns
    -------
    Decision with outcome ``none``, ``P1`` or ``P1 and clinician``; ``not recorded`` where nothing was answered
    """
    scores = _daily_scores(up_to(history, now))
    if not scores:
        return decide("R-033", "not recorded", "no answer about walking or stairs", {}, DAILY_KEYS)
    limit = evidence.value("house_running.walking_pain")
    last = max(scores)
    seen = {"last_answer": last.isoformat(), "pain": scores[last]}
    if scores[last] <= limit:
        return decide("R-033", "none", f"walking and stairs are at {limit:g} of 10 or below", seen, DAILY_KEYS)
    began = min(day for day in scores if all(scores[d] > limit for d in scores if d >= day))
    seen["since"] = began.isoformat()
    if (now - began).days > evidence.value("house_running.walking_pain_days"):
        text = f"pain above {limit:g} of 10 in walking or on stairs since {began}: rest as in P1, and see a clinician"
        return decide("R-033", "P1 and clinician", text, seen, DAILY_KEYS)
    return decide("R-033", "P1", f"pain above {limit:g} of 10 in walking or on stairs: rest as in P1", seen, DAILY_KEYS)


def bike(minutes: float, knee_flexion: float | None) -> Decision:
    """R-035: whether a ride may stand in for a run.

    Parameters
    ----------
    minutes : of the ride
    knee_flexion : deg at the lowest point of the pedal; None is not measured

    References
    ----------
    [Farrell2003]_ the knee reaches 33 degrees, the edge of the zone, at a fifth of the force of running.
    """
    least, most = (evidence.value(f"house_running.bike_{name}") for name in ("knee_flexion", "minutes"))
    seen = {"minutes": minutes, "knee_flexion_deg": knee_flexion}
    rule = f"saddle so that the knee stays bent by {least:g} degrees or more, at most {most:g} minutes, same pain rules"
    if minutes > most or (knee_flexion is not None and knee_flexion < least):
        return decide("R-035", "change", rule, seen, BIKE_SAID)
    return decide(
        "R-035", "may ride" if knee_flexion is not None else "may ride, saddle not checked", rule, seen, BIKE_KEYS
    )


def _amber() -> tuple[float, float]:
    cut = evidence.value("house_running.easing_amber")
    return cut, cut


def _cut(
    week: tuple[float, float],
    cap: float | None,
    off: tuple[int, int] | None,
    text: str,
    colour: str,
    onset_m: float | None,
) -> VolumeCut:
    outcome = {GREEN: "ease", RED: "stop"}.get(colour, "halve")
    decision = decide("R-031", outcome, text, {"colour": colour, "onset_m": onset_m}, CUT_KEYS)
    return VolumeCut(week_share=week, run_at_most_m=cap, off_days=off, decision=decision)


def _onset(history: History, fact: Dated[PainEntry]) -> Onset:
    metres = fact.entry.onset_m or 0.0
    runs = [f.entry for f in history.runs if f.entry.id == fact.entry.activity]
    runs = runs or [f.entry for f in between(history.runs, fact.day, fact.day)]
    speed = speed_m_s(runs[0]) if len(runs) == 1 else None
    return Onset(metres, metres / speed / 60 if speed else None)


def _daily_scores(history: History) -> dict[dt.date, float]:
    """Return the worst answer about walking and stairs, day by day."""
    found: dict[dt.date, float] = {}
    said = [(f.day, f.entry.stairs_down) for f in history.mornings]
    said += [(f.day, f.entry.score) for f in history.pains if (f.entry.activity or "").lower().startswith(DAILY_WORDS)]
    for day, score in said:
        found[day] = max(score, found.get(day, 0.0))
    return found
