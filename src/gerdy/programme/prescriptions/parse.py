"""Reading a prescription; a refusal names the word and shows legal texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from gerdy.errors import PrescriptionInvalid, nearest
from gerdy.programme.prescriptions.clauses import read_clause, read_until
from gerdy.programme.prescriptions.numbers import KG_PER_LB, KG_STEP, RANGE, SECONDS_PER_MINUTE, read_range
from gerdy.programme.prescriptions.value import Prescription
from gerdy.programme.prescriptions.words import Band, Sides, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

EXAMPLES: Final = (
    "3 × 8–12 lateral step-down each side at RIR 2, 3 days a week until 2 sessions pain ≤ 2/10",
    "3 × 6–8 single-leg Romanian deadlift each side at 16 kg RIR 2–3, tempo 4-1-1, rest 2 min, 2 days a week",
    "4 × 30–45 s standing wall press each side at RPE 7, rest 60 s, 3 days a week",
    "3 × 20–40 m suitcase carry left at 10–25 % of body mass",
    "3 × 12 band side-step in a half squat each side with a medium band",
    "3 × 4–6 deadlift at 80–85 % 1RM RIR 2",
    "3 × 5 breaths wall-supported hip shift each side, 7 days a week",
    "2 × 20 contacts two-leg pogo hops, pain ≤ 2/10",
)
"""Legal texts, one for each way to count and to load."""

_SETS: Final = re.compile(rf"({RANGE})\s*(?:[x×]|sets?\s+of\b)\s*", re.IGNORECASE)
_AMOUNT: Final = re.compile(rf"({RANGE})\s*(?:([a-z]+)\b\s*)?", re.IGNORECASE)
_UNITS: Final[Mapping[str, tuple[Unit, float]]] = (
    dict.fromkeys(("rep", "reps", "repetition", "repetitions"), (Unit.REPS, 1))
    | dict.fromkeys(("s", "sec", "secs", "second", "seconds"), (Unit.SECONDS, 1))
    | dict.fromkeys(("min", "mins", "minute", "minutes"), (Unit.SECONDS, SECONDS_PER_MINUTE))
    | dict.fromkeys(("breath", "breaths"), (Unit.BREATHS, 1))
    | dict.fromkeys(("contact", "contacts"), (Unit.CONTACTS, 1))
    | dict.fromkeys(("m", "metre", "metres", "meter", "meters"), (Unit.METRES, 1))
    | {"km": (Unit.METRES, 1000)}
)
_AT: Final = r"(?:(?:at|@)\s*)?"
_TAILS: Final = tuple(
    (name, re.compile(rf"(?:^|\s+){pattern}\s*$", re.IGNORECASE))
    for name, pattern in (
        ("sides", r"(each side|per side|left|right)"),
        ("load_kg", rf"{_AT}({RANGE})\s*kg"),
        ("load_lb", rf"{_AT}({RANGE})\s*lbs?"),
        ("body_mass_percent", rf"{_AT}({RANGE})\s*%\s*(?:of\s+)?(?:body\s*(?:mass|weight)|BM|BW)"),
        ("one_rm_percent", rf"{_AT}({RANGE})\s*%\s*(?:of\s+)?1\s*RM"),
        ("rir", rf"{_AT}RIR\s*({RANGE})"),
        ("rpe", rf"{_AT}RPE\s*({RANGE})"),
        ("band", r"with\s+(?:an?\s+)?(\S+)\s+band"),
    )
)
"""What may stand behind the name, in any order; each pattern looks at the end of the text."""


def parse_prescription(text: str) -> Prescription:
    """Return the prescription that a text says; the canonical text is ``str()`` of it.

    Parameters
    ----------
    text : for example ``3 x 10 squat at 45 lb, rest 2 min``; ``x`` and ``×``, ``-`` and ``–`` mean the same,
        pounds become kilograms and minutes seconds

    Raises
    ------
    PrescriptionInvalid : a word cannot be read, or a number cannot be; with the nearest legal texts

    Examples
    --------
    >>> str(parse_prescription("2-3x10 squats at 45 lb, rest 2 min, 3x/week"))
    '2–3 × 10 squats at 20.41 kg, rest 2 min, 3 days a week'
    """
    tidy = " ".join(text.split())
    try:
        return _parse(tidy)
    except PrescriptionInvalid as error:
        raise PrescriptionInvalid(f"'{tidy}' cannot be read: {error} {_like(tidy)}") from None


def _parse(text: str) -> Prescription:
    body, until_word, until = _partition_until(text)
    head, *clauses = (part.strip() for part in body.split(","))
    found = _read_head(head)
    for clause in clauses:
        _add(found, *read_clause(clause))
    if until_word:
        found["until"] = read_until(until)
    return Prescription(**found)


def _partition_until(text: str) -> tuple[str, str, str]:
    body, *rest = re.split(r",?\s+until\s+", text, maxsplit=1, flags=re.IGNORECASE)
    return body, "until" if rest else "", rest[0] if rest else ""


def _read_head(head: str) -> dict[str, Any]:
    sets = _SETS.match(head)
    rest = head[sets.end() :] if sets else head
    amount = _AMOUNT.match(rest)
    if amount is None:
        raise PrescriptionInvalid(f"it should begin with sets and repetitions, as in '3 × 8–12', not with '{rest}'.")
    known = _UNITS.get((amount[2] or "reps").lower())
    unit, times = known or (Unit.REPS, 1.0)
    # A word that is no unit is the first word of the exercise.
    rest = rest[amount.end() if known else amount.end(1) :].strip().removeprefix("of ")
    found = {"amount": read_range(amount[1], times=times), "unit": unit}
    if sets:
        found["sets"] = read_range(sets[1])
    return found | _read_tails(rest)


def _read_tails(rest: str) -> dict[str, Any]:
    """Take side, load and effort off the end; what stays is the name."""
    found: dict[str, Any] = {}
    while match := next(((name, hit) for name, pattern in _TAILS if (hit := pattern.search(rest))), None):
        name, hit = match
        rest = rest[: hit.start()]
        _add(found, *_tail(name, hit[1]))
    if odd := re.search(r"(?:\S+\s+)?(?<!\S)[^A-Za-z\s]\S*(?:\s+\S+)?", rest):
        raise PrescriptionInvalid(f"'{odd[0]}' is neither part of a name nor a load that gerdy knows.")
    if not rest.strip():
        raise PrescriptionInvalid("no exercise is named.")
    return found | {"exercise": rest.strip()}


def _tail(name: str, said: str) -> tuple[str, Any]:
    match name:
        case "sides":
            return "sides", Sides(said.lower().replace("per", "each"))
        case "band":
            return "band", _band(said)
        case "load_lb":
            return "load_kg", read_range(said, times=KG_PER_LB, decimals=KG_STEP)
        case _:
            return name, read_range(said)


def _band(said: str) -> Band:
    try:
        return Band(said.lower())
    except ValueError:
        raise PrescriptionInvalid(
            f"'{said} band' does not say how strong, and colours differ; say with a {', '.join(Band)} band."
        ) from None


def _add(found: dict[str, Any], name: str, item: Any) -> None:
    if name in found:
        raise PrescriptionInvalid(f"{name.replace('_', ' ')} is said twice; say it once.")
    found[name] = item


def _like(text: str) -> str:
    near = nearest(text, EXAMPLES) or EXAMPLES[:3]
    return "Legal are for example: " + "; ".join(f"'{example}'" for example in near[:3]) + "."
