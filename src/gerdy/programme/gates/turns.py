"""What coach or clinician decided about an exercise instead of gerdy, as the fold applies it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from gerdy.programme.gates.bars import in_a_row
from gerdy.programme.gates.place import moved
from gerdy.programme.gates.verdict import Says
from gerdy.records import Side

if TYPE_CHECKING:
    import datetime as dt

    from gerdy.outlook.history import Dated
    from gerdy.programme.gates.place import Place
    from gerdy.programme.gates.scheme import Scheme
    from gerdy.records import Override

GATES: Final = ("RG", "R-045", "R-049")
"""Gates of an exercise beside its own progression."""
OUTCOMES: Final = ("remove", "back", "hold", "advance")
"""What an exercise can be told, the strictest first; ``seen`` on R-049 says that somebody watched it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One override of an exercise gate.

    Parameters
    ----------
    day : from when
    until : last day; None for as long as it is not corrected
    """

    day: dt.date
    to: str
    reason: str
    until: dt.date | None

    @property
    def words(self) -> str:
        """What is said beside a session that it holds."""
        return f"held by a person: {self.reason}"

    def holds_on(self, day: dt.date) -> bool:
        """Whether nothing counts on a day."""
        return self.to == "hold" and self._in_force(day)

    def saw_it(self, day: dt.date) -> bool:
        """Whether somebody vouches for what a film would show."""
        return self.to == "seen" and self._in_force(day)

    def apply(self, place: Place, top: int) -> Place:
        """Return the place after the decision; ``advance`` and ``back`` act once, on their day."""
        if self.to == "advance":
            up = replace(place, down=False, answers=())
            return up if place.down else replace(up, rank=min(top, place.rank + 1))
        if self.to in {"back", "remove"}:
            return moved(place, Says(self.to), in_a_row(), top, self.until or self.day)
        return place

    def _in_force(self, day: dt.date) -> bool:
        return self.day <= day and (self.until is None or day <= self.until)


def turns_for(overrides: tuple[Dated[Override], ...], scheme: Scheme, side: Side) -> tuple[Turn, ...]:
    """Return the permitted overrides about an exercise and side, oldest first."""
    return tuple(
        Turn(fact.day, fact.entry.to, fact.entry.reason, fact.entry.until)
        for fact in overrides
        if fact.entry.gate in {scheme.progression, *GATES}
        and fact.entry.subject in {"", scheme.exercise_id}
        and fact.entry.side in {side, Side.BOTH, Side.NOT_APPLICABLE}
    )
