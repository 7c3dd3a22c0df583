"""The hours, days and counts that a week keeps, read from the registry once per plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gerdy import evidence

LIFT_AFTER_RUN: Final = "doma2013.hours_between"
HEAVY_BEFORE_HARD: Final = "house_week.heavy_before_hard"
LIGHT_BEFORE_HARD: Final = "house_week.light_before_hard"
HEAVY_APART: Final = "house_week.heavy_apart"
NOVEL_FROM_LONG: Final = "house_week.novel_from_long"
JUMPS_APART: Final = "house_week.jumps_apart"
JUMPS_PER_WEEK: Final = "house_week.jumps_per_week"
JUMPS_AFTER_LONG: Final = "house_week.jumps_after_long"
JUMPS_BEFORE_LONG: Final = "house_week.jumps_before_long"
LADDER_REST: Final = "trials2023.rest_days"
CHANGE_GAP: Final = "house_ladder.one_change_days"
HOURS: Final = "house_week.hours_of_slots"


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """Thresholds of the week; hours count from start to start unless said otherwise.

    Parameters
    ----------
    lift_after_run : h from the end of a run to the start of a lift on the same day
    ladder_rest, change_gap, jumps_before_long : d
    hours : nominal hour of morning and evening
    """

    lift_after_run: float
    heavy_before_hard: float
    light_before_hard: float
    heavy_apart: float
    novel_from_long: float
    jumps_apart: float
    jumps_per_week: int
    jumps_after_long: float
    jumps_before_long: int
    ladder_rest: int
    change_gap: int
    hours: tuple[float, float]


def numbers() -> Numbers:
    """Return the thresholds as the registry holds them now."""
    return Numbers(
        lift_after_run=evidence.value(LIFT_AFTER_RUN),
        heavy_before_hard=evidence.value(HEAVY_BEFORE_HARD),
        light_before_hard=evidence.value(LIGHT_BEFORE_HARD),
        heavy_apart=evidence.value(HEAVY_APART),
        novel_from_long=evidence.value(NOVEL_FROM_LONG),
        jumps_apart=evidence.value(JUMPS_APART),
        jumps_per_week=int(evidence.value(JUMPS_PER_WEEK)),
        jumps_after_long=evidence.value(JUMPS_AFTER_LONG),
        jumps_before_long=int(evidence.value(JUMPS_BEFORE_LONG)),
        ladder_rest=int(evidence.value(LADDER_REST)),
        change_gap=int(evidence.value(CHANGE_GAP)),
        hours=evidence.span(HOURS),
    )
