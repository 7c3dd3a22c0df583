"""Put the bibliography in order: by key, each source once.

``python scripts/tidy_sources.py`` rewrites ``sources.bib``. Where two people added the same source, fields of both are
kept; where they differ, the first stays and the other is printed, to be judged by eye.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

BIBLIOGRAPHY: Final = Path(__file__).resolve().parents[1] / "src" / "gerdy" / "evidence" / "sources.bib"
FIELD: Final = re.compile(r"^\s*(\w+)\s*=\s*\{(.*)\},?\s*$", re.MULTILINE)
HEAD: Final = re.compile(r"^@(\w+)\{(\w+),", re.MULTILINE)


def tidy(text: str) -> tuple[str, list[str]]:
    """Return the ordered bibliography, and a line for each field in which two copies of a source differ."""
    kinds: dict[str, str] = {}
    sources: dict[str, dict[str, str]] = {}
    differences = []
    for kind, key, block in _blocks(text):
        kept = sources.setdefault(key, {})
        kinds.setdefault(key, kind)
        for name, value in FIELD.findall(block):
            if kept.setdefault(name, value) != value:
                differences.append(f"{key}.{name}: kept '{kept[name]}', dropped '{value}'")
    return "\n\n".join(_printed(kinds[key], key, sources[key]) for key in sorted(sources)) + "\n", differences


def _blocks(text: str) -> list[tuple[str, str, str]]:
    _, *parts = HEAD.split(text)
    return list(zip(parts[::3], parts[1::3], parts[2::3], strict=True))


def _printed(kind: str, key: str, fields: dict[str, str]) -> str:
    note = {name: fields[name] for name in fields if name == "note"}
    ordered = {name: value for name, value in fields.items() if name != "note"} | note
    lines = (f"  {name} = {{{value}}}," for name, value in ordered.items())
    return "\n".join((f"@{kind}{{{key},", *lines, "}"))


if __name__ == "__main__":
    ordered, differences = tidy(BIBLIOGRAPHY.read_text(encoding="utf-8"))
    BIBLIOGRAPHY.write_text(ordered, encoding="utf-8")
    print("\n".join(differences) or "sources.bib is in order")
