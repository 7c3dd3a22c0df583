"""Where one exercise stands on one side, and how one answer moves it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gerdy.programme.gates.verdict import Says

if TYPE_CHECKING:
    import datetime as dt

    from gerdy.programme.gates.quantifiers import Sessions


@dataclass(frozen=True, slots=True)
class Place:
    """The state that answers move.

    Parameters
    ----------
    rank : steps gained, 0 at the start
    down : one level below the rank until enough sessions count again
    answers : sessions since the last step, whether each counted; a session that holds leaves no answer
    rests_until : last day of a rest; None where the exercise is open
    """

    rank: int = 0
    down: bool = False
    answers: tuple[bool, ...] = ()
    rests_until: dt.date | None = None

    def rests_on(self, day: dt.date) -> bool:
        """Whether the exercise rests on a day."""
        return self.rests_until is not None and day <= self.rests_until


def moved(place: Place, says: Says, need: Sessions, top: int, rest_until: dt.date) -> Place:
    """Return the place after one session.

    Enough sessions that count lead one step on, or back up from a step down, and are then used up: the next step needs
    as many again. A step back from a place that is already down takes a rank.

    Parameters
    ----------
    need : how many sessions that count lead one step on
    top : highest rank
    rest_until : last day of the rest that this session would bring
    """
    if says is Says.HOLD:
        return place
    if says in {Says.REMOVE, Says.BACK}:
        back = _back(place)
        if says is Says.BACK:
            return back
        later = rest_until if place.rests_until is None else max(rest_until, place.rests_until)
        return replace(back, rests_until=later)
    seen = replace(place, answers=(*place.answers, says is Says.COUNT))
    return _on(seen, top) if need.fires(seen.answers) else seen


def _back(place: Place) -> Place:
    rank = max(0, place.rank - 1) if place.down else place.rank
    return replace(place, rank=rank, down=True, answers=())


def _on(place: Place, top: int) -> Place:
    if place.down:
        return replace(place, down=False, answers=())
    return replace(place, rank=min(top, place.rank + 1), answers=())
