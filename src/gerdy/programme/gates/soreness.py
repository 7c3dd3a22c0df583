"""Sore muscles before a run (R-054)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.outlook.history import between
from gerdy.running.say import decide

if TYPE_CHECKING:
    import datetime as dt

    from gerdy.outlook.history import History
    from gerdy.records import Decision

KEYS: Final = ("house_gates.soreness_limit",)
SQUAT: Final = "squat"
"""Word in ``PainEntry.activity`` that makes an answer one about squatting."""


def soreness(history: History, day: dt.date) -> Decision:
    """R-054: sore muscles, or pain in a squat, make today's run easy or free; the stage stays.

    Returns
    -------
    outcome ``easy or off``, ``as planned``, or ``not recorded`` where nobody asked today
    """
    limit = evidence.value(KEYS[0])
    sore = max(
        (f.entry.soreness for f in between(history.check_ins, day, day) if f.entry.soreness is not None), default=None
    )
    squat = max(
        (f.entry.score for f in between(history.pains, day, day) if SQUAT in (f.entry.activity or "").lower()),
        default=None,
    )
    seen = {"soreness": sore, "pain in a squat": squat}
    if (sore or 0.0) >= limit or (squat or 0.0) > 0:
        why = f"soreness {sore:g} of 10" if sore is not None and sore >= limit else f"pain {squat:g} of 10 in a squat"
        text = f"{why[0].upper()}{why[1:]}: run easy or take the day off; the running stage stays."
        return decide("R-054", "easy or off", text, seen, KEYS)
    if sore is None and squat is None:
        return decide("R-054", "not recorded", "Soreness was not asked today.", seen, KEYS)
    return decide("R-054", "as planned", "The muscles are not too sore to run as planned.", seen, KEYS)
