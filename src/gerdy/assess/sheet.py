"""Reading a sheet: a YAML or CSV text becomes one plain nested table, before any value is judged."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Final

import yaml

from gerdy.assess.catalogue import extras, questions, red_flags, tests
from gerdy.errors import SheetInvalid, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

GROUPS: Final = ("about", "pain", "scores", "training", "history", "life", "signs")
HEAD: Final = ("assessment", "runner", "date", "by", "note")
TOP: Final = (*HEAD, *GROUPS, "safety", "clearance", "tests")
COLUMNS: Final = ("item", "side", "value", "unit")

Table = dict[str, Any]


def parse_yaml(text: str, name: str) -> Table:
    """Return the nested table of a YAML sheet.

    Raises
    ------
    SheetInvalid : not YAML, or not a sheet
    """
    try:
        table = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise SheetInvalid(name, [f"it is not YAML: {str(error).splitlines()[0]}"]) from error
    if not isinstance(table, dict) or not set(table) & set(TOP):
        raise SheetInvalid(name, ["it is not a sheet; print one with: gerdy assess --blank home > sheet.yaml"])
    return {str(key): item for key, item in table.items()}


def parse_csv(text: str, name: str) -> Table:
    """Return the nested table of a CSV sheet with the columns item, side, value, unit.

    Several rows of one item and side are trials, in order.

    Raises
    ------
    SheetInvalid : columns are missing, or an item is unknown
    """
    rows = list(csv.DictReader(io.StringIO(text)))
    if not rows or not set(COLUMNS) <= set(rows[0]):
        raise SheetInvalid(name, [f"a CSV sheet needs the columns {', '.join(COLUMNS)}"])
    table: Table = {"tests": {}, "safety": {}, "clearance": [], **{group: {} for group in GROUPS}}
    problems = [found for number, row in enumerate(rows, start=2) for found in _put(table, row, number)]
    if problems:
        raise SheetInvalid(name, problems)
    return table


def _put(table: Table, row: dict[str, str], number: int) -> Iterator[str]:
    item, side, value = (str(row[column] or "").strip() for column in ("item", "side", "value"))
    first, _, rest = item.partition(".")
    if not value:
        return
    if item in HEAD:
        table[item] = value
    elif item in questions():
        table[questions()[item].group][item] = _number(value)
    elif first == "safety" and (rest in red_flags() or rest == "everything_else"):
        table["safety"][rest] = _number(value)
    elif first == "clearance":
        table["clearance"].append(dict(part.split("=", 1) for part in value.split(";") if "=" in part))
    elif first in tests():
        _put_test(table["tests"].setdefault(first, {}), rest, side, row, _number(value))
    else:
        known = (*HEAD, *questions(), *tests(), *(f"safety.{flag}" for flag in red_flags()))
        yield f"line {number}: unknown item '{item}'; nearest: {', '.join(nearest(item, known)) or 'none'}"


def _put_test(test: Table, part: str, side: str, row: dict[str, str], value: Any) -> None:
    if part in extras():
        if extras()[part].each_side:
            test.setdefault(part, {})[side] = value
        else:
            test[part] = value
        return
    if unit := str(row["unit"] or "").strip():
        test["unit"] = unit
    place = side or "value"
    if part:
        test.setdefault(place, {})[part] = value
        return
    test.setdefault(place, []).append(value)


def _number(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return text
