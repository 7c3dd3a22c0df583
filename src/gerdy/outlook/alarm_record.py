"""How often the watch spoke in this record, and how often no pause followed (R-092)."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gerdy import evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.outlook.history import History
    from gerdy.outlook.watch_days import WatchDay


KEYS: Final = ("house_signals.pause_days", "house_signals.pause_horizon")


@dataclass(frozen=True, slots=True)
class AlarmRecord:
    """Coloured days of a record and what came after them.

    Parameters
    ----------
    days, coloured : how many were judged, and how many were not quiet
    followed : coloured days on which, or within 28 days of which, a pause of 14 days or more began
    not_followed : coloured days after which none began
    open : coloured days too near the end of the record to tell
    quiet_followed, quiet_not_followed : the same of the quiet days, without which the counts mean nothing
    pauses : (first day without a run, length in days) of each pause; its reason is not known
    """

    days: int
    coloured: int
    followed: int
    not_followed: int
    open: int
    quiet_followed: int
    quiet_not_followed: int
    pauses: tuple[tuple[dt.date, int], ...]


def alarm_record(history: History, watch: Sequence[WatchDay]) -> AlarmRecord:
    """Count the coloured days and whether a pause in running followed; a pause need not be an injury."""
    pauses = long_pauses(history)
    last = max((fact.day for fact in history.runs), default=None)
    coloured = [_followed(w.day, pauses, last) for w in watch if w.colour != "quiet"]
    quiet = [_followed(w.day, pauses, last) for w in watch if w.colour == "quiet"]
    return AlarmRecord(
        days=len(watch),
        coloured=len(coloured),
        followed=coloured.count(True),
        not_followed=coloured.count(False),
        open=coloured.count(None),
        quiet_followed=quiet.count(True),
        quiet_not_followed=quiet.count(False),
        pauses=pauses,
    )


def long_pauses(history: History) -> tuple[tuple[dt.date, int], ...]:
    """Return each stretch of 14 days or more without a recorded run, between two runs."""
    least = evidence.value(KEYS[0])
    days = sorted({fact.day for fact in history.runs})
    gaps = itertools.pairwise(days)
    return tuple((a + dt.timedelta(days=1), n) for a, b in gaps if (n := (b - a).days - 1) >= least)


def _followed(day: dt.date, pauses: tuple[tuple[dt.date, int], ...], last: dt.date | None) -> bool | None:
    horizon = day + dt.timedelta(days=int(evidence.value(KEYS[1])))
    if any(day <= start <= horizon for start, _ in pauses):
        return True
    return None if last is None or last < horizon else False
