"""One door for all formats: the content decides, not the name."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from gerdy.errors import FileUnreadable
from gerdy.recordings.activities.activity import ActivitiesRead, Damage
from gerdy.recordings.activities.archive import ACTIVITY_SUFFIXES
from gerdy.recordings.activities.fit import read_fit
from gerdy.recordings.activities.from_xml import read_gpx, read_tcx

if TYPE_CHECKING:
    from datetime import datetime

_FIT_MAGIC: Final = b".FIT"


def looks_like_activity(name: str) -> bool:
    """Whether a folder import should look at a file of this name."""
    path = PurePath(name.lower())
    plain = path.with_suffix("") if path.suffix == ".gz" else path
    return plain.suffix in (*ACTIVITY_SUFFIXES, ".zip") and not path.name.startswith(".")


def read_activities(name: str, content: bytes, *, now: datetime) -> ActivitiesRead:
    """Read every activity of one unpacked file.

    Parameters
    ----------
    name : used in messages only
    content : the unpacked bytes
    now : dates far after it are not believed

    Returns
    -------
    ActivitiesRead
        With `damage` where the file, or its end, could not be read.
    """
    head = content[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    try:
        if content[8:12] == _FIT_MAGIC:
            return read_fit(content, now)
        if b"<gpx" in head:
            return read_gpx(content, now)
        if b"TrainingCenterDatabase" in head:
            return read_tcx(content, now)
    except FileUnreadable as error:
        return ActivitiesRead((), damage=Damage(None, str(error).rstrip(".")))
    return ActivitiesRead((), damage=Damage(0, _unknown(name, content)))


def _unknown(name: str, content: bytes) -> str:
    if not content:
        return "The file is empty"
    suffix = PurePath(name).suffix or "no suffix"
    return f"The content is neither FIT, GPX nor TCX (name ends in {suffix}, content begins with {content[:8]!r})"
