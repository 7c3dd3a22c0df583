"""The time zone of the runner's days."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from zoneinfo import ZoneInfo

from gerdy.cli.journal_options import zone_named


def zone_of_days(name: str) -> dt.tzinfo:
    """Return a named zone, or this machine's, with its summer time where the machine says which it is.

    Raises
    ------
    RecordInvalid : no such zone
    """
    link = Path("/etc/localtime")
    linked = str(link.resolve()).partition("zoneinfo/")[2] if link.exists() else ""
    machine = _known(os.environ.get("TZ", "")) or _known(linked)
    return zone_named(name) or machine or dt.datetime.now().astimezone().tzinfo or dt.UTC


def _known(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None
