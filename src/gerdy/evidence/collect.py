"""Which sources a run relied on."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gerdy.evidence.entry import Entry

Used = dict[str, "Entry"]
"""Entries by key, in the order of first use."""

_current: ContextVar[Used | None] = ContextVar("evidence_used", default=None)


@contextmanager
def collect() -> Iterator[Used]:
    """Collect every entry that is read inside the ``with`` block.

    Examples
    --------
    >>> from gerdy import evidence
    >>> with evidence.collect() as used:
    ...     _ = evidence.value("house.contact_threshold")
    >>> list(used)
    ['house.contact_threshold']
    """
    used: Used = {}
    token = _current.set(used)
    try:
        yield used
    finally:
        _current.reset(token)
        outer = _current.get()
        if outer is not None:
            outer.update(used)


def remember(entry: Entry) -> None:
    """Note an entry in the innermost open collection, if there is one."""
    used = _current.get()
    if used is not None:
        used.setdefault(entry.key, entry)
