"""The hash chain: each entry carries the hash of the one before it, so that a change anywhere shows."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def canonical(data: Any) -> str:
    """Return the one JSON text of `data`: keys in order, no spaces, no NaN, letters as they are."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def genesis(runner_id: str) -> str:
    """Return the hash that the first entry of a runner follows."""
    return sha256(f"gerdy/journal/1\n{runner_id}".encode()).hexdigest()


def link(previous: str, body: str) -> str:
    """Return the hash of an entry from that of the one before it and its own canonical JSON."""
    return sha256(f"{previous}\n{body}".encode()).hexdigest()


def links(runner_id: str, bodies: Iterable[str], previous: str | None = None) -> Iterator[tuple[str, str]]:
    """Yield (previous hash, hash) of each body in turn."""
    last = genesis(runner_id) if previous is None else previous
    for body in bodies:
        this = link(last, body)
        yield last, this
        last = this


def broken_at(runner_id: str, chain: Iterable[tuple[str, str, str]]) -> int | None:
    """Return the position, from 1, of the first entry that does not verify; None where all do.

    Parameters
    ----------
    chain : (body, previous hash, hash) in order
    """
    last = genesis(runner_id)
    for position, (body, previous, this) in enumerate(chain, start=1):
        if previous != last or this != link(previous, body):
            return position
        last = this
    return None
