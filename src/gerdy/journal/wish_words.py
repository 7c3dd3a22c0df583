"""The runner's weeks in words: a file of wishes, one day, one race."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import yaml

from gerdy.errors import FileUnreadable, RecordInvalid, nearest
from gerdy.programme.exercises import exercises
from gerdy.records import DayWish, Race

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from gerdy.records import Wishes

WEEKDAYS: Final = tuple(name.lower() for name in calendar.day_abbr)
DAY_EXAMPLES: Final = ("mon 45", "tue 15 run 90", "wed 60 run 0 gym", "sat 0 run 180 one go")
RACE_EXAMPLES: Final = ("2026-10-10 autumn ten 10 km", "2026-10-10")
PLACES: Final = ("home", "gym")

_FIELDS: Final = (
    "days",
    "equipment",
    "weekly_km",
    "long_run_km",
    "long_run_weekday",
    "keep_free",
    "races",
    "text",
)
_DAY_FIELDS: Final = ("minutes", "run_minutes", "place", "slots")
_DAY: Final = re.compile(
    r"""(?P<name>[a-z]+)\s+(?P<minutes>\d+(?:\.\d+)?)(?:\s*min)?
        (?:\s+run\s+(?P<run>\d+(?:\.\d+)?)(?:\s*min)?)?
        (?:\s+(?P<place>home|gym))?
        (?P<one>\s+one\s+go)?""",
    re.VERBOSE,
)
_RACE: Final = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})\s*(?P<name>.*?)\s*(?:(?P<km>\d+(?:\.\d+)?)\s*km)?")


def parse_weekday(text: str) -> int:
    """Return 0 for Monday … 6 for Sunday.

    Raises
    ------
    RecordInvalid : no weekday
    """
    short = text.strip().lower()[:3]
    if short not in WEEKDAYS:
        raise RecordInvalid(f"'{text}' is no weekday; say {', '.join(WEEKDAYS)}.")
    return WEEKDAYS.index(short)


def parse_day(text: str) -> DayWish:
    """Return what one weekday allows: minutes of exercises, minutes of running, place, one go or two.

    Raises
    ------
    RecordInvalid : another form; with legal examples
    """
    match = _DAY.fullmatch(" ".join(text.lower().split()))
    if match is None:
        raise RecordInvalid(f"'{text}' is no day of a week. Say for example: {'; '.join(DAY_EXAMPLES)}.")
    return DayWish(
        weekday=parse_weekday(match["name"]),
        minutes=float(match["minutes"]),
        run_minutes=None if match["run"] is None else float(match["run"]),
        place=match["place"] or "",
        slots=1 if match["one"] else 2,
    )


def parse_race(text: str) -> Race:
    """Return a race: date, name and kilometres; only the date must be there.

    Raises
    ------
    RecordInvalid : another form; with legal examples
    """
    match = _RACE.fullmatch(text.strip())
    if match is None:
        raise RecordInvalid(f"'{text}' is no race. Say for example: {'; '.join(RACE_EXAMPLES)}.")
    return Race(
        date=parse_date(match["date"]), name=match["name"], km=None if match["km"] is None else float(match["km"])
    )


def parse_date(text: str) -> dt.date:
    """Return a date.

    Raises
    ------
    RecordInvalid : not of the form 2026-11-20
    """
    try:
        return dt.date.fromisoformat(str(text))
    except ValueError as error:
        raise RecordInvalid(f"'{text}' is no date; write it as 2026-11-20.") from error


def equipment_words() -> tuple[str, ...]:
    """Return every piece of equipment that an exercise of the library can use, by name."""
    asked = {word for item in exercises().values() for ways in item.equipment for word in ways}
    loads = {word for item in exercises().values() for word in item.loads}
    return tuple(sorted(asked | loads | {"mat"}))


def check_equipment(words: Iterable[str]) -> tuple[str, ...]:
    """Return the words in order, each once.

    Raises
    ------
    RecordInvalid : a word that no exercise uses, with the nearest ones
    """
    found = tuple(dict.fromkeys(word.strip().lower() for word in words if word.strip()))
    for word in found:
        if word not in equipment_words():
            near = ", ".join(nearest(word, equipment_words())) or ", ".join(equipment_words())
            raise RecordInvalid(f"No exercise uses '{word}'; did you mean {near}?")
    return found


def wishes_from(table: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of `Wishes` that a plain table says, each checked.

    Parameters
    ----------
    table : as in a YAML file; ``days`` maps a weekday to minutes or to a table of ``minutes``, ``run_minutes``,
        ``place`` and ``slots``

    Raises
    ------
    RecordInvalid : a field or value that cannot be, by name
    """
    if not isinstance(table, dict):
        raise RecordInvalid(f"wishes are a table of {', '.join(_FIELDS)}; this is '{str(table)[:40]}'.")
    _known(table, _FIELDS, "wishes")
    found: dict[str, Any] = {
        key: table[key] for key in ("weekly_km", "long_run_km", "text") if table.get(key) is not None
    }
    if "days" in table:
        found["days"] = tuple(_day(name, item) for name, item in (table["days"] or {}).items())
    if "equipment" in table:
        found["equipment"] = check_equipment(table["equipment"] or ())
    if table.get("long_run_weekday") is not None:
        found["long_run_weekday"] = parse_weekday(str(table["long_run_weekday"]))
    if "keep_free" in table:
        found["keep_free"] = tuple(parse_date(str(day)) for day in table["keep_free"] or ())
    if "races" in table:
        found["races"] = tuple(_race(item) for item in table["races"] or ())
    return found


def read_wishes(path: Path) -> dict[str, Any]:
    """Return the fields of `Wishes` in a YAML file.

    Raises
    ------
    FileUnreadable : missing, or not YAML
    RecordInvalid : a field or value that cannot be, by name
    """
    try:
        table = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise FileUnreadable(
            f"{path} cannot be read as YAML ({error}); see docs/how-to/plan.md for the form."
        ) from error
    return wishes_from(table)


def with_days(wishes: Wishes, days: Iterable[DayWish]) -> Wishes:
    """Return wishes in which some weekdays are replaced and the others stay."""
    table = {item.weekday: item for item in wishes.days} | {item.weekday: item for item in days}
    return replace(wishes, days=tuple(table[weekday] for weekday in sorted(table)))


def _day(name: str, item: Any) -> DayWish:
    given = item if isinstance(item, dict) else {"minutes": item}
    _known(given, _DAY_FIELDS, str(name))
    if not isinstance(given.get("minutes"), int | float):
        raise RecordInvalid(f"{name}: give the minutes for exercises, 0 for none; this is '{given.get('minutes')}'.")
    if given.get("place", "") not in {"", *PLACES}:
        raise RecordInvalid(f"{name}: the place is '{given['place']}'; say {' or '.join(PLACES)}, or leave it out.")
    return DayWish(weekday=parse_weekday(str(name)), **given)


def _race(item: Any) -> Race:
    if not isinstance(item, dict):
        return parse_race(str(item))
    _known(item, ("date", "name", "km"), "race")
    return Race(date=parse_date(str(item.get("date"))), name=str(item.get("name", "")), km=item.get("km"))


def _known(table: dict[str, Any], legal: Iterable[str], where: str) -> None:
    names = tuple(legal)
    for key in table:
        if key not in names:
            near = ", ".join(nearest(str(key), names)) or ", ".join(names)
            raise RecordInvalid(f"{where}: unknown entry '{key}'; did you mean {near}?")
