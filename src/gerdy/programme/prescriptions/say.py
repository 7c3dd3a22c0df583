"""Printing a prescription: one canonical text for each value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gerdy.programme.prescriptions.numbers import say_number, say_range, say_time
from gerdy.programme.prescriptions.words import UPPER, Band, Measure, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gerdy.programme.prescriptions.value import Prescription
    from gerdy.programme.prescriptions.words import Criterion, Frequency, Until


def say(item: Prescription) -> str:
    """Return ``3 × 8–12 lateral step-down each side at RIR 2, 3 days a week until 2 sessions pain ≤ 2/10``."""
    head = " ".join(
        filter(None, (f"{say_range(item.sets)} ×", say_amount(item), item.exercise, item.sides, _load(item)))
    )
    text = ", ".join((head, *_clauses(item)))
    return f"{text} until {say_until(item.until)}" if item.until else text


def say_amount(item: Prescription) -> str:
    """Return how much is in a set, with its unit: ``8–12``, ``20–45 s``, ``5 breaths``."""
    match item.unit:
        case Unit.REPS:
            return say_range(item.amount)
        case Unit.SECONDS:
            return say_time(item.amount)
        case Unit.METRES:
            return f"{say_range(item.amount)} m"
        case _:
            return f"{say_range(item.amount)} {_plural(item.unit, item.amount[1])}"


def say_effort(item: Prescription) -> str:
    """Return the effort alone: ``RIR 2–3``, ``RPE 7``, ``80–85 % 1RM``; empty where none is asked."""
    parts = (
        f"{say_range(item.one_rm_percent)} % 1RM" if item.one_rm_percent else "",
        f"RIR {say_range(item.rir)}" if item.rir else "",
        f"RPE {say_range(item.rpe)}" if item.rpe else "",
    )
    return " ".join(filter(None, parts))


def say_until(until: Until) -> str:
    """Return ``2 sessions pain ≤ 2/10 and clean ≥ 90 %``."""
    met = " and ".join(map(_criterion, until.criteria))
    return f"{until.count} {_plural(until.per, until.count)} {met}"


def _load(item: Prescription) -> str:
    weight = " ".join(
        filter(
            None,
            (
                f"{say_range(item.load_kg)} kg" if item.load_kg else "",
                f"{say_range(item.body_mass_percent)} % of body mass" if item.body_mass_percent else "",
                say_effort(item),
            ),
        )
    )
    return " ".join(filter(None, (_band(item.band), f"at {weight}" if weight else "")))


def _band(band: Band | None) -> str:
    if band is None:
        return ""
    return f"with {'an' if band is Band.EXTRA_HEAVY else 'a'} {band} band"


def _clauses(item: Prescription) -> Iterator[str]:
    if item.tempo:
        yield "tempo " + "-".join(map(str, item.tempo))
    if item.hold_s:
        yield f"hold {say_time(item.hold_s)}"
    if item.rest_s:
        yield f"rest {say_time(item.rest_s)}"
    if item.frequency:
        yield _frequency(item.frequency)
    if item.pain_at_most is not None:
        yield f"pain ≤ {say_number(item.pain_at_most)}/10"


def _frequency(often: Frequency) -> str:
    word = "days" if often.per == "week" else "times"
    return f"{say_range(often.times)} {_plural(word, often.times[1])} a {often.per}"


def _criterion(item: Criterion) -> str:
    if item.value is None:
        return item.measure
    sign = "≤" if item.measure in UPPER else "≥"
    return f"{item.measure} {sign} {say_number(item.value)}{_CRITERION_UNITS.get(item.measure, '')}"


_CRITERION_UNITS = {
    Measure.PAIN: "/10",
    Measure.MORNING_PAIN: "/10",
    Measure.CLEAN: " %",
    Measure.HOLD: " s",
    Measure.LOAD: " kg",
}


def _plural(word: str, count: float) -> str:
    return word.removesuffix("s") if count == 1 else word
