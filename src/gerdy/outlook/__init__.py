"""Load, capacity, signals and simulation: pure functions on a runner's records.

>>> from zoneinfo import ZoneInfo
>>> import datetime as dt
>>> from gerdy.outlook import history_of, outlook
>>> empty = history_of([], "me", ZoneInfo("UTC"))
>>> outlook(empty, dt.date(2026, 11, 20)).today.colour
'quiet'
"""

from __future__ import annotations

from gerdy.outlook.build import BuildWeek
from gerdy.outlook.forecast import Forecast
from gerdy.outlook.guard import longest_run_guard
from gerdy.outlook.history import History, history_of
from gerdy.outlook.load import RunLoad, run_loads
from gerdy.outlook.rules import RULES
from gerdy.outlook.state import Outlook, Question, outlook
from gerdy.outlook.watch_days import WatchDay, timeline
from gerdy.records import Rule

__all__ = [
    "RULES",
    "BuildWeek",
    "Forecast",
    "History",
    "Outlook",
    "Question",
    "Rule",
    "RunLoad",
    "WatchDay",
    "history_of",
    "longest_run_guard",
    "outlook",
    "run_loads",
    "timeline",
]
