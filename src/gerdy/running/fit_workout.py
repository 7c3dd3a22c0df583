"""A workout as a FIT file, which running watches of several makers take."""

from __future__ import annotations

import datetime as dt
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gerdy.errors import ProgrammeError
from gerdy.running.workout import Effort, Repeat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gerdy.running.workout import RunWorkout, Step

EPOCH: Final = dt.datetime(1989, 12, 31, tzinfo=dt.UTC)
"""FIT counts seconds from here."""

PROTOCOL: Final = 0x10
PROFILE: Final = 2132
ENUM, UINT16, UINT32, UINT32Z, STRING = 0x00, 0x84, 0x86, 0x8C, 0x07
"""Base types of the protocol."""

FORMATS: Final = {ENUM: "B", UINT16: "H", UINT32: "I", UINT32Z: "I"}
INVALID: Final = {ENUM: 0xFF, UINT16: 0xFFFF, UINT32: 0xFFFFFFFF, UINT32Z: 0}
"""What stands in a field that says nothing."""

FILE_ID, WORKOUT, WORKOUT_STEP = 0, 26, 27
"""Numbers of the messages."""

WORKOUT_FILE, RUNNING, DEVELOPMENT = 5, 1, 255
TIME, DISTANCE, REPEAT = 0, 1, 6
"""What ends a step: milliseconds, centimetres, or so many rounds from an earlier step on."""

OPEN, CADENCE = 2, 3
"""What a step aims at: nothing, or a cadence."""

INTENSITY: Final = {Effort.RUN: 0, Effort.STRIDE: 0, Effort.WALK: 1, Effort.WARM_UP: 2, Effort.COOL_DOWN: 3}
NAME_BYTES: Final = 40

CRC_TABLE: Final = (
    0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401,
    0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a message: its number in the profile, its base type, its value (None says nothing)."""

    number: int
    base: int
    value: int | str | None


def fit_workout(workout: RunWorkout, made: dt.datetime) -> bytes:
    """Return the FIT file of a workout.

    Parameters
    ----------
    made : when it was made, with time zone; stands in the file

    Raises
    ------
    ProgrammeError : `made` lies before the FIT epoch or has no time zone
    """
    if made.tzinfo is None or made < EPOCH:
        raise ProgrammeError(f"a FIT file cannot be dated {made.isoformat()}; give a moment with a zone after 1989.")
    rows = list(_steps(workout))
    size = max((len(_text(str(f.value))) for row in rows for f in row if f.base == STRING), default=1)
    messages = [_message(0, FILE_ID, _file_id(made)), _message(1, WORKOUT, _workout(workout, len(rows)))]
    body = b"".join([*messages, _definition(2, WORKOUT_STEP, rows[0], size)])
    body += b"".join(_data(2, row, size) for row in rows)
    head = struct.pack("<BBHI4s", 14, PROTOCOL, PROFILE, len(body), b".FIT")
    whole = head + struct.pack("<H", crc(head)) + body
    return whole + struct.pack("<H", crc(whole))


def crc(data: bytes) -> int:
    """Return the check sum of the protocol (CRC-16 with polynomial 0x8005, reflected, from 0).

    Examples
    --------
    >>> hex(crc(b"123456789"))
    '0xbb3d'
    """
    value = 0
    for byte in data:
        for nibble in (byte & 0xF, byte >> 4):
            value = (value >> 4) ^ CRC_TABLE[value & 0xF] ^ CRC_TABLE[nibble]
    return value


def _file_id(made: dt.datetime) -> list[Field]:
    seconds = int((made - EPOCH).total_seconds())
    return [
        Field(0, ENUM, WORKOUT_FILE),
        Field(1, UINT16, DEVELOPMENT),
        Field(2, UINT16, 0),
        Field(3, UINT32Z, None),
        Field(4, UINT32, seconds),
    ]


def _workout(workout: RunWorkout, steps: int) -> list[Field]:
    return [Field(4, ENUM, RUNNING), Field(6, UINT16, steps), Field(8, STRING, workout.name)]


def _steps(workout: RunWorkout) -> Iterator[list[Field]]:
    """Give every step of the file; a repeat comes after what it repeats and names its first step."""
    index = 0
    for part in workout.parts:
        first = index
        for step in part.steps if isinstance(part, Repeat) else (part,):
            yield _step(index, step)
            index += 1
        if isinstance(part, Repeat) and part.times > 1:
            yield _row(index, "", REPEAT, first, None, part.times, None, None)
            index += 1


def _step(index: int, step: Step) -> list[Field]:
    timed = step.seconds is not None
    ends, value = (
        (TIME, round((step.seconds or 0.0) * 1000)) if timed else (DISTANCE, round((step.metres or 0.0) * 100))
    )
    name = step.note or step.effort.value
    if step.cadence_spm is None:
        return _row(index, name, ends, value, OPEN, 0, None, INTENSITY[step.effort])
    return _row(index, name, ends, value, CADENCE, 0, step.cadence_spm, INTENSITY[step.effort])


def _row(
    index: int,
    name: str,
    ends: int,
    value: int,
    target: int | None,
    target_value: int,
    cadence_spm: tuple[float, float] | None,
    intensity: int | None,
) -> list[Field]:
    """Return the fields of one step; FIT counts the strides of one foot, so steps per minute are halved."""
    low, high = (None, None) if cadence_spm is None else (round(cadence_spm[0] / 2), round(cadence_spm[1] / 2))
    return [
        Field(254, UINT16, index),
        Field(0, STRING, name),
        Field(1, ENUM, ends),
        Field(2, UINT32, value),
        Field(3, ENUM, target),
        Field(4, UINT32, target_value),
        Field(5, UINT32, low),
        Field(6, UINT32, high),
        Field(7, ENUM, intensity),
    ]


def _message(local: int, number: int, row: list[Field]) -> bytes:
    size = max((len(_text(str(f.value))) for f in row if f.base == STRING), default=1)
    return _definition(local, number, row, size) + _data(local, row, size)


def _definition(local: int, number: int, row: Iterable[Field], size: int) -> bytes:
    fields = [(f.number, size if f.base == STRING else struct.calcsize(FORMATS[f.base]), f.base) for f in row]
    head = struct.pack("<BBBHB", 0x40 | local, 0, 0, number, len(fields))
    return head + b"".join(struct.pack("<BBB", *field) for field in fields)


def _data(local: int, row: Iterable[Field], size: int) -> bytes:
    return bytes([local]) + b"".join(_packed(field, size) for field in row)


def _packed(field: Field, size: int) -> bytes:
    if field.base == STRING:
        return _text(str(field.value)).ljust(size, b"\0")
    value = INVALID[field.base] if field.value is None else int(field.value)
    return struct.pack(f"<{FORMATS[field.base]}", value)


def _text(words: str) -> bytes:
    """Return text of at most forty bytes with its closing zero, never cut inside a letter."""
    cut = words.encode()[: NAME_BYTES - 1].decode(errors="ignore")
    return cut.encode() + b"\0"
