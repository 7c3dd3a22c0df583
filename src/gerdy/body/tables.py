"""Entries of the evidence registry that hold more than one number, read with their types."""

from __future__ import annotations

from gerdy.errors import EvidenceInvalid
from gerdy.evidence import entry


def number_table(key: str) -> dict[str, float]:
    """Return a table of numbers by name.

    Raises
    ------
    EvidenceInvalid : the entry is not such a table
    """
    table = entry(key).value
    if isinstance(table, dict) and all(isinstance(x, float) for x in table.values()):
        return {name: x for name, x in table.items() if isinstance(x, float)}
    raise EvidenceInvalid(f"{key} must be a table of numbers.")


def pair_table(key: str) -> dict[str, tuple[float, float]]:
    """Return a table of (low, high) pairs by name.

    Raises
    ------
    EvidenceInvalid : the entry is not such a table
    """
    found = {}
    table = entry(key).value
    for name, pair in table.items() if isinstance(table, dict) else ():
        match pair:
            case (float(low), float(high)):
                found[name] = (low, high)
            case _:
                raise EvidenceInvalid(f"{key}: {name} must be a pair of numbers.")
    if not found:
        raise EvidenceInvalid(f"{key} must be a table of pairs.")
    return found


def place(key: str) -> tuple[str, tuple[float, float, float]]:
    """Return the body and the position in its frame, m, of a landmark.

    Raises
    ------
    EvidenceInvalid : the entry is not a place
    """
    match entry(key).value:
        case {"body": str(body), "position": (float(x), float(y), float(z))}:
            return body, (x, y, z)
    raise EvidenceInvalid(f"{key} must have a body and a position of three numbers.")
