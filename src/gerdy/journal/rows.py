"""The rows of the journal's tables as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from datetime import datetime

OWN: Final = "me"
"""The name under which runners enter their own facts."""


@dataclass(frozen=True, slots=True)
class Runner:
    """Whose journal it is; `shared_from` is empty for one who was made on this machine."""

    id: str
    name: str
    created_at: str
    shared_from: str = ""


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it came: `sha256` of the bytes given, `content_sha256` of the same unpacked.

    `kept` is False where only the hash was kept; then nothing can be read from it again.
    """

    sha256: str
    content_sha256: str
    name: str
    size: int
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one activity of one file; `body` is what the import printed about it."""

    content_sha256: str
    part: int
    name: str
    verdict: str
    body: str
    entry_id: str | None = None


def moment_text(moment: datetime) -> str:
    """Return a text that sorts as time does."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def fields_of(row: Runner | Original | Judged) -> dict[str, Any]:
    """Return the columns of a row by name."""
    return {name: getattr(row, name) for name in row.__slots__}
