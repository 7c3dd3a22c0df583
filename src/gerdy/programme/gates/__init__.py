"""When an exercise goes on, stays, goes back or rests: gates with explicit quantifiers, side by side."""

from __future__ import annotations

from gerdy.programme.gates.days import Days, days_of
from gerdy.programme.gates.deload import deload, fewer_sets, lighter_weeks
from gerdy.programme.gates.met import Met
from gerdy.programme.gates.mornings import morning_rise, trend
from gerdy.programme.gates.quantifiers import AllSets, AnySet, End, Sessions
from gerdy.programme.gates.ranges import ankle_work, range_gain
from gerdy.programme.gates.scheme import Scheme, scheme_of
from gerdy.programme.gates.soreness import soreness
from gerdy.programme.gates.standing import Standing, standing, worse
from gerdy.programme.gates.steps import beside_a_run_stage, next_load_kg, ramp
from gerdy.programme.gates.verdict import Says, verdict

__all__ = [
    "AllSets",
    "AnySet",
    "Days",
    "End",
    "Met",
    "Says",
    "Scheme",
    "Sessions",
    "Standing",
    "ankle_work",
    "beside_a_run_stage",
    "days_of",
    "deload",
    "fewer_sets",
    "lighter_weeks",
    "morning_rise",
    "next_load_kg",
    "ramp",
    "range_gain",
    "scheme_of",
    "soreness",
    "standing",
    "trend",
    "verdict",
    "worse",
]
