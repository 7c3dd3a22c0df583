"""Answers of a sheet: questions, the safety screen and clearances, each checked against what can be."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from gerdy.assess.catalogue import questions, red_flags
from gerdy.errors import nearest
from gerdy.evidence import entry, value
from gerdy.quantities import Missing

NOT_APPLICABLE: Final = Missing.NOT_APPLICABLE.value
_NOT_APPLICABLE_WORDS: Final = {"n/a", "na", "not applicable"}
AFTER_INJURY: Final = ("trauma", "ottawa")
"""How the keys of the safety questions begin that are asked only after an injury."""

_CLEARANCE_FIELDS: Final = ("covers", "who", "profession", "date", "examined")


def group_answers(group: str, given: dict[str, Any], problems: list[str]) -> dict[str, Any]:
    """Return the answers of one group of questions; empty ones are left out, problems are added."""
    found: dict[str, Any] = {}
    for key, item in given.items():
        card = questions().get(str(key))
        if card is None or card.group != group:
            near = nearest(str(key), [name for name, row in questions().items() if row.group == group])
            problems.append(f"{group}: unknown question '{key}'; nearest: {', '.join(near) or 'none'}")
            continue
        if (answer := _answer(str(key), item, card.choices, card.unit, card.kind, problems)) is not None:
            found[str(key)] = answer
    return found


def safety_answers(given: dict[str, Any], problems: list[str]) -> dict[str, Any]:
    """Return the safety screen as ``safety.<flag>`` → yes/no as True/False, or a number.

    ``everything_else: no`` says that all other yes/no questions were read and answered with no, and that
    the numbers among them are nought; it does not answer what is asked only after an injury.
    """
    rest = _yes_no("everything_else", given.get("everything_else"), problems)
    if rest:
        problems.append("safety: everything_else can only be no; answer each question that is yes")
    flags = [str(key) for key in given if key != "everything_else"]
    answers = {f"safety.{key}": _safety_answer(key, given[key], problems) for key in flags}
    found = {key: item for key, item in answers.items() if item is not None}
    if rest is False:
        for key, card in red_flags().items():
            if not key.startswith(AFTER_INJURY):
                found.setdefault(f"safety.{key}", 0.0 if card.unit else False)
    return found


def _safety_answer(key: str, item: Any, problems: list[str]) -> Any:
    card = red_flags().get(key)
    if card is None:
        near = ", ".join(nearest(key, red_flags())) or "none"
        problems.append(f"safety: unknown question '{key}'; nearest: {near}")
        return None
    return number_in_range(key, item, card.unit, problems) if card.unit else _yes_no(key, item, problems)


def clearances(given: Any, problems: list[str]) -> list[dict[str, Any]]:
    """Return the recorded clearances; each needs what it covers, who, profession, date and what was examined."""
    if not isinstance(given, list):
        problems.append("clearance must be a list; each entry starts with '- covers:'")
        return []
    return [found for item in given if (found := _clearance(item, problems)) is not None]


def number_in_range(key: str, item: Any, unit: str, problems: list[str], name: str = "") -> float | None:
    """Return a number inside what a person can do, or None after noting why not."""
    if item is None or item == "":
        return None
    name = name or key
    if isinstance(item, bool) or not isinstance(item, int | float):
        problems.append(f"{name} is '{item}'; it must be a number in {unit}")
        return None
    low, high = human_range(key)
    if not low <= item <= high:
        problems.append(f"{name} is {item:g} {unit}; it must lie between {low:g} and {high:g} {unit}")
        return None
    return float(item)


def human_range(key: str) -> tuple[float, float]:
    """Return the smallest and largest value that a person can produce."""
    table = entry("house_assess.human_ranges").value
    match table.get(key) if isinstance(table, dict) else None:
        case (float(low), float(high)):
            return low, high
    return float("-inf"), float("inf")


def clearance_is_valid(item: dict[str, Any], today: dt.date) -> bool:
    """Return whether a clearance was given on or before the day and is not too old to speak about it."""
    age = (today - dt.date.fromisoformat(str(item["date"])[:10])).days
    return 0 <= age <= value("house_safety.clearance_days")


def _answer(key: str, item: Any, choices: tuple[str, ...], unit: str, kind: str, problems: list[str]) -> Any:
    if item is None or item == "":
        return None
    if str(item).strip().lower() in _NOT_APPLICABLE_WORDS:
        return NOT_APPLICABLE
    if choices:
        return choice(key, item, choices, problems)
    if kind == "date":
        return _date(key, item, problems)
    return number_in_range(key, item, unit, problems)


def choice(key: str, item: Any, choices: tuple[str, ...], problems: list[str]) -> str | None:
    """Return one of the legal words, or None after noting which they are."""
    word = {True: "yes", False: "no"}[item] if isinstance(item, bool) else str(item).strip().lower()
    for legal in choices:
        if word in {legal.lower(), "no" if legal == "none" else legal.lower()}:
            return legal
    problems.append(f"{key} is '{item}'; it must be one of: {', '.join(choices)}")
    return None


def _date(key: str, item: Any, problems: list[str]) -> str | None:
    try:
        return dt.date.fromisoformat(str(item)[:10]).isoformat()
    except ValueError:
        problems.append(f"{key} is '{item}'; write a date as 2026-11-20")
        return None


def _yes_no(key: str, item: Any, problems: list[str]) -> bool | None:
    if item is None or item == "":
        return None
    word = str(item).strip().lower()
    if word in {"yes", "true", "1", "1.0"}:
        return True
    if word in {"no", "false", "0", "0.0"}:
        return False
    problems.append(f"safety: {key} is '{item}'; answer yes or no")
    return None


def _clearance(item: Any, problems: list[str]) -> dict[str, Any] | None:
    missing = [name for name in _CLEARANCE_FIELDS if not (isinstance(item, dict) and item.get(name))]
    if missing:
        problems.append(f"a clearance lacks {', '.join(missing)}; it opens nothing without them")
        return None
    covers = item["covers"] if isinstance(item["covers"], list) else str(item["covers"]).split(",")
    known = {*red_flags(), "age", "pain_walking"}
    if unknown := [flag for flag in map(str.strip, map(str, covers)) if flag not in known]:
        near = ", ".join(nearest(unknown[0], known)) or "none"
        problems.append(f"a clearance covers '{unknown[0]}', which is no safety question; nearest: {near}")
    if (day := _date("clearance date", item["date"], problems)) is None:
        return None
    rest = {name: str(item[name]) for name in ("who", "profession", "examined")}
    return {"covers": [str(flag).strip() for flag in covers], "date": day} | rest
