"""When to screen again, when pain values are masked, and when runs and hops for testing are open (R-008, R-009)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from gerdy.assess.say import decide
from gerdy.evidence import value

if TYPE_CHECKING:
    from gerdy.assess.readings import Readings
    from gerdy.assess.safety import Screen
    from gerdy.records import Decision


def rescreen(readings: Readings, safety: Screen, today: dt.date) -> Decision:
    """Return whether the safety screen is due again (R-008).

    Parameters
    ----------
    safety : the screen of this assessment; a complete one counts as done on its day
    today : the day on which the next session would be

    Returns
    -------
    outcome ``due`` or ``not due``; ``inputs_seen["next"]`` is the day by which it is due, where one was ever done
    """
    maintenance = readings.answer("phase") == "P5"
    limit = value("house_safety.rescreen_days_maintenance" if maintenance else "house_safety.rescreen_days")
    last = readings.day.isoformat() if safety.complete else readings.answer("last_screen")
    if readings.answer("new_symptom") == "yes" and not safety.complete:
        return decide("R-008", "due", "new_symptom", last=last, limit=limit)
    if last is None:
        return decide("R-008", "due", "never", last=None, limit=limit)
    done = dt.date.fromisoformat(last)
    days, following = (today - done).days, (done + dt.timedelta(days=limit)).isoformat()
    outcome = "due" if days > limit else "not due"
    words = {"days": days, "limit": limit, "date": following}
    return decide("R-008", outcome, outcome.replace(" ", "_"), words, last=last, days=days, limit=limit, next=following)


def masked(readings: Readings) -> Decision:
    """Return whether pain medicine hides today's pain values (R-009)."""
    recent, hours = readings.answer("medicine_recent"), readings.answer("medicine_hours_ago")
    limit = value("house_safety.medicine_hours")
    words = {"hours": hours, "limit": limit}
    if hours is not None:
        outcome = "masked" if hours <= limit else "clear"
        return decide("R-009", outcome, outcome, words, hours=hours)
    if recent == "no":
        return decide("R-009", "clear", "clear", words, recent=recent)
    if recent == "yes":
        return decide("R-009", "masked", "masked_unknown", words, recent=recent)
    return decide("R-009", "unknown", "unknown", words, recent=None)


def provocation(readings: Readings, safety: Screen) -> Decision:
    """Return whether the pain-onset run and the hops are open today; nothing unanswered opens them."""
    pain, limit = readings.answer("pain_walking"), value("house_safety.provocation_walking_pain")
    medicine = masked(readings).outcome
    reasons = []
    if safety.locked or not safety.complete:
        reasons.append("the safety screen is not clear")
    if pain is None:
        reasons.append("walking pain is not answered")
    elif pain > limit:
        reasons.append(f"walking pain is above {limit:g} of 10")
    if medicine != "clear":
        reasons.append("pain medicine in the last hours, or not answered")
    outcome = "refused" if reasons else "offered"
    return decide("provocation", outcome, outcome, {"why": "; ".join(reasons)}, pain=pain, medicine=medicine)
