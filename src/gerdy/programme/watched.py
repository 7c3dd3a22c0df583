"""The signals of the watch over a record, worked out once, and only where maintenance asks for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gerdy.outlook.watch_days import timeline

if TYPE_CHECKING:
    import datetime as dt

    from gerdy.outlook.history import History
    from gerdy.outlook.watch_days import WatchDay


@dataclass(frozen=True, slots=True)
class Watched:
    """A record up to `now`, with its watch."""

    history: History
    now: dt.date
    _days: dict[dt.date, WatchDay] = field(default_factory=dict)

    def on(self, day: dt.date) -> WatchDay:
        """Return what the watch says about a day; the days after it are worked out with it."""
        if day not in self._days:
            self._days.update((one.day, one) for one in timeline(self.history, day, self.now))
        return self._days[day]

    def today(self) -> WatchDay:
        """Return what the watch says now."""
        return self.on(self.now)
