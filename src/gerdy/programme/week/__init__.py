"""The weekly planner: what stands on which day, and what to do where nothing fits."""

from __future__ import annotations

from gerdy.programme.week.collide import compromise, irreducible
from gerdy.programme.week.demand import (
    JumpDemand,
    MobilityDemand,
    RunDemand,
    RunKind,
    StrengthDemand,
    WeekDemand,
)
from gerdy.programme.week.judge import judge_week
from gerdy.programme.week.plan import plan_week
from gerdy.programme.week.week import Placed, Slot, Week

__all__ = [
    "JumpDemand",
    "MobilityDemand",
    "Placed",
    "RunDemand",
    "RunKind",
    "Slot",
    "StrengthDemand",
    "Week",
    "WeekDemand",
    "compromise",
    "irreducible",
    "judge_week",
    "plan_week",
]
