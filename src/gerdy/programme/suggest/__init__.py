"""The suggestion: what a runner's weeks may hold, from the state, the menu, the runs and the wishes."""

from __future__ import annotations

from gerdy.programme.suggest.runs import SuggestedRun, runs_on
from gerdy.programme.suggest.week import SuggestedWeek, suggest_week

__all__ = ["SuggestedRun", "SuggestedWeek", "runs_on", "suggest_week"]
