"""The morning after, and a week of mornings (R-034).

A morning is compared with the usual one that stands beside it in the record. It is never compared with the mornings
before it: then a worse week would become the yardstick that lets the next one pass, and more pain would unlock.
"""

from __future__ import annotations

import datetime as dt
from statistics import fmean
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.outlook.history import between
from gerdy.outlook.pain_signals import lateral
from gerdy.programme.gates.shown import shown_score
from gerdy.records import PainMoment
from gerdy.running.say import decide

if TYPE_CHECKING:
    from gerdy.outlook.history import History
    from gerdy.records import Decision

TREND_KEYS: Final = ("house_gates.trend_rise", "house_gates.trend_mornings", "house_gates.trend_days")


def morning_rise(history: History, day: dt.date) -> float | None:
    """Return how far a morning stands above the usual one, points of 10; the worst of several answers.

    Returns
    -------
    None where the morning was not answered, or hurts and has no usual morning beside it
    """
    rises = _rises(history, day)
    known = [rise for rise in rises if rise is not None]
    if known and max(known) > 0:
        return max(known)
    return None if not rises or None in rises else max(known)


def trend(history: History, day: dt.date) -> Decision:
    """R-034: the mornings of the week stand a point or more above the usual ones, so nothing goes on.

    Parameters
    ----------
    day : the last morning looked at

    Returns
    -------
    outcome ``hold``, ``go on`` or ``not recorded`` (which holds nothing by itself; each session needs its own morning)
    """
    days = int(evidence.value("house_gates.trend_days"))
    week = [day - dt.timedelta(days=n) for n in reversed(range(days))]
    rises = [rise for one in week if (rise := morning_rise(history, one)) is not None]
    last = rises[-int(evidence.value("house_gates.trend_mornings")) :]
    if not last:
        return decide("R-034", "not recorded", "No morning of the last week was answered.", {"rise": None}, TREND_KEYS)
    mean = shown_score(fmean(last))
    seen = {"rise": mean, "mornings": len(last)}
    if mean >= evidence.value("house_gates.trend_rise"):
        text = f"The last {len(last)} mornings stand {mean:g} above the usual one: nothing goes up this week."
        return decide("R-034", "hold", text, seen, TREND_KEYS)
    return decide(
        "R-034", "go on", f"The last {len(last)} mornings stand {mean:g} above the usual one.", seen, TREND_KEYS
    )


def _rises(history: History, day: dt.date) -> list[float | None]:
    answers = [(f.entry.stairs_down, f.entry.baseline) for f in between(history.mornings, day, day)]
    answers += [
        (f.entry.score, None)
        for f in between(history.pains, day, day)
        if f.entry.moment is PainMoment.NEXT_MORNING and lateral(f)
    ]
    return [_rise(score, usual) for score, usual in answers]


def _rise(score: float, usual: float | None) -> float | None:
    """Return how far a morning lies above the usual one; one without pain never does, any other needs it recorded."""
    if score <= 0:
        return 0.0
    return None if usual is None else shown_score(score - usual)
