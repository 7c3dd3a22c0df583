"""Another exercise for the same purpose where equipment is missing (R-050)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gerdy.evidence import value
from gerdy.programme.exercises.at_hand import missing
from gerdy.programme.exercises.library import exercises
from gerdy.records import Decision, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gerdy.programme.exercises.exercise import Exercise

KEYS: Final = ("house_exercises.same_level", "house_exercises.same_specificity")


def substitutes(item: Exercise, equipment: Iterable[str], place: str = "") -> tuple[Exercise, ...]:
    """Return exercises that may stand in, best first.

    Same track, a level next to it at most, a shared target, and nearly as much like running; all of it can be done with
    what is at hand. More shared targets, the same kind, then the nearest level stand first.

    Parameters
    ----------
    equipment : what the runner has; everyday things need not be named
    place : ``home``, ``gym``, ``outside``, or empty for any
    """
    have = tuple(equipment)
    fitting = [other for other in exercises().values() if _fits(item, other) and not missing(other, have, place)]
    return tuple(sorted(fitting, key=lambda other: _distance(item, other)))


def substitute(item: Exercise, equipment: Iterable[str], place: str = "") -> Decision:
    """Decide whether an exercise can be done as planned, and what stands in if not.

    Returns
    -------
    Decision : ``as planned``, ``replace`` (the id stands in ``inputs_seen["instead"]``) or ``leave out``
    """
    have = tuple(equipment)
    lacks = missing(item, have, place)
    found = substitutes(item, have, place) if lacks else ()
    seen: dict[str, Any] = {"exercise": item.id, "equipment": list(have), "place": place or "any", "lacks": list(lacks)}
    if not lacks:
        return _decide("as planned", f"{item.name}: everything it needs is at hand.", seen)
    if found:
        says = (
            f"{item.name} needs {', '.join(lacks)}; {found[0].name} works on the same and needs no more than is there."
        )
        return _decide("replace", says, seen | {"instead": found[0].id})
    says = f"{item.name} needs {', '.join(lacks)}, and nothing of the same track, level and target can be done here."
    return _decide("leave out", says, seen)


def _fits(item: Exercise, other: Exercise) -> bool:
    return (
        other.id != item.id
        and other.track == item.track
        and bool(set(other.contributors) & set(item.contributors))
        and _level_gap(item, other) <= value("house_exercises.same_level")
        and abs(item.specificity - other.specificity) <= value("house_exercises.same_specificity")
    )


def _distance(item: Exercise, other: Exercise) -> tuple[int, bool, int, int, str]:
    shared = len(set(item.contributors) & set(other.contributors))
    specificity = abs(item.specificity - other.specificity)
    return -shared, other.kind != item.kind, _level_gap(item, other), specificity, other.id


def _level_gap(item: Exercise, other: Exercise) -> int:
    """Return how many levels lie between two ranges of levels; 0 where they overlap."""
    return max(0, item.levels[0] - other.levels[1], other.levels[0] - item.levels[1])


def _decide(outcome: str, says: str, seen: dict[str, Any]) -> Decision:
    return Decision(
        outcome=outcome,
        rule="R-050",
        reasons=(Reason(text=says, evidence=KEYS),),
        inputs_seen=seen,
        sources=("house",),
    )
