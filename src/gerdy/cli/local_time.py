"""The time zone of the runner's days."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from zoneinfo import ZoneInfo

import typer


def local_zone(name: str | None) -> dt.tzinfo:
    """Return a named zone, or this machine's with its summer time where the machine says which it is."""
    if name is not None:
        found = _zone(name)
        if found is None:
            raise typer.BadParameter(f"'{name}' is no time zone; write it as Europe/Vienna.", param_hint="--time-zone")
        return found
    link = Path("/etc/localtime")
    linked = str(link.resolve()).partition("zoneinfo/")[2] if link.exists() else ""
    named = _zone(os.environ.get("TZ", "")) or _zone(linked)
    return named or dt.datetime.now().astimezone().tzinfo or dt.UTC


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None
