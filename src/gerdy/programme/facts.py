"""What is known of a runner on one day: the latest tests, answers and scores, with their age limits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.assess.findings import SIDED, error_of
from gerdy.assess.readings import Readings
from gerdy.outlook.history import between
from gerdy.records import Assessment, Side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gerdy.outlook.history import History
    from gerdy.programme.safety import Judgements
    from gerdy.records import Discharge

STRENGTH: Final = {
    "hip abduction": ("hip_abduction_isometric", "hip_abduction_scale"),
    "hip external rotation": ("hip_external_rotation_isometric", "hip_external_rotation_scale"),
}
"""What is tested → tests that show it, the better first."""
HOPS: Final = ("single_hop", "triple_hop", "medial_triple_hop", "medial_rotation_hop")


@dataclass(frozen=True, slots=True)
class Facts:
    """One runner on one day, looking only at what happened up to it.

    Parameters
    ----------
    history : all facts; later ones are not looked at
    judgements : of the assessments
    day : the runner's local day
    """

    history: History
    judgements: Judgements
    day: dt.date

    def number(self, test: str, side: Side) -> float | None:
        """Return the latest value of a test; None where it is missing, held back by pain, or too old.

        A test that pain held back is not replaced by an older, better one: then pain would unlock.
        """
        limit = self.day - dt.timedelta(days=int(evidence.value("house_phases.test_days")))
        done = [(day, r) for day, r in self._readings() if _total(r, test, side) is not None]
        return _usable(done[-1][1], test, side) if done and done[-1][0] >= limit else None

    def symmetry(self, test: str) -> float | None:
        """Return the worse side over the better one; None where a side is missing."""
        sides = [self.number(test, side) for side in SIDED]
        if None in sides:
            return None
        low, high = sorted(value for value in sides if value is not None)
        return low / high if high > 0 else None

    def gain(self, test: str) -> tuple[float, bool] | None:
        """Return the smaller gain of the two sides since the first test, and whether both pass the test's error.

        Returns
        -------
        (share of the first value, both beyond the error); None where a side lacks a first or a later value
        """
        gains = [self._gain(test, side) for side in SIDED]
        known = [gain for gain in gains if gain is not None]
        return (min(g for g, _ in known), all(b for _, b in known)) if len(known) == len(gains) else None

    def answer(self, key: str) -> float | None:
        """Return the latest number that an assessment's sheet gives for a question, whatever its age."""
        found = (r.answer(key) for _, r in reversed(self._readings()))
        return next((float(value) for value in found if isinstance(value, int | float)), None)

    def word(self, key: str) -> str | None:
        """Return the latest word that an assessment's sheet gives for a question."""
        return next((str(v) for _, r in reversed(self._readings()) if (v := r.answer(key)) is not None), None)

    def scores(self, name: str) -> tuple[tuple[dt.date, float], ...]:
        """Return every score of a questionnaire, from check-ins and sheets, oldest first."""
        given = [
            (f.day, score)
            for f in between(self.history.check_ins, dt.date.min, self.day)
            for named, score in f.entry.questionnaires
            if named.lower() == name
        ]
        sheets = [(day, float(v)) for day, r in self._readings() if isinstance(v := r.answer(name), int | float)]
        return tuple(sorted([*given, *sheets], key=lambda item: item[0]))

    def discharge(self) -> tuple[dt.date, Discharge] | None:
        """Return the latest hand-over from physiotherapy."""
        found = between(self.history.discharges, dt.date.min, self.day)
        return (found[-1].day, found[-1].entry) if found else None

    def _readings(self) -> list[tuple[dt.date, Readings]]:
        return list(self._each())

    def _each(self) -> Iterator[tuple[dt.date, Readings]]:
        """Give the readings of sheets and of hand-overs, oldest first; a hand-over's tests count as tests."""
        sheets = [(f.day, f.entry) for f in between(self.history.assessments, dt.date.min, self.day)]
        sheets += [(f.day, _as_sheet(f.entry)) for f in between(self.history.discharges, dt.date.min, self.day)]
        for day, entry in sorted(sheets, key=lambda item: item[0]):
            yield day, Readings(entry)

    def _gain(self, test: str, side: Side) -> tuple[float, bool] | None:
        done = [r for _, r in self._readings() if _total(r, test, side) is not None]
        if len(done) < 2:
            return None
        readings, first, last = done[-1], _usable(done[0], test, side), _usable(done[-1], test, side)
        if first is None or last is None or first <= 0:
            return None
        return (last - first) / first, last - first > error_of(readings, test, max(first, last))


def _total(readings: Readings, test: str, side: Side) -> float | None:
    """Return a value as measured; a score whose parts were not written down may be given as a whole."""
    found = readings.raw(test, side)
    if found is None:
        found = next((r.value for r in readings.assessment.results if r.test == test and r.side is side), None)
    return float(found) if isinstance(found, int | float) and not isinstance(found, bool) else None


def _usable(readings: Readings, test: str, side: Side) -> float | None:
    return None if readings.limited_by_pain(test, side) is not None else _total(readings, test, side)


def _as_sheet(entry: Discharge) -> Assessment:
    return Assessment(
        id=entry.id,
        runner_id=entry.runner_id,
        event_time=entry.event_time,
        entered_at=entry.entered_at,
        by=entry.by,
        results=entry.results,
    )
