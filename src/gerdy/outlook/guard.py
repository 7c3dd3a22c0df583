"""The longest run of the last thirty days as a guard for the next one (R-064)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.outlook.history import between
from gerdy.records import Decision, Reason

if TYPE_CHECKING:
    from gerdy.outlook.history import History

RATIO: Final = "frandsen2025.longest_run_guard"
WINDOW: Final = "frandsen2025.longest_run_window"
FLOOR: Final = "house_signals.guard_floor"
FLOOR_UNTIL: Final = "house_signals.guard_floor_until"
KEYS: Final = (RATIO, WINDOW, FLOOR, FLOOR_UNTIL)


def cap_m(longest_m: float) -> float:
    """Return the longest advisable next run after a longest run of `longest_m`.

    Below five kilometres ten per cent means nothing, so half a kilometre may always be added.

    Parameters
    ----------
    longest_m : m, longest run of the window

    Returns
    -------
    m

    References
    ----------
    [frandsen2025]_ a run beyond 110 % of the longest of 30 days went with more overuse injuries.

    Examples
    --------
    >>> round(cap_m(10_000.0)), round(cap_m(3_000.0))
    (11000, 3500)
    """
    cap = evidence.value(RATIO) * longest_m
    if longest_m < evidence.value(FLOOR_UNTIL):
        return max(cap, longest_m + evidence.value(FLOOR))
    return cap


def longest_run_m(history: History, day: dt.date) -> float | None:
    """Return the longest recorded run of the 30 days before `day`; None where none has a distance."""
    first = day - dt.timedelta(days=int(evidence.value(WINDOW)))
    before = between(history.runs, first, day - dt.timedelta(days=1))
    return max((d for fact in before if (d := fact.entry.distance_m)), default=None)


def longest_run_guard(history: History, day: dt.date, planned_m: float) -> Decision:
    """Judge a run of `planned_m` on `day` against the longest of the 30 days before.

    Returns
    -------
    Decision with outcome ``within``, ``above``, or ``no basis`` where no run of the window has a distance
    """
    longest = longest_run_m(history, day)
    if longest is None:
        return _decide("no basis", "no run with a distance in the 30 days before; start low", planned_m, None)
    if planned_m > cap_m(longest):
        text = (
            f"{planned_m / 1000:.1f} km is more than {cap_m(longest) / 1000:.1f} km, "
            f"the limit after a longest run of {longest / 1000:.1f} km in 30 days"
        )
        return _decide("above", text, planned_m, longest)
    return _decide("within", f"at most {cap_m(longest) / 1000:.1f} km", planned_m, longest)


def _decide(outcome: str, text: str, planned_m: float, longest: float | None) -> Decision:
    seen = {"run_m": planned_m, "longest_run_30_d_m": "not recorded" if longest is None else longest}
    return Decision(
        outcome=outcome,
        rule="R-064",
        reasons=(Reason(text=text, evidence=KEYS),),
        inputs_seen=seen,
        sources=("frandsen2025",),
    )
