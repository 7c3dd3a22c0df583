"""The parts of a prescription behind the first comma, and the criterion behind *until*."""

from __future__ import annotations

import re
from typing import Any, Final

from gerdy.errors import PrescriptionInvalid, nearest
from gerdy.programme.prescriptions.numbers import NUMBER, RANGE, SECONDS_PER_MINUTE, read_range
from gerdy.programme.prescriptions.words import UPPER, Criterion, Frequency, Measure, Until

_TIME: Final = rf"({RANGE})\s*(s|sec|seconds?|min|minutes?)"
_CLAUSES: Final = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("tempo", r"tempo\s+(\d+)\s*-\s*(\d+)\s*-\s*(\d+)"),
        ("hold_s", rf"hold\s+{_TIME}"),
        ("rest_s", rf"rest\s+{_TIME}"),
        ("pain_at_most", rf"pain\s*(?:≤|<=)\s*({NUMBER})(?:\s*(?:/|of)\s*10)?"),
        ("week", rf"({RANGE})\s*(?:(?:[x×]|times?|days?)\s*)?(?:/|a|per)\s*(?:week|wk)"),
        ("day", rf"({RANGE})\s*(?:(?:[x×]|times?)\s*)?(?:/|a|per)\s*day"),
        ("word", r"(daily|every day|once a week|twice a week|once a day|twice a day)"),
    )
)
_LEGAL: Final = ("tempo 3-1-1", "hold 3 s", "rest 90 s", "3 days a week", "2 times a day", "daily", "pain ≤ 2/10")
_WORDS: Final = {
    "daily": Frequency(times=(7, 7)),
    "every day": Frequency(times=(7, 7)),
    "once a week": Frequency(times=(1, 1)),
    "twice a week": Frequency(times=(2, 2)),
    "once a day": Frequency(times=(1, 1), per="day"),
    "twice a day": Frequency(times=(2, 2), per="day"),
}
_UNTIL: Final = re.compile(r"(\d+)\s+(session|week|day)s?\s+(.+)", re.IGNORECASE)
_CRITERION: Final = re.compile(
    rf"(?P<measure>[a-z][a-z ]*?)\s*(?P<sign>≤|<=|≥|>=)\s*(?P<value>{NUMBER})\s*(?P<unit>/\s*10|of 10|%|s|kg)?",
    re.IGNORECASE,
)
_CRITERIA: Final = ("pain ≤ 2/10", "morning pain ≤ 2/10", "RIR ≥ 2", "RPE ≤ 7", "clean ≥ 90 %", "reps ≥ 20",
                    "hold ≥ 45 s", "load ≥ 20 kg", "top reps")  # fmt: skip
_MEASURES: Final = {measure.value.lower(): measure for measure in Measure}
_UNIT_OF: Final = {Measure.CLEAN: "%", Measure.HOLD: "s", Measure.LOAD: "kg"} | dict.fromkeys(
    (Measure.PAIN, Measure.MORNING_PAIN), "/10"
)


def read_clause(text: str) -> tuple[str, Any]:
    """Return (field of the prescription, value) of one clause.

    Raises
    ------
    PrescriptionInvalid : no clause looks like that; with those that do
    """
    for name, pattern in _CLAUSES:
        if match := pattern.fullmatch(text):
            return _clause(name, match)
    near = nearest(text, _LEGAL) or _LEGAL
    raise PrescriptionInvalid(f"'{text}' is no clause that gerdy knows; nearest: {', '.join(near)}.")


def read_until(text: str) -> Until:
    """Return the criterion that ends a prescription, for example ``2 sessions pain ≤ 2/10 and clean ≥ 90 %``.

    Raises
    ------
    PrescriptionInvalid : count, measure or unit cannot be read
    """
    match = _UNTIL.fullmatch(text)
    if match is None:
        raise PrescriptionInvalid(f"'until {text}' should count, as in 'until 2 sessions pain ≤ 2/10'.")
    criteria = tuple(_criterion(part.strip()) for part in re.split(r"\s+and\s+", match[3]))
    return Until(count=int(match[1]), per=f"{match[2].lower()}s", criteria=criteria)


def _clause(name: str, match: re.Match[str]) -> tuple[str, Any]:
    match name:
        case "tempo":
            return name, (int(match[1]), int(match[2]), int(match[3]))
        case "hold_s" | "rest_s":
            minutes = match[2].lower().startswith("min")
            return name, read_range(match[1], times=SECONDS_PER_MINUTE if minutes else 1)
        case "pain_at_most":
            return name, float(match[1])
        case "word":
            return "frequency", _WORDS[match[1].lower()]
        case _:
            return "frequency", Frequency(times=read_range(match[1]), per=name)


def _criterion(text: str) -> Criterion:
    if text.lower() == Measure.TOP_REPS:
        return Criterion(measure=Measure.TOP_REPS)
    match = _CRITERION.fullmatch(text)
    measure = _MEASURES.get(match["measure"].lower()) if match else None
    if match is None or measure is None or measure is Measure.TOP_REPS:
        near = nearest(text, _CRITERIA) or _CRITERIA
        raise PrescriptionInvalid(f"'{text}' is no criterion that gerdy knows; nearest: {', '.join(near)}.")
    if (match["sign"] in {"≤", "<="}) != (measure in UPPER):
        raise PrescriptionInvalid(f"'{text}' points the wrong way; {measure} is asked with {_sign(measure)}.")
    if match["unit"] and match["unit"].replace(" ", "").replace("of10", "/10") != _UNIT_OF.get(measure):
        raise PrescriptionInvalid(f"'{text}' has a unit that {measure} does not have.")
    return Criterion(measure=measure, value=float(match["value"]))


def _sign(measure: Measure) -> str:
    return "≤" if measure in UPPER else "≥"
