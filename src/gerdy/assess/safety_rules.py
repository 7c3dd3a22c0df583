"""The rules of the safety screen, one function each (R-001 to R-007, R-010)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gerdy.assess.answers import AFTER_INJURY, clearance_is_valid
from gerdy.assess.catalogue import red_flags
from gerdy.assess.say import decide
from gerdy.evidence import value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gerdy.assess.readings import Readings
    from gerdy.records import Decision

LEVELS: Final = ("none", "no_response", "clinician", "urgent_weeks", "urgent_days", "emergency")
"""How soon a person must be seen, in rising urgency."""


def cleared(readings: Readings, flag: str) -> dict[str, Any] | None:
    """Return the clearance that covers a flag, if one is recorded and fresh enough to speak about it."""
    for item in readings.assessment.answers.get("clearance", []):
        if flag in item["covers"] and clearance_is_valid(item, readings.day):
            return dict(item)
    return None


def raised(readings: Readings, rule: str) -> list[str]:
    """Return the questions of a rule that were answered with yes."""
    cards = [card for card in red_flags().values() if card.rule == rule and card.level != "note"]
    keys = [card.key for card in cards if readings.flag(card.key) is True]
    if "new_onset_late" in keys and not _past_late_onset(readings):
        keys.remove("new_onset_late")
    if rule == "R-002" and (readings.answer("pain_walking") or 0) > value("house_safety.walking_pain"):
        keys.append("pain_walking")
    return keys


def _past_late_onset(readings: Readings) -> bool:
    """Return whether a first knee pain counts; with an unknown age it does, for missing is never normal."""
    age = readings.answer("age_years")
    return age is None or age > value("house_safety.late_onset_age")


def by_level(readings: Readings, rule: str, keys: Iterable[str]) -> Decision:
    """Decide the rules that follow the level of each question (R-001, R-002)."""
    open_, done = _split(readings, keys)
    level = max((_level(key) for key in open_), key=LEVELS.index, default="none")
    inputs: dict[str, Any] = {"flags": open_}
    if not open_:
        return _opened(readings, rule, done)
    if rule == "R-001":
        return decide(rule, level, "locked", {"flags": _texts(open_)}, **inputs)
    says = list(dict.fromkeys("walking" if key == "pain_walking" else _level(key) for key in open_))
    rest = [key for key in open_ if key != "pain_walking"]
    words = {
        "flags": _texts(rest),
        "value": readings.answer("pain_walking"),
        "limit": value("house_safety.walking_pain"),
    }
    return decide(rule, level, says, words, **inputs)


def _opened(readings: Readings, rule: str, done: list[str]) -> Decision:
    """Return what a rule says when none of its flags stands: cleared, not answered, or clear."""
    of_rule = [key for key, card in red_flags().items() if card.rule == rule]
    missing = [key for key in not_answered(readings) if key in of_rule]
    if done:
        record = cleared(readings, done[0]) or {}
        return decide(rule, "cleared", "cleared", {"flags": _texts(done), **record}, clearance=record)
    if missing:
        return decide(rule, "unknown", "unknown", {"missing": _texts(missing)}, missing=missing)
    return decide(rule, "clear", "clear")


def injury(readings: Readings) -> Decision:
    """Apply the Ottawa knee rule within a week of an injury (R-003)."""
    days = readings.flag("trauma_days_ago")
    if readings.flag("recent_injury") is False or (days or 0) > value("house_safety.trauma_days"):
        return decide("R-003", "clear", "clear", days=days)
    if days is None:
        return decide("R-003", "unknown", "unknown", {"days": "some", "missing": "when the injury was"})
    return _fresh_injury(readings, days)


def _fresh_injury(readings: Readings, days: float) -> Decision:
    signs, missing = _ottawa(readings)
    if signs and cleared(readings, "trauma_days_ago"):
        return _opened(readings, "R-003", ["trauma_days_ago"])
    if signs:
        words = {"days": days, "signs": signs}
        return decide("R-003", "urgent_days", "urgent", words, days=days, signs=signs, flags=["trauma_days_ago"])
    if missing:
        return decide("R-003", "unknown", "unknown", {"days": days, "missing": missing}, days=days)
    return decide("R-003", "clear", "clear", days=days)


def _ottawa(readings: Readings) -> tuple[list[str], list[str]]:
    age = readings.answer("age_years")
    flexion, steps = readings.flag("ottawa_flexion_deg"), readings.flag("ottawa_steps")
    seen = {
        "age": None if age is None else age >= value("house_safety.ottawa_age"),
        "sore kneecap": readings.flag("ottawa_patella"),
        "sore fibula head": readings.flag("ottawa_fibula_head"),
        "knee bend": None if flexion is None else flexion < value("house_safety.ottawa_flexion"),
        "steps": None if steps is None else steps < value("house_safety.ottawa_steps"),
    }
    return [name for name, it in seen.items() if it], [name for name, it in seen.items() if it is None]


def swelling(readings: Readings) -> Decision:
    """Send a swollen leg to be seen; no low chance is ever computed (R-004)."""
    swollen, gap = readings.flag("leg_swelling"), readings.flag("swelling_difference_cm")
    items = [key for key in red_flags() if key.startswith("wells_") and readings.flag(key) is True]
    signs = [red_flags()[key].text.lower() for key in items]
    thick = gap is not None and gap > value("house_safety.swelling_difference")
    if thick:
        signs.insert(0, f"one calf is {gap:g} cm thicker")
    flags = (["swelling_difference_cm"] if thick else []) + (["leg_swelling"] if swollen else [])
    if flags and all(cleared(readings, flag) for flag in flags):
        return _opened(readings, "R-004", flags)
    if thick or (swollen and len(items) >= value("house_safety.wells_items")):
        return decide("R-004", "urgent_days", "urgent", {"signs": signs}, flags=flags, items=items)
    if swollen:
        return decide("R-004", "urgent_days", "swollen", flags=flags)
    if swollen is None and gap is None:
        return decide("R-004", "unknown", "unknown", {"missing": "leg swelling"})
    return decide("R-004", "clear", "clear")


def bone(readings: Readings) -> Decision:
    """Stop impact where a bone stress injury is possible (R-005)."""
    open_, done = _split(readings, [key for key in ("groin_hop_pain", "focal_bone_pain") if readings.flag(key)])
    if open_:
        return decide("R-005", "urgent_days", "urgent", {"signs": _texts(open_)}, flags=open_)
    return _opened(readings, "R-005", done)


def age(readings: Readings) -> Decision:
    """Ask for a clinician first under 18 (R-006)."""
    age, limit = readings.answer("age_years"), value("house_safety.adult_age")
    if age is None:
        return decide("R-006", "unknown", "unknown", age=None)
    if age < limit and cleared(readings, "age"):
        return _opened(readings, "R-006", ["age"])
    if age < limit:
        return decide("R-006", "clinician", "locked", {"age": age, "limit": limit}, age=age, flags=["age"])
    return decide("R-006", "clear", "clear", age=age)


def inside_knee(readings: Readings, keys: list[str]) -> Decision:
    """Refuse a plan on signs from inside the knee or from a nerve (R-007)."""
    open_, done = _split(readings, keys)
    if not open_:
        return _opened(readings, "R-007", done)
    level = max((_level(key) for key in open_), key=LEVELS.index)
    return decide("R-007", level, "locked", {"signs": _texts(open_)}, flags=open_)


def low_energy(readings: Readings) -> Decision:
    """Send signs of low energy to a physician and cap the ladder (R-010)."""
    cards = [card for card in red_flags().values() if card.rule == "R-010"]
    seen = {card.key: readings.flag(card.key) for card in cards if _asked(readings, card.key)}
    limits = {card.key: value(card.at) for card in cards if card.at}
    keys = [key for key, it in seen.items() if it is True or (key in limits and (it or 0) >= limits[key])]
    open_, done = _split(readings, keys)
    if open_:
        words = {"signs": _texts(open_), "cap": int(value("house_safety.ladder_cap"))}
        return decide("R-010", "clinician", "flag", words, flags=open_, **seen)
    return _opened(readings, "R-010", done)


def _split(readings: Readings, keys: Iterable[str]) -> tuple[list[str], list[str]]:
    open_ = [key for key in keys if cleared(readings, key) is None]
    return open_, [key for key in keys if key not in open_]


def _level(key: str) -> str:
    return "clinician" if key == "pain_walking" else red_flags()[key].level


def _texts(keys: Iterable[str]) -> list[str]:
    return [red_flags()[key].text if key in red_flags() else key.replace("_", " ") for key in keys]


def _asked(readings: Readings, key: str) -> bool:
    return not (red_flags()[key].women_only and readings.answer("sex") == "male")


def not_answered(readings: Readings) -> tuple[str, ...]:
    """Return the questions that concern this runner and have no answer."""
    asked = [
        key
        for key in red_flags()
        if _asked(readings, key) and (readings.flag("recent_injury") or not key.startswith(AFTER_INJURY))
    ]
    return tuple(key for key in asked if readings.flag(key) is None)
