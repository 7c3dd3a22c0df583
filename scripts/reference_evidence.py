"""The evidence table and the bibliography, made from the registry."""

from __future__ import annotations

from typing import Final

from gerdy.evidence import Entry, registry
from markdown_table import table

EVIDENCE: Final = """# Evidence

The values that gerdy computes and compares with. How to read grade, directness and certainty:
[Evidence and certainty](../concepts/evidence.md). On the command line: `gerdy evidence KEY`.
"""

BIBLIOGRAPHY: Final = """# Bibliography

Almost all sources were read as abstract or table, not from end to end; the
[evidence table](reference/evidence.md) says which part.
"""


def evidence() -> str:
    """Return every number with what it says and what it does not."""
    by_set: dict[str, list[Entry]] = {}
    for entry in registry().entries.values():
        by_set.setdefault(entry.key.partition(".")[0], []).append(entry)
    return EVIDENCE + "".join(_set(name, entries) for name, entries in sorted(by_set.items()))


def bibliography() -> str:
    """Return every source with what it is good for and how many values come from it."""
    return BIBLIOGRAPHY + "".join(_source(key) for key in sorted(registry().sources))


def _set(name: str, entries: list[Entry]) -> str:
    links = ", ".join(f"[{source}](../bibliography.md#{source})" for source in sorted({e.source for e in entries}))
    whole = {_studied(entry) for entry in entries}
    once = f" Of whom: {whole.pop()}." if len(whole) == 1 else ""
    rows = [_row(entry, tell_studied=not once) for entry in entries]
    head = ("key", "value", "where", "how sure", "does not say")
    return f"\n## {name}\n\nSource: {links}.{once}\n\n{table(head, rows)}"


def _row(entry: Entry, *, tell_studied: bool) -> tuple[str, ...]:
    where = (
        _studied(entry) if tell_studied and not entry.is_house_choice else "",
        f"{entry.speed_m_s:g} m/s" if entry.speed_m_s is not None else "",
        entry.where,
        entry.reason,
    )
    certainty = "as reported by others" if entry.certainty == "secondary" else entry.certainty
    sure = "house choice" if entry.is_house_choice else f"{entry.grade}, {entry.directness}, {certainty}"
    name = f"`{entry.key.partition('.')[2]}`"
    return (name, entry.printed(), "; ".join(filter(None, where)), sure, entry.does_not_say)


def _studied(entry: Entry) -> str:
    if entry.is_house_choice:
        return "nobody; chosen by the house"
    return f"{entry.population}; {entry.design}"


def _source(key: str) -> str:
    source = registry().sources[key]
    count = sum(entry.source == key for entry in registry().entries.values())
    values = f" Values in the table: {count}." if count else " Background; no value comes from it."
    return f"\n## {key} {{ #{key} }}\n\n{source.citation()}\n\n{source.note}{values}\n"
