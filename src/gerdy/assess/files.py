"""An assessment as a file: read from a sheet or a record, written as JSON or as a CSV sheet that reads back."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from gerdy.assess.catalogue import questions, tests
from gerdy.assess.entries import assessment_from
from gerdy.assess.sheet import COLUMNS, parse_csv, parse_yaml
from gerdy.errors import FileUnreadable, SheetInvalid
from gerdy.records import Assessment, Side, from_json, to_json

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from gerdy.assess.sheet import Table

KINDS = (".yaml", ".yml", ".csv", ".json")


def read_assessment(path: Path, now: dt.datetime, runner_id: str | None = None) -> Assessment:
    """Return the assessment of a sheet (YAML, CSV) or of a stored record (JSON).

    Raises
    ------
    FileUnreadable : missing, not text, or of another kind
    SheetInvalid : read, but with values that cannot be; every problem is listed
    """
    if path.suffix.lower() == ".json":
        return record_from_text(_text(path), path.name)
    return assessment_from(read_table(path), path.name, now, runner_id)


def read_table(path: Path) -> Table:
    """Return the plain table of a YAML or CSV sheet, before any value is judged."""
    if path.suffix.lower() not in KINDS:
        raise FileUnreadable(f"{path.name} is not a sheet; give one of {', '.join(KINDS)}.")
    parse = parse_csv if path.suffix.lower() == ".csv" else parse_yaml
    return parse(_text(path), path.name)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(f"{path.name} cannot be read: {error}. Give a text file in UTF-8.") from error


def record_from_text(text: str, name: str) -> Assessment:
    """Return the assessment in the JSON of a record, or inside the JSON that ``gerdy assess`` printed.

    Raises
    ------
    SheetInvalid : not JSON, or another kind of record
    """
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise SheetInvalid(name, [f"it is not JSON: {error}"]) from error
    data = data.get("record", data) if isinstance(data, dict) else data
    if not isinstance(data, dict) or data.get("kind") != Assessment.kind:
        raise SheetInvalid(name, ["it is no assessment; give what 'gerdy assess SHEET --out FILE.json' wrote"])
    found = from_json(data)
    assert isinstance(found, Assessment)  # noqa: S101 - the kind was asked above
    return found


def as_json(assessment: Assessment) -> str:
    """Return the record as JSON text."""
    return json.dumps(to_json(assessment), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def as_csv(assessment: Assessment) -> str:
    """Return the assessment as a CSV sheet, one value a row; reading it again gives the same answers and results."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows(_rows(assessment))
    return text.getvalue()


def _rows(assessment: Assessment) -> Iterator[tuple[str, str, Any, str]]:
    day = assessment.event_time or assessment.entered_at
    yield from (("runner", "", assessment.runner_id, ""), ("date", "", day.date().isoformat(), ""))
    yield ("by", "", assessment.by, "")
    if assessment.text:
        yield ("note", "", assessment.text, "")
    for key, item in assessment.answers.items():
        yield from _answer_rows(key, item)
    for result in assessment.results:
        side = "" if result.side is Side.NOT_APPLICABLE else result.side.value
        unit = tests()[result.test].unit if result.test in tests() else "points"
        for value in result.trials or (result.value,):
            yield (result.test, side, value, unit)


def _answer_rows(key: str, item: Any) -> Iterator[tuple[str, str, Any, str]]:
    if key == "clearance":
        for found in item:
            fields = {**found, "covers": ",".join(found["covers"])}
            yield ("clearance", "", ";".join(f"{name}={text}" for name, text in fields.items()), "")
    elif key in questions():
        yield (key, "", item, questions()[key].unit)
    elif key.startswith("safety."):
        yield (key, "", {True: "yes", False: "no"}[item] if isinstance(item, bool) else item, "")
    else:
        name, _, side = key.rpartition(".")
        yield (name, side, item, "") if side in {"left", "right"} else (key, "", item, "")
