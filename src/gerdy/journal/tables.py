"""The journal as tables for a spreadsheet; for looking, the JSON lines are what imports again."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Final

from gerdy.records import to_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gerdy.records import Entry

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "run": (
        "id",
        "event_time",
        "status",
        "distance_m",
        "moving_s",
        "elapsed_s",
        "ascent_m",
        "descent_m",
        "cadence_spm",
        "contact_time_ms",
        "vertical_oscillation_mm",
        "heart_rate_bpm",
        "treadmill",
        "surface",
        "by",
    ),
    "pain": ("id", "event_time", "score", "moment", "side", "place", "activity", "by"),
    "morning": ("id", "event_time", "stairs_down", "side", "baseline", "stiffness_min", "by"),
    "check-in": (
        "id",
        "event_time",
        "sleep_h",
        "soreness",
        "fatigue",
        "stress",
        "ill",
        "pain_medicine",
        "text",
        "by",
    ),
    "note": ("id", "event_time", "text", "by"),
}
"""Kind → the columns of its table; an empty cell is *not recorded*."""


def csv_tables(entries: Iterable[Entry]) -> dict[str, bytes]:
    """Return one CSV per kind, and one row per set for strength sessions."""
    rows = [to_json(entry) for entry in entries]
    found = {f"tables/{kind}.csv": _csv(kind_columns, rows, kind) for kind, kind_columns in COLUMNS.items()}
    sets = [
        {"id": row["id"], "event_time": row["event_time"], "kind": "set"} | done
        for row in rows
        if row["kind"] == "strength"
        for done in row["sets"]
    ]
    columns = ("id", "event_time", "exercise_id", "side", "reps", "seconds", "load_kg", "rir", "rpe", "pain")
    return found | {"tables/strength-set.csv": _csv(columns, sets, "set")}


def _csv(columns: tuple[str, ...], rows: list[dict[str, Any]], kind: str) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for row in rows if row["kind"] == kind)
    return out.getvalue().encode()
