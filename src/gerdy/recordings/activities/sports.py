"""One word per sport, whatever the maker calls it."""

from __future__ import annotations

import re
from typing import Final

RUNNING: Final = "running"
UNKNOWN: Final = "unknown"

MAYBE_RUNNING: Final = (RUNNING, UNKNOWN)
"""Cadence means steps only where the activity is, or may be, a run."""

_WORDS: Final[dict[str, tuple[str, ...]]] = {
    RUNNING: ("run", "running", "jogging", "treadmill", "trailrun", "virtualrun", "9"),
    "walking": ("walk", "walking", "10"),
    "hiking": ("hike", "hiking", "4"),
    "cycling": ("ride", "biking", "cycling", "bike", "virtualride", "1"),
    "rowing": ("row", "rowing", "indoor_rowing"),
    "swimming": ("swim", "swimming", "lap_swimming", "open_water"),
    "transition": ("transition",),
    "other": ("other",),
}
"""Our word → what files write. Bare numbers are what one maker writes into the type of a GPX track."""

_BY_WORD: Final = {word: sport for sport, words in _WORDS.items() for word in words}

_SURFACES: Final = {"trail": "trail", "track": "track", "street": "road", "road": "road"}


def sport_word(raw: object) -> str:
    """Return our word for what a file calls the sport; ``unknown`` where it says nothing.

    Examples
    --------
    >>> sport_word("Trail_Running"), sport_word("Ride"), sport_word(None), sport_word("9")
    ('running', 'cycling', 'unknown', 'running')
    """
    text = _plain(raw)
    if not text or text in {"generic", "none", "all"}:
        return UNKNOWN
    if text in _BY_WORD:
        return _BY_WORD[text]
    known = (_BY_WORD[part] for part in text.split("_") if part in _BY_WORD)
    return next(known, text)


def is_treadmill(*raw: object) -> bool | None:
    """Return True where a file names a treadmill or a virtual run, else None (it never says *not*)."""
    words = {part for item in raw for part in _plain(item).split("_")}
    return True if words & {"treadmill", "virtual", "virtualrun"} else None


def surface_word(*raw: object) -> str | None:
    """Return trail, track or road where a file names it."""
    words = [part for item in raw for part in _plain(item).split("_")]
    return next((_SURFACES[word] for word in words if word in _SURFACES), None)


def _plain(raw: object) -> str:
    return "" if raw is None else re.sub(r"[^a-z0-9]+", "_", str(raw).lower()).strip("_")
