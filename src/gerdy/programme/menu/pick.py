"""Which exercise meets a need: the one in hand, the next one its gate opened, or the nearest that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gerdy.programme.exercises import exercise, substitutes
from gerdy.programme.exercises.at_hand import at_hand, missing
from gerdy.programme.menu.template import common, holds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.programme.exercises import Exercise
    from gerdy.programme.menu.query import MenuQuery
    from gerdy.programme.menu.template import Need


def pick(need: Need, sequence: Sequence[str], query: MenuQuery) -> Exercise | None:
    """Return the exercise for a need; None where none is open.

    An exercise in hand goes on until its gate offers a harder one or asks for an easier one; a preferred or the
    easiest exercise begins. Where that one is closed or lacks equipment, the nearest easier one is taken, then the
    nearest harder one, then a substitute (R-050). One that rests after pain closes all harder ones too, so pain never
    leads to more.

    Parameters
    ----------
    sequence : candidates, easiest first
    """
    wished = _wished(need, sequence, query)
    if any(holds(word, query) for word in need.first_only):
        wished = sequence[0]
    resting = [n for n, key in enumerate(sequence) if key in query.resting]
    allowed = sequence[: min(resting, default=len(sequence))]
    for key in (wished, *_around(sequence, wished)):
        if (key in allowed or key not in sequence) and is_open(key, query):
            return exercise(key)
    return None if resting else _stand_in(exercise(wished), query)


def _stand_in(wished: Exercise, query: MenuQuery) -> Exercise | None:
    """Return the best substitute for what cannot be done here; none where that one rests, so that pain adds nothing."""
    found = substitutes(wished, _have(query), _place(query))
    fitting = (one for one in found if set(one.entry) <= _conditions(query))
    best = next(fitting, None)
    return None if best is None or best.id in query.resting else best


def _have(query: MenuQuery) -> tuple[str, ...]:
    return (*query.equipment, *sorted(common().household))


def _place(query: MenuQuery) -> str:
    return "gym" if query.gym else ""


def _wished(need: Need, sequence: Sequence[str], query: MenuQuery) -> str:
    in_hand = [key for key in sequence if key in query.doing]
    if not in_hand:
        preferred = (key for word, keys in need.prefer.items() if holds(word, query) for key in keys)
        return next(preferred, sequence[0])
    now = in_hand[-1]
    easier = query.instead.get(now, ())
    if easier:
        return next((key for key in reversed(sequence) if key in easier), easier[0])
    harder = [key for key in query.offers.get(now, ()) if key in sequence]
    return harder[0] if harder else now


def _around(sequence: Sequence[str], wished: str) -> list[str]:
    """Return the others, easier ones first and the nearest of these first."""
    place = sequence.index(wished) if wished in sequence else 0
    return [*reversed(sequence[:place]), *sequence[place + 1 :]]


def is_open(key: str, query: MenuQuery) -> bool:
    """Whether an exercise may be done: it does not rest, its conditions hold, and what it needs is there."""
    found = exercise(key)
    placed = query.gym or bool({"home", "outside"} & set(found.place))
    done = placed and not missing(found, _have(query), _place(query))
    return done and key not in query.resting and set(found.entry) <= _conditions(query)


def _conditions(query: MenuQuery) -> set[str]:
    """Return the conditions of entry that hold, with those that the assessment itself answers."""
    joint = {"ankle_joint"} if query.ankle_class == "joint" else set()
    return {*query.opened, *joint, *({"control_fair"} if query.order == "length" else ())}


def equipment_of(found: Exercise, query: MenuQuery) -> tuple[str, ...]:
    """Return what of the runner's own equipment an exercise takes; what every home has is not named."""
    everyday = at_hand(common().household)
    asked = (alternatives for alternatives in found.equipment if not everyday & set(alternatives))
    return tuple(
        next(item for item in (*query.equipment, *alternatives) if item in alternatives) for alternatives in asked
    )
