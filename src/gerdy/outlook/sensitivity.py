"""When the watch is high (R-090)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.outlook.volume import above_earlier_weeks, exit_day
from gerdy.outlook.wording import NOT_RECORDED
from gerdy.records import Decision, Reason

if TYPE_CHECKING:
    import datetime as dt

    from gerdy.outlook.history import History

KEYS: Final = (
    "house_signals.high_watch_from",
    "house_signals.high_watch_to",
    "house_signals.weeks_of_maximum",
)
DAYS_PER_MONTH: Final = 365.2425 / 12
"""Mean month of the Gregorian calendar, exact by definition."""


def watch(history: History, day: dt.date) -> Decision:
    """R-090: the watch is high in months 4-14 after exit and in a week above the twelve before.

    Returns
    -------
    Decision with outcome ``high`` or ``normal``; an exit or a volume that was not recorded raises nothing
    """
    months, above = months_since_exit(history, day), above_earlier_weeks(history, day)
    reasons = []
    if months is not None and evidence.value(KEYS[0]) <= months <= evidence.value(KEYS[1]):
        reasons.append(f"month {months:.0f} after the return to full running")
    if above:
        reasons.append("more kilometres this week than in any of the twelve before")
    text = " and ".join(reasons) or "neither a late month nor a large week"
    return Decision(
        outcome="high" if reasons else "normal",
        rule="R-090",
        reasons=(Reason(text=f"{text[0].upper()}{text[1:]} (R-090, grade E).", evidence=KEYS),),
        inputs_seen={
            "months_since_exit": NOT_RECORDED if months is None else round(months, 1),
            "above_earlier_weeks": NOT_RECORDED if above is None else above,
        },
        sources=("house",),
    )


def is_high(history: History, day: dt.date) -> bool:
    """Whether the watch is high on a day."""
    return watch(history, day).outcome == "high"


def months_since_exit(history: History, day: dt.date) -> float | None:
    """Return months since maintenance began; None before it."""
    left = exit_day(history, day)
    return None if left is None else (day - left).days / DAYS_PER_MONTH
