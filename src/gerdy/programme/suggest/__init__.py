"""The suggestion: what a runner's weeks may hold, from the state, the menu, the runs and the wishes."""

from __future__ import annotations

from gerdy.programme.suggest.as_if import as_if_green
from gerdy.programme.suggest.runs import SuggestedRun, runs_on
from gerdy.programme.suggest.version import Stamp, is_new, standing_version, version_of, with_runs
from gerdy.programme.suggest.week import SuggestedWeek, suggest_week, upkeep

__all__ = [
    "Stamp",
    "SuggestedRun",
    "SuggestedWeek",
    "as_if_green",
    "is_new",
    "runs_on",
    "standing_version",
    "suggest_week",
    "upkeep",
    "version_of",
    "with_runs",
]
