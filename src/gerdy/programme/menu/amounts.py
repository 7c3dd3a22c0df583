"""How much: what the rules of rest, dose, endurance and thin weeks say (R-036, R-041, R-042, R-056)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.running.say import decide

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from gerdy.records import Decision

REST_KEYS: Final = ("house_menu.rest_days",)
DOSE_KEYS: Final = (
    "house_menu.ramp_weeks",
    "house_menu.ramp_reps",
    "house_menu.ramp_rir",
    "house_menu.novice_rir",
    "house_menu.strength_sets",
    "house_menu.sessions",
)
ENDURANCE_KEYS: Final = (
    "house_menu.endurance_days",
    "house_menu.endurance_reps",
    "house_menu.endurance_seconds",
    "house_menu.endurance_top_reps",
    "house_menu.endurance_top_seconds",
)
FEW_KEYS: Final = ("house_menu.adherence_low", "house_menu.adherence_weeks", "house_menu.few_exercises")
LIMIT_KEYS: Final = ("house_menu.home_exercises", "house_menu.gym_exercises")


def no_long_rest(rest_days: int, *, loads: bool) -> Decision:
    """R-036: no plan rests longer than two weeks without any load; a red flag stops it elsewhere.

    Parameters
    ----------
    rest_days : without load up to the week, its seven days added where it holds none
    loads : whether the week holds any exercise

    Returns
    -------
    outcome ``loads``, ``rests`` or ``add load``
    """
    after = 0 if loads else rest_days + 7
    seen = {"rest days": rest_days, "exercises": loads}
    if loads:
        return decide("R-036", "loads", "The week holds load.", seen, REST_KEYS)
    if after > evidence.value(REST_KEYS[0]):
        text = f"{after} days without any load would be too long: one gentle exercise stays."
        return decide("R-036", "add load", text, seen, REST_KEYS)
    return decide("R-036", "rests", "A short rest.", seen, REST_KEYS)


def ramp(strength_weeks: int, *, novice: bool) -> Decision:
    """R-041: whether sets are still those of the first weeks.

    Returns
    -------
    outcome ``ramp``, ``novice ramp`` or ``full``
    """
    weeks = evidence.value(DOSE_KEYS[0])
    seen = {"weeks of strength work": strength_weeks, "never lifted": novice}
    if strength_weeks >= weeks:
        return decide("R-041", "full", "Heavier sets, with one to three repetitions in reserve.", seen, DOSE_KEYS)
    reserve = evidence.value(DOSE_KEYS[3] if novice else DOSE_KEYS[2])
    text = f"More repetitions with {reserve:g} in reserve for the first {weeks:g} weeks."
    return decide("R-041", "novice ramp" if novice else "ramp", text, seen, DOSE_KEYS)


def endurance(active: Collection[str], times: int) -> Decision:
    """R-042: whether the outer hip's endurance has its sets.

    Parameters
    ----------
    times : sessions of the week that hold endurance sets

    Returns
    -------
    outcome ``not asked for``, ``enough`` or ``too few``
    """
    seen = {"C3 active": "C3" in active, "sessions with endurance sets": times}
    if "C3" not in active:
        return decide("R-042", "not asked for", "Endurance did not stand out.", seen, ENDURANCE_KEYS)
    outcome = "enough" if times >= evidence.value(ENDURANCE_KEYS[0]) else "too few"
    return decide("R-042", outcome, f"{times} sessions a week hold long sets for the outer hip.", seen, ENDURANCE_KEYS)


def thin_weeks(adherence: Sequence[float]) -> Decision:
    """R-056: whether the plan is cut because little of it was done.

    Parameters
    ----------
    adherence : done over planned per week, the last week last

    Returns
    -------
    outcome ``cut`` or ``as planned``
    """
    low, weeks, few = (evidence.value(key) for key in FEW_KEYS)
    last = adherence[-int(weeks) :]
    seen = {"adherence": ", ".join(f"{share:.0%}" for share in last) or None}
    if len(last) == int(weeks) and all(share < low for share in last):
        text = f"Less than {low:.0%} was done for {weeks:g} weeks: {few:g} exercises a session, and nothing new."
        return decide("R-056", "cut", text, seen, FEW_KEYS)
    return decide("R-056", "as planned", "Nothing speaks for a shorter plan.", seen, FEW_KEYS)
