"""What every stored fact carries."""

from __future__ import annotations

import math
from dataclasses import dataclass, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Final

from pydantic import ConfigDict

from gerdy.errors import RecordInvalid

if TYPE_CHECKING:
    from collections.abc import Iterable


class Side(StrEnum):
    """Which side of the body a fact is about."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    NOT_APPLICABLE = "not applicable"


class Obtained(StrEnum):
    """How a value came to us; a report says so beside the value."""

    MEASURED = "measured"
    REPORTED = "reported"
    IMPORTED = "imported"
    COMPUTED = "computed"
    ASSUMED = "assumed"


_PLAIN: Final = (str, int, date)
"""What holds no number that could be missing; a date is the parent of a moment."""

STRICT: Final = ConfigDict(extra="forbid")
"""Records read from outside refuse fields that they do not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The part that all stored facts share.

    Parameters
    ----------
    id : unique text, made once when the fact is entered
    runner_id : whose fact it is
    event_time : when it happened, with time zone; None where the source gives no date (then not counted)
    entered_at : when it was entered, with time zone
    by : who entered it, for example ``me`` or a coach's name
    obtained : how the values came to us
    corrects : id of the entry that this one replaces
    """

    kind: ClassVar[str] = ""
    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    id: str
    runner_id: str
    event_time: datetime | None
    entered_at: datetime
    by: str = "me"
    obtained: Obtained = Obtained.REPORTED
    corrects: str | None = None

    def __post_init__(self) -> None:
        _require_finite(type(self).kind or "record", self)
        for name in ("event_time", "entered_at"):
            moment = getattr(self, name)
            if moment is not None and moment.tzinfo is None:
                raise RecordInvalid(
                    f"{name} is {moment.isoformat()} without a time zone; give one, for example +00:00."
                )


def require_range(name: str, value: float | None, low: float, high: float, unit: str) -> None:
    """Refuse a value outside what a human can do; None (not recorded) passes.

    Raises
    ------
    RecordInvalid : with the legal range
    """
    if value is not None and not low <= value <= high:
        raise RecordInvalid(f"{name} is {value:g} {unit}; it must lie between {low:g} and {high:g} {unit}.")


def _require_finite(where: str, value: Any) -> None:
    """Refuse NaN and infinity anywhere inside a record: what was not recorded is None, and says so."""
    for name, item in _inside(value):
        if isinstance(item, float):
            if not math.isfinite(item):
                raise RecordInvalid(
                    f"{where}.{name} is {item}; a record needs a number there, or nothing (null) for 'not recorded'."
                )
        # Ten years of a journal are a third of a million plain values; only what can hold others is opened.
        elif not (item is None or isinstance(item, _PLAIN)):
            _require_finite(f"{where}.{name}", item)


def _inside(value: Any) -> Iterable[tuple[str | int, Any]]:
    if is_dataclass(value):
        return ((name, getattr(value, name)) for name in value.__dataclass_fields__)
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, tuple | list) else ()
