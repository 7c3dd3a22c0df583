"""Files that ``gerdy assess``, ``why`` and ``explain`` read and write."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from gerdy.errors import FileUnreadable, OutputBlocked

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from gerdy.assess.judge import Judgement
    from gerdy.assess.reserves import Capacity
    from gerdy.records import Assessment


def judged_file(sheet: Path, motion: Path | None, now: dt.datetime) -> Judgement:
    """Return the judgement of a sheet or of a stored assessment."""
    from gerdy.assess.files import read_assessment
    from gerdy.assess.judge import judge

    found = read_motion(motion)
    return judge(read_assessment(sheet, now), today=now.date(), motion=found, capacities=capacities_for(found))


def capacities_for(motion: dict[str, Any] | None) -> dict[str, Capacity] | None:
    """Return what the shipped body's muscle groups can do; None without a motion, which would leave it unused."""
    if motion is None:
        return None
    from gerdy.assess.body_capacity import body_capacities
    from gerdy.body import load

    return body_capacities(load())


def read_motion(path: Path | None) -> dict[str, Any] | None:
    """Return the JSON of ``gerdy analyze``; None where no file is given.

    Raises
    ------
    FileUnreadable : not that JSON
    """
    if path is None:
        return None
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise FileUnreadable(f"{path.name} cannot be read as JSON: {error}.") from error
    if not isinstance(data, dict) or "sides" not in data:
        raise FileUnreadable(f"{path.name} has no 'sides'; give what 'gerdy analyze RECORDING --json' printed.")
    return data


def keep(assessment: Assessment, out: Path) -> None:
    """Write an assessment as a JSON record or as a CSV sheet, by the ending of the name.

    Raises
    ------
    OutputBlocked : another ending, or a place that cannot be written
    """
    from gerdy.assess.files import as_csv, as_json

    writers = {".json": as_json, ".csv": as_csv}
    if out.suffix.lower() not in writers:
        raise OutputBlocked(f"{out.name} ends in '{out.suffix}'; an assessment is kept as .json or .csv.")
    write_text(out, writers[out.suffix.lower()](assessment))


def write_text(out: Path, text: str) -> None:
    """Write a text file whole or not at all.

    Raises
    ------
    OutputBlocked : the place cannot be written
    """
    part = out.with_name(f".{out.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(out)
    except OSError as error:
        raise OutputBlocked(f"{out} cannot be written: {error.strerror}. Give another place with --out.") from error
