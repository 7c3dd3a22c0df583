"""Records to JSON and back, without loss."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from gerdy.errors import RecordInvalid, nearest
from gerdy.records.base import Entry
from gerdy.records.body_signals import CheckIn, MorningAnswer, PainEntry
from gerdy.records.decision import DecisionEntry
from gerdy.records.findings import Assessment, RecordingEntry
from gerdy.records.plan import PlanVersion
from gerdy.records.programme import Clearance, Discharge, OptOut, Override, Wishes
from gerdy.records.training import Note, Run, StrengthSession

KINDS: Final[dict[str, type[Entry]]] = {
    cls.kind: cls
    for cls in (
        Assessment,
        CheckIn,
        Clearance,
        DecisionEntry,
        Discharge,
        MorningAnswer,
        Note,
        OptOut,
        Override,
        PainEntry,
        PlanVersion,
        RecordingEntry,
        Run,
        StrengthSession,
        Wishes,
    )
}
"""Name of a kind → its class."""


def to_json(entry: Entry) -> dict[str, Any]:
    """Return plain JSON types with the kind beside the fields."""
    fields: dict[str, Any] = _adapter(entry.kind).dump_python(entry, mode="json")
    return {"kind": entry.kind} | fields


def from_json(data: dict[str, Any]) -> Entry:
    """Return the record that `to_json` wrote.

    Raises
    ------
    RecordInvalid : an unknown kind, or a field that is missing, unknown or out of range
    """
    fields = dict(data)
    kind = str(fields.pop("kind", ""))
    if kind not in KINDS:
        near = ", ".join(nearest(kind, KINDS)) or ", ".join(sorted(KINDS))
        raise RecordInvalid(f"A record has the kind '{kind}'; known kinds: {near}.")
    try:
        record: Entry = _adapter(kind).validate_python(fields)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise RecordInvalid(f"A {kind} record is not valid at '{where}': {first['msg']}.") from error
    return record


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(KINDS[kind])
