"""The criteria that close one phase and open the next, as data; each says met, not met or not recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gerdy.programme import criteria_daily as daily
from gerdy.programme import criteria_tests as tests

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from gerdy.programme.facts import Facts
    from gerdy.programme.gates.met import Met

    Ask = Callable[[Facts, dt.date], tuple[Met, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One thing that a phase asks before it lets go.

    Parameters
    ----------
    phase : whose exit it belongs to
    asks : what must be so, in words
    to_do : what to do where it is not met or not recorded
    numbers : registry keys of its thresholds
    ask : (facts, first day of the phase) → answer and what was seen
    """

    phase: str
    name: str
    asks: str
    to_do: str
    numbers: tuple[str, ...]
    ask: Ask


@dataclass(frozen=True, slots=True)
class Asked:
    """A criterion and its answer on a day."""

    criterion: Criterion
    met: Met
    seen: str


def ask_all(phase: str, facts: Facts, since: dt.date) -> tuple[Asked, ...]:
    """Return the answer of every exit criterion of a phase."""
    return tuple(Asked(one, *one.ask(facts, since)) for one in CRITERIA[phase])


def all_open(phase: str, facts: Facts, since: dt.date) -> bool:
    """Whether nothing stands before the exit of a phase; asks no further than the first that does."""
    return all(one.ask(facts, since)[0].opens for one in CRITERIA[phase])


def _criterion(phase: str, name: str, asks: str, to_do: str, numbers: tuple[str, ...], ask: Ask) -> Criterion:
    keys = tuple(key if "." in key else f"house_phases.{key}" for key in numbers)
    return Criterion(phase=phase, name=name, asks=asks, to_do=to_do, numbers=keys, ask=ask)


CRITERIA: Final[dict[str, tuple[Criterion, ...]]] = {
    "P0": (
        _criterion("P0", "no lock", "no red flag stands", "see the referral text", (), daily.unlocked),
        _criterion(
            "P0",
            "assessment",
            "the home set is complete enough",
            "do the missing tests of the sheet",
            ("house_assess.completeness",),
            daily.assessed,
        ),
    ),
    "P1": (
        _criterion(
            "P1",
            "walking",
            "30 minutes of walking at 1 of 10 or less",
            "walk, and enter the pain",
            ("walk_pain", "answer_days"),
            daily.walking,
        ),
        _criterion(
            "P1",
            "stairs",
            "walking down stairs at 2 of 10 or less",
            "answer the morning question",
            ("stairs_pain", "answer_days"),
            daily.stairs,
        ),
        _criterion(
            "P1",
            "mornings",
            "three mornings in a row at 2 of 10 or less",
            "answer the morning question each day",
            ("morning_pain", "settled_mornings"),
            daily.settled,
        ),
        _criterion(
            "P1",
            "first work",
            "six sessions since the phase began",
            "do the first sessions",
            ("first_sessions",),
            daily.first_sessions,
        ),
    ),
    "P2": (
        _criterion(
            "P2",
            "hip strength",
            "abduction and rotation even, or a tenth stronger",
            "retest both sides",
            ("capacity_symmetry", "capacity_gain", "test_days"),
            tests.capacity,
        ),
        _criterion(
            "P2",
            "side plank",
            "long enough, or even",
            "retest the side plank",
            ("plank_women", "plank_men", "capacity_symmetry"),
            tests.plank,
        ),
        _criterion(
            "P2",
            "step-down",
            "2 points or fewer on both sides",
            "retest the lateral step-down",
            ("step_down",),
            tests.step_down,
        ),
        _criterion(
            "P2", "heel raises", "20 or more on both sides", "retest the heel raise", ("heel_raises",), tests.heel_raise
        ),
        _criterion(
            "P2",
            "recovery score",
            "UWRI five points up, or 33",
            "fill in the UWRI",
            ("nelson2020.important_change", "uwri_full"),
            daily.recovering,
        ),
    ),
    "P3": (
        _criterion(
            "P3",
            "long easy runs",
            "three times 40 minutes flat in one go, pain 1 or less, morning 0",
            "run the last stage of the ladder",
            ("long_minutes", "long_runs", "run_pain", "recent_days"),
            daily.long_easy_runs,
        ),
        _criterion(
            "P3",
            "strength even",
            "abduction and rotation at 90 % of the better side",
            "retest both sides",
            ("return_symmetry",),
            tests.even,
        ),
        _criterion(
            "P3",
            "hops even",
            "hops at 90 % of the better side",
            "test a hop on both sides",
            ("hop_symmetry",),
            tests.hops,
        ),
        _criterion(
            "P3",
            "control under load",
            "a control exercise clean with a tenth of body mass (R-044)",
            "load a control exercise and film it",
            ("loaded_share", "house_gates.clean_share"),
            daily.loaded_control,
        ),
    ),
    "P4": (
        _criterion(
            "P4",
            "goal runs",
            "the long run of the goal done twice (R-075)",
            "set a goal with 'long_run_km'",
            ("goal_runs", "recent_days", "run_pain"),
            daily.goal_runs,
        ),
        _criterion(
            "P4",
            "weekly score",
            "OSTRC at zero three weeks running (R-075)",
            "answer the OSTRC each week",
            ("zero_weeks",),
            daily.quiet_weeks,
        ),
        _criterion(
            "P4", "recovery score", "UWRI 33 or more (R-075)", "fill in the UWRI", ("uwri_full",), daily.recovered
        ),
        _criterion(
            "P4",
            "strength even",
            "abduction and rotation at 90 % of the better side (R-075)",
            "retest both sides",
            ("return_symmetry",),
            tests.even,
        ),
        _criterion(
            "P4",
            "no loss in hops",
            "hops within the error of the test of even (R-075)",
            "test a hop on both sides",
            ("dingenen2019.detectable",),
            tests.no_hop_loss,
        ),
    ),
}
"""Phase → what its exit asks. P5 has no exit: it ends only by a knowing opt-out (R-080)."""
