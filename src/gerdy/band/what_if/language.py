"""The language of what-ifs: ``hip adduction -4 deg`` parses, and prints back to the same text.

A change is a subject, an amount with its sign, and a unit. What cannot be read is refused with legal examples; what can
be read and not be answered is refused with the reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gerdy.band.what_if.cadence import step_rate_table
from gerdy.band.what_if.refusals import LEGAL, refuse_unanswerable
from gerdy.band.what_if.subjects import MUSCLES, SUBJECTS, Subject, subject_of
from gerdy.body.tables import number_table
from gerdy.errors import WhatIfInvalid, WhatIfRefused, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Change", "limit_of", "parse_change", "parse_changes"]

DECIMALS: Final = 4
"""Amounts are kept to the ten-thousandth of their unit, so that text and value are the same thing."""

_FORM: Final = re.compile(r"(?P<name>.*?)\s*(?P<amount>[+-]?\d+(?:\.\d*)?|[+-]?\.\d+)\s*(?P<unit>[^\d\s]*)")
_ALIASES: Final = {
    "anterior pelvic tilt": "pelvic tilt",
    "contralateral pelvic drop": "pelvic drop",
    "hip drop": "pelvic drop",
    "hip internal rotation": "femoral rotation",
    "femoral internal rotation": "femoral rotation",
    "tibial internal rotation": "tibial rotation",
    "trunk ipsilateral lean": "trunk lean",
    "step rate": "cadence",
    "ankle dorsiflexion": "dorsiflexion",
    "gmax share": "gluteus maximus share",
    "tfl strength": "tensor fasciae latae strength",
}
_UNITS: Final = {"degree": "deg", "degrees": "deg", "°": "deg", "percent": "%"}


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one input.

    Parameters
    ----------
    subject : what is changed
    amount : by how much, in the subject's own unit; more is what `subject.means` says
    """

    subject: Subject
    amount: float

    def __str__(self) -> str:
        """Return the text that parses to this change."""
        number = f"{self.amount:+.{DECIMALS}f}".rstrip("0").rstrip(".")
        return f"{self.subject.name} {number} {self.subject.unit}"

    @property
    def muscles(self) -> tuple[str, ...]:
        """Muscles whose strength it scales, without side; empty for other subjects."""
        return MUSCLES[self.subject.name.removesuffix(" strength")] if self.subject.group == "strength" else ()


def parse_change(text: str) -> Change:
    """Read one change.

    Parameters
    ----------
    text : subject, signed amount, unit

    Returns
    -------
    Change

    Raises
    ------
    WhatIfInvalid : it cannot be read; the message shows legal ones
    WhatIfRefused : it asks for what no runner can do, or what nobody has measured

    Examples
    --------
    >>> str(parse_change("step width + 40 mm"))
    'step width +4 cm'
    >>> str(parse_change("strength of gluteus medius −20 percent"))
    'gluteus medius strength -20 %'
    """
    plain = " ".join(text.replace("−", "-").replace("–", "-").lower().split())
    plain = re.sub(r"([+-]) (?=[\d.])", r"\1", plain)
    refuse_unanswerable(text, plain)
    found = _FORM.fullmatch(plain)
    if found is None:
        raise WhatIfInvalid(f"'{text}' does not say by how much. Write for example: {', '.join(_examples(plain))}.")
    subject = _subject(text, found["name"])
    return _within_reach(text, Change(subject, _amount(text, subject, found["amount"], found["unit"])))


def parse_changes(texts: Iterable[str]) -> tuple[Change, ...]:
    """Read several changes that apply together, in the order in which they are applied.

    Raises
    ------
    WhatIfInvalid : none, or the same subject twice
    WhatIfRefused : as `parse_change`
    """
    changes = [parse_change(text) for text in texts]
    names = [change.subject.name for change in changes]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise WhatIfInvalid(f"'{twice[0]}' is changed twice; give one amount for each subject.")
    if not changes:
        raise WhatIfInvalid(f"No change was given. Write for example: --change '{LEGAL[0]}'.")
    order = [subject.name for subject in SUBJECTS]
    return tuple(sorted(changes, key=lambda c: order.index(c.subject.name) if c.subject.name in order else len(order)))


def _subject(text: str, words: str) -> Subject:
    name = re.sub(r"^strength of (.+)$", r"\1 strength", words.removesuffix(" by").strip())
    found = subject_of(_ALIASES.get(name, name))
    if found is None:
        raise WhatIfInvalid(
            f"'{text}' changes something that gerdy does not know. Legal are: {', '.join(_examples(name))}."
        )
    return found


def _examples(words: str) -> tuple[str, ...]:
    """Legal changes of the subject that the words begin with, or of those that look most like them."""
    known = [*(s.name for s in SUBJECTS), *(f"{muscles} strength" for muscles in MUSCLES), *_ALIASES]
    names = [name for name in known if words.startswith(name)] or nearest(words, known)
    found = [subject_of(_ALIASES.get(name, name)) for name in names]
    return tuple(dict.fromkeys(_example(subject) for subject in found if subject)) or LEGAL


def _amount(text: str, subject: Subject, number: str, unit: str) -> float:
    unit = _UNITS.get(unit, unit)
    if unit not in subject.units:
        legal = " or ".join(subject.units)
        raise WhatIfInvalid(
            f"'{text}' has the unit '{unit}'; {subject.name} is changed in {legal}. "
            f"Write for example: {_example(subject)}."
        )
    if number[0] not in "+-":
        raise WhatIfInvalid(f"'{text}' has no sign; a change goes up or down. Write for example: {_example(subject)}.")
    return round(float(number) * subject.units[unit], DECIMALS)


def _within_reach(text: str, change: Change) -> Change:
    if change.amount == 0.0:
        raise WhatIfInvalid(f"'{text}' changes nothing. Write for example: {_example(change.subject)}.")
    limit = limit_of(change.subject)
    if limit is not None and abs(change.amount) > limit:
        raise WhatIfRefused(
            f"'{text}' is more than a runner can do and still be this runner: {change.subject.name} is answered up to "
            f"{limit:g} {change.subject.unit} in each direction. Write for example: {_example(change.subject)}."
        )
    return change


def limit_of(subject: Subject) -> float | None:
    """Return the largest change; that of speed depends on the recording and is checked there."""
    if subject.key == "speed":
        return None
    if subject.key == "cadence":
        return float(100.0 * step_rate_table("step_rate_change").max())
    return number_table("house_what_if.most")[subject.key]


def _example(subject: Subject) -> str:
    reach = number_table("house_what_if.reach").get(subject.key)
    amount = reach if reach is not None else number_table("house_what_if.most")[subject.key] / 2.0
    return str(Change(subject, amount))
