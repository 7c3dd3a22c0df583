"""What a day says to every exercise alike: the morning after, and what holds everything. Worked out once a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from gerdy.outlook.history import between
from gerdy.programme.gates.deload import Lighter, lighter_weeks
from gerdy.programme.gates.mornings import morning_rise, trend

if TYPE_CHECKING:
    from gerdy.outlook.history import History

DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a runner up to `now`.

    Parameters
    ----------
    history : facts; those after `now` are not looked at
    lighter : the lighter weeks, in which nothing counts
    """

    history: History
    now: dt.date
    lighter: Lighter
    _rises: dict[dt.date, float | None] = field(default_factory=dict)
    _holds: dict[dt.date, tuple[str, ...]] = field(default_factory=dict)

    def rise(self, day: dt.date) -> float | None:
        """Return how far the morning after a day stood above the usual one; None where not known, or not yet."""
        if day not in self._rises:
            self._rises[day] = morning_rise(self.history, day + DAY) if day < self.now else None
        return self._rises[day]

    def holds(self, day: dt.date) -> tuple[str, ...]:
        """Return why nothing counts on a day."""
        if day not in self._holds:
            self._holds[day] = tuple(self._why(day))
        return self._holds[day]

    def _why(self, day: dt.date) -> list[str]:
        morning = min(day + DAY, self.now)
        found = []
        if any(fact.entry.pain_medicine for fact in between(self.history.check_ins, day, morning)):
            found.append("pain medicine may have hidden the pain (R-009)")
        if morning > day and trend(self.history, morning).outcome == "hold":
            found.append("the mornings of the week are above the usual ones (R-034)")
        if self.lighter.on(day):
            found.append("it was a lighter week (R-055)")
        return found


def days_of(history: History, now: dt.date) -> Days:
    """Return the days of a runner up to `now`."""
    return Days(history, now, lighter_weeks(history, now))
