"""The registry: every TOML set and the bibliography, read once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from gerdy.errors import EvidenceInvalid, UnknownKey
from gerdy.evidence.collect import remember
from gerdy.evidence.entry import Entry, Source, parse_entry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable


@dataclass(frozen=True, slots=True)
class Registry:
    """All entries and sources, by key.

    Parameters
    ----------
    entries : ``<set>.<name>`` → `Entry`
    sources : key of the bibliography → `Source`
    """

    entries: Mapping[str, Entry]
    sources: Mapping[str, Source]

    def __getitem__(self, key: str) -> Entry:
        if key not in self.entries:
            raise UnknownKey(key, self.entries)
        return self.entries[key]

    def source_of(self, key: str) -> Source:
        """Return the publication behind an entry."""
        return self.sources[self[key].source]


def load_registry(folder: Traversable) -> Registry:
    """Read ``sources.bib`` and ``sets/*.toml`` of one folder.

    Raises
    ------
    EvidenceInvalid : an entry breaks a rule, or names a source that the bibliography lacks
    """
    sources = parse_bibliography(folder.joinpath("sources.bib").read_text(encoding="utf-8"))
    entries: dict[str, Entry] = {}
    for file in sorted(folder.joinpath("sets").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            entries |= _read_set(file)
    for item in entries.values():
        if item.source not in sources:
            raise EvidenceInvalid(f"{item.key}: source '{item.source}' is not in sources.bib; add it there.")
    return Registry(entries, sources)


def parse_bibliography(text: str) -> dict[str, Source]:
    """Read the small part of BibTeX that we write: one field a line, values in braces.

    Raises
    ------
    EvidenceInvalid : a source stands twice
    """
    found: dict[str, Source] = {}
    for block in re.split(r"^@", text, flags=re.MULTILINE)[1:]:
        key = block[block.index("{") + 1 : block.index(",")].strip()
        if key in found:
            raise EvidenceInvalid(f"sources.bib: '{key}' stands twice; keep one.")
        field = dict(re.findall(r"^\s*(\w+)\s*=\s*\{(.*)\},?\s*$", block, flags=re.MULTILINE))
        link = f"https://doi.org/{field['doi']}" if "doi" in field else field.get("url", "")
        words = {name: field.get(name, "") for name in ("title", "author", "year", "journal", "note")}
        found[key] = Source(key=key, link=link, **words)
    return found


@cache
def registry() -> Registry:
    """Return the registry that ships with gerdy."""
    return load_registry(files("gerdy.evidence"))


def entry(key: str) -> Entry:
    """Return an entry and remember that this run used it.

    Raises
    ------
    UnknownKey : with the nearest names
    """
    found = registry()[key]
    remember(found)
    return found


def value(key: str) -> float:
    """Return the number behind a key and remember that this run used it.

    Raises
    ------
    UnknownKey : with the nearest names
    EvidenceInvalid : the entry is not a single number
    """
    found = entry(key).value
    if isinstance(found, bool) or not isinstance(found, float):
        raise EvidenceInvalid(f"{key} is not a single number; read it with entry('{key}').value.")
    return found


def span(key: str) -> tuple[float, float]:
    """Return a (low, high) pair, for example limits, and remember that this run used it."""
    match entry(key).value:
        case (float(low), float(high)):
            return low, high
    raise EvidenceInvalid(f"{key} is not a pair of numbers; read it with entry('{key}').value.")


def _read_set(file: Traversable) -> dict[str, Entry]:
    name = file.name.removesuffix(".toml")
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise EvidenceInvalid(f"evidence set {file.name} is not valid TOML: {error}.") from error
    # Fields that stand before the first table hold for every entry of the set.
    shared = {field: given for field, given in tables.items() if not isinstance(given, dict)}
    parsed = (
        parse_entry(name, entry_name, shared | table)
        for entry_name, table in tables.items()
        if entry_name not in shared
    )
    return {item.key: item for item in parsed}
