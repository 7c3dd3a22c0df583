"""Write the page of one part's rules: what each looks at, its numbers, how sure they are, what speaks against it.

``python scripts/rules_page.py gerdy.running docs/reference/rules-running.md`` rewrites the tables; what stands before
the first rule is written by hand and stays.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gerdy.evidence import registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gerdy.evidence import Entry
    from gerdy.records import Rule

MADE: Final = "<!-- Below this line: python scripts/rules_page.py {module} {page} -->"
WORDS: Final = {"direct": "runners with IT band pain", "runner": "runners", "indirect": "other people"}


def written(text: str, rules: Mapping[str, Rule], made: str) -> str:
    """Return a page: what was written by hand, and a section for every rule."""
    introduction = text.partition("<!-- Below this line")[0].rstrip()
    return "\n\n".join([introduction, made, *(section(rule) for rule in rules.values())]) + "\n"


def section(rule: Rule) -> str:
    """Return what a person may read about one rule."""
    book = registry()
    parts = [f"## {rule.id}", rule.explanation, f"Grade {rule.grade}; evidence from {WORDS[rule.directness]}."]
    numbers = [book[key] for key in rule.numbers]
    parts.append(table(numbers) if numbers else "This rule has no number.")
    against = [f"* {entry.printed()}. {told(entry)}" for entry in (book[key] for key in rule.against)]
    if against:
        parts.append("Speaks against it, or limits it:\n\n" + "\n".join(against))
    elif all(entry.is_house_choice for entry in numbers):
        parts.append("No study has tested these numbers in runners with IT band pain; each says what would change it.")
    return "\n\n".join(parts)


def table(entries: Iterable[Entry]) -> str:
    """Return the numbers of a rule with where each comes from."""
    rows = [
        f"| `{entry.key}` | {entry.printed()} | {entry.certainty} | {entry.reason or told(entry)} |"
        for entry in entries
    ]
    return "\n".join(["| number | value | certainty | why |", "| --- | --- | --- | --- |", *rows])


def told(entry: Entry) -> str:
    """Return population, source and the conclusion that must not be drawn."""
    source = registry().source_of(entry.key)
    return f"{entry.population}; {source.author} ({source.year}). It does not say {entry.does_not_say}."


def main(module: str, page: str) -> int:
    """Rewrite a page."""
    file = Path(page)
    rules = importlib.import_module(module).RULES
    file.write_text(written(file.read_text(encoding="utf-8"), rules, MADE.format(module=module, page=page)), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
