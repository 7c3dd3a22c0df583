"""When something happened, in the words of a command line."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.errors import RecordInvalid

if TYPE_CHECKING:
    from datetime import tzinfo

_DAYS: Final = {"today": 0, "yesterday": 1}
_NOON: Final = dt.time(12)
"""Where only a day is said, an entry stands at noon, so that no zone moves it to another day."""


def parse_when(text: str, now: dt.datetime, zone: tzinfo | None) -> dt.datetime:
    """Return the moment that `text` says, in the runner's zone.

    Parameters
    ----------
    text : ``now``, ``today``, ``yesterday``, ``7:30``, ``yesterday 18:05``, ``2026-11-19`` or ISO 8601
    now : with time zone; nothing after it is believed
    zone : what *local* means; None for this machine's zone

    Raises
    ------
    RecordInvalid : not a moment, or in the future; with legal examples
    """
    words = text.strip().lower()
    here = now.astimezone(zone)
    if words in {"", "now"}:
        return here
    found = _relative(words, here) or _absolute(text.strip(), zone)
    if found is None:
        raise RecordInvalid(
            f"'{text}' is no moment. Say for example: now, today 07:30, yesterday, 2026-11-19, 2026-11-19T18:05."
        )
    if found > now + dt.timedelta(days=evidence.value("house_import.future_slack")):
        raise RecordInvalid(f"{found:%Y-%m-%d %H:%M} lies in the future; the journal holds what has happened.")
    return found


def _relative(words: str, here: dt.datetime) -> dt.datetime | None:
    match = re.fullmatch(r"(?:(today|yesterday)\s*)?(?:(\d{1,2}):(\d{2}))?", words)
    if match is None:
        return None
    day, hour, minute = match.groups()
    date = here.date() - dt.timedelta(days=_DAYS[day or "today"])
    try:
        clock = dt.time(int(hour), int(minute)) if hour else _NOON
    except ValueError:
        return None
    return _in_zone(dt.datetime.combine(date, clock), here.tzinfo)


def _absolute(text: str, zone: tzinfo | None) -> dt.datetime | None:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return _in_zone(dt.datetime.combine(dt.date.fromisoformat(text), _NOON), zone)
        return _in_zone(dt.datetime.fromisoformat(text), zone)
    except ValueError:
        return None


def _in_zone(moment: dt.datetime, zone: tzinfo | None) -> dt.datetime:
    if moment.tzinfo is not None:
        return moment
    return moment.astimezone() if zone is None else moment.replace(tzinfo=zone)
