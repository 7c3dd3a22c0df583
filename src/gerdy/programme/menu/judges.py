"""Which exercises: what the rules of ankle, drills, patterns, jumps and calming say about plain facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.programme.menu.template import common
from gerdy.running.say import decide

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from gerdy.records import Decision

ANKLE_KEYS: Final = ("house_menu.ankle_weeks",)
ANKLE_BEFORE_KEYS: Final = ("house_menu.ankle_days",)
MERGE_KEYS: Final = ("house_menu.merge_days", "house_menu.merge_sessions")
ISOLATED_KEYS: Final = ("house_menu.isolated_weeks",)
CALM_KEYS: Final = ("house_menu.calm_minutes", "house_menu.calm_sets", "house_menu.calm_seconds")
JUMP_KEYS: Final = (
    "house_exercise_entry.step_down_before_jumps",
    "house_exercise_entry.stairs_pain",
    "house_exercise_entry.clean_sessions",
)
THE_BAND: Final = ("it band", "itb", "iliotibial")
"""Words for a place that is not rolled (R-047)."""


def ankle_order(kind: str, weeks_without_gain: float | None, *, pinch: bool) -> Decision:
    """R-023: which ankle work, in which order, or a clinician.

    Parameters
    ----------
    kind : outcome of R-022; weeks_without_gain : None where no retest says so; pinch : sharp, at the front

    Returns
    -------
    outcome ``clinician``, or the exercises in their order, joined by ``, ``
    """
    limit = evidence.value(ANKLE_KEYS[0])
    seen = {"class": kind, "weeks without gain": weeks_without_gain, "sharp pinch": pinch}
    if pinch or (weeks_without_gain is not None and weeks_without_gain >= limit):
        why = (
            "the front of the ankle pinches" if pinch else f"{weeks_without_gain:g} weeks brought no gain beyond error"
        )
        return decide("R-023", "clinician", f"Let a clinician look at the ankle: {why}.", seen, ANKLE_KEYS)
    steps = common().ankle.get(kind, common().ankle["unknown"])
    return decide("R-023", ", ".join(steps), f"Ankle work for the class '{kind}'.", seen, ANKLE_KEYS)


def ankle_before_running(amount: str, *, work_done: bool | None) -> Decision:
    """R-024, the half that plans: whether ankle work has to stand in the week.

    Parameters
    ----------
    amount : outcome of R-021; work_done : whether its days and sessions are behind the runner

    Returns
    -------
    outcome ``before running``, ``where it fits`` or ``none``
    """
    seen = {"restriction": amount, "ankle work done": work_done}
    if amount == "significant" and not work_done:
        text = "The ankle is significantly stiff, so ankle work stands in every week before running begins."
        return decide("R-024", "before running", text, seen, ANKLE_BEFORE_KEYS)
    if amount in {"significant", "mild"}:
        return decide("R-024", "where it fits", "Ankle work stands where there is room.", seen, ANKLE_BEFORE_KEYS)
    return decide("R-024", "none", "The ankle is not known to be stiff: no ankle track.", seen, ANKLE_BEFORE_KEYS)


def merge_drill(clean: tuple[int, int] | None, *, hinge: bool) -> Decision:
    """R-026: whether a length drill goes into the loaded hinge.

    Parameters
    ----------
    clean : (clean sessions, days since the last of them that was needed); None where the drill was not done
    hinge : whether a loaded hinge is open

    Returns
    -------
    outcome ``keep``, ``wait`` (clean, no hinge open yet) or ``merge``
    """
    days, sessions = (evidence.value(key) for key in MERGE_KEYS)
    seen = {"clean sessions": None if clean is None else clean[0], "days since": None if clean is None else clean[1]}
    if clean is None or clean[0] < sessions:
        return decide("R-026", "keep", "The drill is still being learnt.", seen, MERGE_KEYS)
    if not hinge and clean[1] < days:
        return decide("R-026", "wait", "The drill is clean and waits for a loaded hinge.", seen, MERGE_KEYS)
    return decide("R-026", "merge", "The drill is clean: it lives on in the loaded hinge.", seen, MERGE_KEYS)


def patterns(ids: Collection[str]) -> Decision:
    """R-040: whether a strength week holds hinge, single-leg squat, side chain and calf.

    Returns
    -------
    outcome ``complete`` or ``missing``, with the names in the reason
    """
    missing = [name for name, ones in common().patterns.items() if not set(ones) & set(ids)]
    seen = {"exercises": ", ".join(sorted(ids))}
    if missing:
        return decide("R-040", "missing", f"The week lacks {', '.join(missing)}.", seen)
    return decide("R-040", "complete", "Hinge, single-leg squat, side chain and calf are there.", seen)


def isolated(weeks: int, tracks: Collection[str]) -> Decision:
    """R-043: isolated work alone for three weeks at most.

    Parameters
    ----------
    weeks : weeks in a row without T2 or T3 before this one; tracks : of this week

    Returns
    -------
    outcome ``allowed`` or ``generator error``
    """
    seen = {"weeks before": weeks, "tracks": ", ".join(sorted(tracks))}
    if not {"T2", "T3"} & set(tracks) and weeks >= evidence.value(ISOLATED_KEYS[0]):
        text = f"After {weeks} weeks of isolated work the week still holds no T2 or T3 exercise."
        return decide("R-043", "generator error", text, seen, ISOLATED_KEYS)
    return decide("R-043", "allowed", "The week leads on from isolated work.", seen, ISOLATED_KEYS)


def jumps_may_start(
    step_down: float | None, stairs: float | None, *, hop_tested: bool, clean_sessions: int
) -> Decision:
    """R-046: whether jumps may start, and whether the next level is open.

    Parameters
    ----------
    step_down : points of 6; stairs : pain of 10; None is not recorded
    clean_sessions : of the level so far

    Returns
    -------
    outcome ``not yet``, ``first level`` or ``next level``; what is not recorded keeps the jumps closed
    """
    most, pain, clean = (evidence.value(key) for key in JUMP_KEYS)
    seen = {"step-down": step_down, "stairs": stairs, "hop test": hop_tested, "clean sessions": clean_sessions}
    if step_down is None or step_down > most or stairs is None or stairs > pain or not hop_tested:
        text = f"Jumps wait for a step-down of {most:g} or less, stairs at {pain:g} or less, and the hop test."
        return decide("R-046", "not yet", text, seen, JUMP_KEYS)
    if clean_sessions >= clean:
        return decide("R-046", "next level", "The level was clean often enough.", seen, JUMP_KEYS)
    return decide("R-046", "first level", "Jumps may start at the first level.", seen, JUMP_KEYS)


def calm_first(place: str, sets: float, seconds: float, minutes_to: Mapping[str, float]) -> Decision:
    """R-047: whether rolling or stretching may stand in a session.

    Parameters
    ----------
    place : where it works, in words; sets, seconds : the most of its dose
    minutes_to : track → minutes from its end to the next exercise of that track in the same session

    Returns
    -------
    outcome ``allowed`` or ``reject``
    """
    minutes, most_sets, most_seconds = (evidence.value(key) for key in CALM_KEYS)
    follows = [gap for track, gap in minutes_to.items() if track in {"T1", "T2", "T5"} and gap <= minutes]
    faults = [
        *(["never on the band itself"] if any(word in place.lower() for word in THE_BAND) else []),
        *([] if follows else [f"no T1, T2 or T5 exercise within {minutes:g} minutes after it"]),
        *(
            [f"more than {most_sets:g} sets of {most_seconds:g} s"]
            if sets > most_sets or seconds > most_seconds
            else []
        ),
    ]
    seen = {"place": place, "sets": sets, "seconds": seconds, "next": min(follows, default=None)}
    if faults:
        return decide("R-047", "reject", f"Not like this: {'; '.join(faults)}.", seen, CALM_KEYS)
    return decide("R-047", "allowed", "Strength work follows at once.", seen, CALM_KEYS)
