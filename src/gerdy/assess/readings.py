"""What was measured, asked for by name: a value, an answer, or None for *not recorded*."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gerdy.assess.answers import NOT_APPLICABLE
from gerdy.assess.catalogue import tests
from gerdy.assess.motion_values import motion_value
from gerdy.evidence import value
from gerdy.quantities import SIDES
from gerdy.records import Side

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from gerdy.quantities import SideName
    from gerdy.records import Assessment

Place = Side
"""Left, right, or not applicable for a test that has no side."""


@dataclass(frozen=True)
class Readings:
    """One assessment, and a motion analysis beside it if there is one.

    Parameters
    ----------
    assessment : the record
    motion : the JSON of ``gerdy analyze``; empty when there is none
    """

    assessment: Assessment
    motion: Mapping[str, Any] = field(default_factory=dict)

    @property
    def day(self) -> dt.date:
        """The day of the assessment."""
        moment = self.assessment.event_time or self.assessment.entered_at
        return moment.date()

    def answer(self, key: str) -> Any:
        """Return an answer; None where not recorded, or not applicable (ask `applies`)."""
        found = self.assessment.answers.get(key)
        return None if found == NOT_APPLICABLE else found

    def applies(self, key: str) -> bool:
        """Return False where the sheet says that a question does not apply."""
        return self.assessment.answers.get(key) != NOT_APPLICABLE

    def answered(self, key: str) -> bool:
        """Return whether a question was answered, even with *not applicable*."""
        return self.assessment.answers.get(key) is not None

    def flag(self, key: str) -> Any:
        """Return the answer to one safety question: True, False, a number or None."""
        return self.assessment.answers.get(f"safety.{key}")

    def detail(self, test: str, name: str, side: Side | None = None) -> Any:
        """Return what else is known about a test, for example its lever or where it was felt."""
        tail = "" if side is None or side is Side.NOT_APPLICABLE else f".{side.value}"
        return self.assessment.answers.get(f"{test}.{name}{tail}")

    def raw(self, test: str, side: Side) -> float | str | None:
        """Return a value as it was measured, also when pain held it back."""
        if (seen := self._motion_mean(test, side)) is not None:
            return seen
        if parts := tests()[test].parts:
            points = [self._single.get((f"{test}.{part}", side)) for part in parts]
            known = [float(item) for item in points if isinstance(item, int | float)]
            return sum(known) if len(known) == len(parts) else None
        return self._single.get((test, side))

    def limited_by_pain(self, test: str, side: Side) -> float | None:
        """Return the pain in the test where it was above the ceiling, so the value is not the runner's best."""
        pain = self.detail(test, "pain", side)
        return pain if pain is not None and pain > value("house_assess.test_pain") else None

    def number(self, test: str, side: Side) -> float | None:
        """Return a usable number; None where not recorded or held back by pain."""
        found = self.raw(test, side)
        if not isinstance(found, int | float) or self.limited_by_pain(test, side) is not None:
            return None
        return float(found)

    def word(self, test: str, side: Side) -> str | None:
        """Return a value that is a word."""
        found = self.raw(test, side)
        return found if isinstance(found, str) else None

    def marked(self, test: str, side: Side) -> bool:
        """Return whether a film had markers, or the value comes from motion capture."""
        if self._motion_mean(test, side) is not None:
            return not self._from_unmarked_film
        return self.detail(test, "markers") == "tape"

    def measure(self, side: SideName, *names: str) -> Mapping[str, Any] | None:
        """Return the first of some values of the motion analysis that is there, as ``{mean, sd, n, unit}``."""
        return motion_value(self.motion, side, names)

    @property
    def _from_unmarked_film(self) -> bool:
        """Whether the motion analysis read films in which no tape or sticker marked the body (R-020)."""
        films = (self.motion.get("recording") or {}).get("films") or []
        return any(film.get("markers") != "tape" for film in films)

    def _motion_mean(self, test: str, side: Side) -> float | None:
        names = tests()[test].motion
        if not names or not self.motion:
            return None
        sides = [name for name in SIDES if side in {name, Side.NOT_APPLICABLE}]
        known = [float(item["mean"]) for name in sides if (item := self.measure(name, *names)) is not None]
        return sum(known) / len(known) if known else None

    @cached_property
    def _single(self) -> dict[tuple[str, Side], float | str | bool | None]:
        return {(item.test, item.side): item.value for item in self.assessment.results}
