"""Test values of a sheet: unit, range, trials, parts of a score, and what else must be known."""

from __future__ import annotations

from statistics import fmean
from typing import TYPE_CHECKING, Any

from gerdy.assess.answers import choice, number_in_range
from gerdy.assess.catalogue import extras, tests
from gerdy.assess.units import convert
from gerdy.errors import AssessmentError, nearest
from gerdy.quantities import SIDES
from gerdy.records import Obtained, Side, TestResult

if TYPE_CHECKING:
    from gerdy.assess.catalogue import TestCard

Results = tuple[TestResult, ...]


def result_entries(given: dict[str, Any], problems: list[str]) -> tuple[Results, dict[str, Any]]:
    """Return the results, and the extras as ``<test>.<extra>`` or ``<test>.<extra>.<side>``; note problems."""
    results: list[TestResult] = []
    answers: dict[str, Any] = {}
    for key, item in given.items():
        card = tests().get(str(key))
        if card is None:
            near = ", ".join(nearest(str(key), tests())) or "none"
            problems.append(f"tests: unknown test '{key}'; nearest: {near}")
        elif not isinstance(item, dict):
            problems.append(f"{key}: give 'unit: {card.unit}' and a value per side")
        elif _holds_something(item):
            results += _results(card, item, problems)
            answers |= _extras(card, item, problems)
    return tuple(results), answers


def _holds_something(item: dict[str, Any]) -> bool:
    return any(
        found not in (None, "", []) and not (isinstance(found, dict) and not any(_filled(found)))
        for key, found in item.items()
        if key in {*SIDES, "value", "note"}
    )


def _filled(table: dict[str, Any]) -> list[bool]:
    return [item not in (None, "") for item in table.values()]


def _results(card: TestCard, item: dict[str, Any], problems: list[str]) -> list[TestResult]:
    places = SIDES if card.sides else ("value",)
    legal = {*places, "unit", "note", *card.extra, "pain"}
    for key in item:
        if key not in legal:
            near = ", ".join(nearest(str(key), legal)) or ", ".join(sorted(legal))
            problems.append(f"{card.key}: unknown entry '{key}'; nearest: {near}")
    found: list[TestResult] = []
    for place in places:
        if item.get(place) is None:
            continue
        side = Side(place) if card.sides else Side.NOT_APPLICABLE
        found += _parts(card, side, item, problems) if card.parts else _single(card, side, item, problems)
    return found


def _single(card: TestCard, side: Side, item: dict[str, Any], problems: list[str]) -> list[TestResult]:
    given = item["value" if side is Side.NOT_APPLICABLE else side.value]
    trials = given if isinstance(given, list) else [given]
    name = card.key if side is Side.NOT_APPLICABLE else f"{card.key} {side.value}"
    note = str(item.get("note") or "")
    if (card.text or card.choices) and len(trials) == 1:
        given = trials[0]
    if card.text:
        return [TestResult(test=card.key, side=side, value=str(given), unit=card.unit, note=note)]
    if card.choices:
        word = choice(name, given, card.choices, problems)
        return [] if word is None else [TestResult(test=card.key, side=side, value=word, unit=card.unit, note=note)]
    numbers = [_converted(card, name, trial, item.get("unit"), problems) for trial in trials]
    good = tuple(number for number in numbers if number is not None)
    if not good or len(good) < len(numbers):
        return []
    return [
        TestResult(
            test=card.key,
            side=side,
            value=_taken(card, good),
            unit=card.unit,
            trials=good,
            obtained=Obtained.MEASURED,
            note=note,
        )
    ]


def _converted(card: TestCard, name: str, trial: Any, unit: Any, problems: list[str]) -> float | None:
    if isinstance(trial, bool) or not isinstance(trial, int | float):
        problems.append(f"{name} is '{trial}'; it must be a number in {card.unit}")
        return None
    try:
        number = convert(float(trial), str(unit or ""), card.unit)
    except AssessmentError as error:
        problems.append(f"{name}: {error}")
        return None
    return number_in_range(card.key, number, card.unit, problems, name)


def _taken(card: TestCard, trials: tuple[float, ...]) -> float:
    if card.take == "mean":
        return fmean(trials)
    return min(trials) if card.better == "less" else max(trials)


def _parts(card: TestCard, side: Side, item: dict[str, Any], problems: list[str]) -> list[TestResult]:
    given = item[side.value]
    if not isinstance(given, dict):
        problems.append(f"{card.key} {side.value}: give the parts {', '.join(card.parts)}, one a line")
        return []
    found = []
    for part, points in given.items():
        if part not in card.parts:
            near = ", ".join(nearest(str(part), card.parts)) or ", ".join(card.parts)
            problems.append(f"{card.key} {side.value}: unknown part '{part}'; nearest: {near}")
            continue
        if points is None or points == "":
            continue
        low, high = card.parts[part]
        if isinstance(points, bool) or points not in range(low, high + 1):
            problems.append(f"{card.key} {side.value} {part} is '{points}'; give whole points from {low} to {high}")
            continue
        found.append(TestResult(test=f"{card.key}.{part}", side=side, value=float(points), unit="points"))
    return found


def _extras(card: TestCard, item: dict[str, Any], problems: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in (*card.extra, "pain"):
        given = item.get(name)
        if given is None or given == "":
            continue
        if extras()[name].each_side and card.sides:
            if not isinstance(given, dict) or set(given) - set(SIDES):
                problems.append(f"{card.key}: give {name} for left and right, as '{name}: {{left: …, right: …}}'")
                continue
            pairs = [(f"{card.key}.{name}.{side}", given.get(side)) for side in SIDES]
        else:
            pairs = [(f"{card.key}.{name}", given)]
        for key, raw in pairs:
            if (answer := _extra(card, name, key, raw, problems)) is not None:
                found[key] = answer
    return found


def _extra(card: TestCard, name: str, key: str, raw: Any, problems: list[str]) -> Any:
    if raw is None or raw == "":
        return None
    legal = card.positions if name == "position" else extras()[name].choices
    if legal:
        return choice(key, raw, legal, problems)
    return number_in_range(name, raw, extras()[name].unit, problems, key)
