"""FIT: sessions, laps, records and developer fields, and what could be read of a damaged file.

fitdecode decodes; this module sorts its messages, keeps the byte where a file breaks, and never lets one
broken message hide the others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import fitdecode

from gerdy.recordings.activities.activity import ActivitiesRead, Damage
from gerdy.recordings.activities.fit_activity import activities_of, summary_of
from gerdy.recordings.activities.fit_messages import Messages, Row

if TYPE_CHECKING:
    from datetime import datetime

_KEPT: Final = frozenset({"session", "lap", "record", "event", "sport", "activity", "file_id"})


@dataclass(slots=True)
class _Stream:
    """The messages of each chained FIT file, in order, and where the stream broke."""

    parts: list[Messages] = field(default_factory=list)
    damage: tuple[int, str] | None = None


def read_fit(content: bytes, now: datetime) -> ActivitiesRead:
    """Read the activities of a FIT file, one per session.

    Parameters
    ----------
    content : the bytes of the file
    now : dates far after it are not believed

    Returns
    -------
    ActivitiesRead
        With `damage` set where the file breaks, a checksum does not match or a chained part is not FIT.
    """
    stream = _decode(content)
    found = [one for part in stream.parts for one in activities_of(part, now)]
    metadata = {"format": "fit"} | (_about(stream.parts[0]) if stream.parts else {})
    damage = None
    if stream.damage is not None:
        offset, reason = stream.damage
        damage = Damage(offset, reason, summary_of(stream.parts))
    return ActivitiesRead(tuple(found), metadata, damage=damage)


def _decode(content: bytes) -> _Stream:
    stream, source = _Stream(), BytesIO(content)
    try:
        with fitdecode.FitReader(
            source,
            check_crc=fitdecode.CrcCheck.READONLY,
            error_handling=fitdecode.ErrorHandling.IGNORE,
        ) as reader:
            for frame in reader:
                _take(stream, frame, source.tell())
    except Exception as error:  # noqa: BLE001 - a damaged file makes the decoder fail in any way; all are damage
        stream.damage = (_offset(error, source.tell()), _reason(error))
    if stream.damage is None and not stream.parts:
        stream.damage = (0, "The file is empty")
    return stream


def _take(stream: _Stream, frame: Any, offset: int) -> None:
    kind = frame.frame_type
    if kind == fitdecode.FIT_FRAME_HEADER:
        stream.parts.append(Messages())
    elif kind == fitdecode.FIT_FRAME_CRC and not frame.matched:
        stream.damage = (offset - 2, "The checksum at the end does not match the content")
    elif kind == fitdecode.FIT_FRAME_DATA and frame.name in _KEPT:
        stream.parts[-1].add(frame.name, *_fields(frame))


def _fields(frame: Any) -> tuple[Row, dict[str, str]]:
    """Fields by name, and the unit of each developer field among them.

    A developer field does not overwrite a native one of the same name; it is kept as ``name (developer)``.
    """
    row: Row = {}
    units: dict[str, str] = {}
    for item in frame.fields:
        developed = item.field_def is not None and item.field_def.is_dev
        name = f"{item.name} (developer)" if developed else item.name
        if item.value is not None and (name not in row or row[name] is None):
            row[name] = item.value
        if developed:
            units[name] = item.units or ""
    return row, units


def _about(part: Messages) -> Row:
    file_id = part.first("file_id")
    product = file_id.get("garmin_product") or file_id.get("product")
    maker = file_id.get("manufacturer")
    return {
        "file_type": str(file_id["type"]) if "type" in file_id else None,
        "device": " ".join(str(word) for word in (maker, product) if word is not None) or None,
    }


def _offset(error: Exception, position: int) -> int:
    """Return the byte that fitdecode names, in a field or in its words, else where it stood."""
    named = re.search(r"@ (\d+)", str(error))
    return int(getattr(error, "offset", named.group(1) if named else position))


def _reason(error: Exception) -> str:
    if isinstance(error, fitdecode.FitEOFError):
        return f"The file ends in the middle of a message ({error.expected} bytes expected, {error.got} left)"
    if isinstance(error, fitdecode.FitHeaderError):
        return "A FIT header is expected and something else is there"
    if isinstance(error, fitdecode.FitParseError):
        return f"The FIT content cannot be parsed ({str(error).partition(': ')[2] or error})"
    return f"The FIT content cannot be decoded ({type(error).__name__}: {error})"
