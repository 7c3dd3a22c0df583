"""One number out of a table of the registry."""

from __future__ import annotations

from gerdy import evidence
from gerdy.errors import EvidenceInvalid


def of_table(key: str, name: str) -> float:
    """Return the number that stands under a name in an entry of several, for example a joint's offset.

    Raises
    ------
    EvidenceInvalid : the entry is no table, or holds no such name
    """
    table = evidence.entry(key).value
    found = table.get(name) if isinstance(table, dict) else None
    if not isinstance(found, float):
        raise EvidenceInvalid(f"{key} holds no number under '{name}'; seen {table!r}.")
    return found
