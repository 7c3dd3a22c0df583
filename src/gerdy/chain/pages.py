"""The reference pages of assessment and chain, made from the catalogues; a test keeps them fresh.

Write them with ``python -m gerdy.chain.pages docs/reference``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gerdy.assess.answers import human_range
from gerdy.assess.catalogue import contributors, patterns, questions, red_flags, rules, tests
from gerdy.assess.drawing import drawing_of
from gerdy.assess.say import show
from gerdy.chain.cite import short_citation
from gerdy.chain.graph import graph
from gerdy.evidence import registry, value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

MADE = "<!-- Made from the catalogues: python -m gerdy.chain.pages docs/reference -->"


def rules_page() -> str:
    """Return every rule with its explanation, numbers, sources and the sentences it may say."""
    return _page("The rules of assessment", _rules())


def tests_page() -> str:
    """Return every test with its drawing, how it is done, what it shows and what it does not."""
    return _page("The tests", _tests())


def safety_page() -> str:
    """Return the safety screen, the patterns of other pain, and the questions."""
    return _page("The safety screen, other patterns, and the questions", _safety())


def chain_page() -> str:
    """Return contributors, links and mechanisms of the chain."""
    return _page("The chain", _chain())


PAGES: Mapping[str, Callable[[], str]] = {
    "assess-rules.md": rules_page,
    "assess-tests.md": tests_page,
    "assess-safety.md": safety_page,
    "chain-links.md": chain_page,
}


def write_pages(folder: Path) -> None:
    """Write every page into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, made in PAGES.items():
        (folder / name).write_text(made(), encoding="utf-8")


def _page(title: str, lines: Iterable[str]) -> str:
    return "\n".join((f"# {title}", "", MADE, "", *lines)).rstrip() + "\n"


def _rules() -> Iterator[str]:
    yield "Every rule is a function that returns a decision: an outcome, reasons, what it saw, and its sources."
    for card in rules().values():
        yield f"\n## {card.key}\n"
        yield f"**{card.title}.** {card.explanation}\n"
        yield f"Evidence: grade {card.grade}, {card.directness}.\n"
        yield from _numbers(card.thresholds)
        yield f"\nSources: {_cited(card.sources)}\n\nIt may say:\n"
        yield from (f"- {name}: “{text}”" for name, text in card.says.items())


def _numbers(keys: tuple[str, ...]) -> Iterator[str]:
    if not keys:
        yield "This rule has no number of its own."
        return
    yield "| number | value | unit | certainty |"
    yield "| --- | --- | --- | --- |"
    for key in keys:
        item = registry()[key]
        yield f"| `{key}` | {show(item.value)} | {item.unit} | {item.certainty} |"


def _tests() -> Iterator[str]:
    yield "Runs and hops for testing are open only after the safety screen, with walking pain of 2 or less and no"
    yield "pain medicine for 8 hours."
    ceiling = show(value("house_assess.test_pain"))
    yield f"\nThe pain ceiling in every test is {ceiling} of 10; a value taken above it counts as not tested."
    for card in tests().values():
        low, high = human_range(card.key)
        limits = f" Accepted: {show(low)} to {show(high)} {card.unit}." if high < float("inf") else ""
        errors = "; ".join(_error(kind, key) for kind, key in card.error.items())
        yield f"\n## {card.name}\n"
        yield f'<div style="max-width: 220px">{drawing_of(card)}</div>\n'
        yield f"`{card.key}` · {card.unit} · {'each side' if card.sides else 'no side'} · {', '.join(card.who)} · "
        yield f"{card.minutes:g} min · {', '.join(card.equipment) or 'no equipment'} · role: {card.role}\n"
        yield f"{card.how.strip()}\n"
        yield f"- Before: {' '.join(card.before)}"
        yield f"- Stop: {card.stop} {card.not_when}"
        yield f"- Tries: {card.trials}, the {card.take} counts.{limits}"
        yield f"- Measurement error: {errors}."
        yield f"- Shows: {card.shows}"
        yield f"- Does not show: {card.not_shown}"
        if card.norms:
            yield f"- Usual values: {'; '.join(_valued(key) for key in card.norms)}."
        yield f"- Evidence: grade {card.grade}. {_cited(card.sources)}"


def _error(kind: str, key: str) -> str:
    return f"not known, {key}" if kind == "none" else f"{_valued(key)}{'' if kind == 'any' else f' ({kind})'}"


def _safety() -> Iterator[str]:
    yield "A yes, or a number at its limit, raises the level. Everything from *clinician* on locks what follows until"
    yield "a clearance is recorded: what it covers, who, profession, date, what was examined.\n"
    yield "| question | key | level | rule |"
    yield "| --- | --- | --- | --- |"
    for card in red_flags().values():
        unit = f" ({card.unit})" if card.unit else ""
        yield f"| {card.text}{unit} | `{card.key}` | {card.level.replace('_', ' ')} | {card.rule} |"
    yield "\n## Other patterns of outer knee pain\n"
    yield "A pattern is named when enough of its place and signs are there. It is something to ask about.\n"
    yield "| pattern | key | place | signs | needs | what to do | what may be checked |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for pattern in patterns().values():
        signs = ", ".join(f"`{sign}`" for sign in pattern.signs)
        yield (
            f"| {pattern.name} | `{pattern.key}` | {pattern.place} | {signs} | {pattern.needs} | "
            f"{pattern.action} | {pattern.check} |"
        )
    yield "\n## Questions\n"
    yield "| question | key | group | answer | home set |"
    yield "| --- | --- | --- | --- | --- |"
    for asked in questions().values():
        answer = " / ".join(asked.choices) or asked.unit or "date"
        home = "yes" if asked.set == "home" else ""
        yield f"| {asked.text} | `{asked.key}` | {asked.group} | {answer} | {home} |"


def _chain() -> Iterator[str]:
    yield "## Contributors\n"
    for card in contributors().values():
        yield f"### {card.key} {card.name}\n"
        yield f"{card.plain} {card.counter}\n"
        yield f"- Seen by: {', '.join(card.families)}."
        yield f"- How the body gets by: {card.compensation} A better way: {card.counterpart}"
        yield f"- Evidence: grade {card.grade}, {card.directness}. {_cited(card.sources)}"
        yield f"- Against: {_cited(card.against) if card.against else 'nothing found.'}\n"
    yield "## Links\n"
    yield "| link | key | plain words | findings | measures |"
    yield "| --- | --- | --- | --- | --- |"
    for node in graph().nodes.values():
        families, measures = ", ".join(node.families) or "–", ", ".join(node.measures) or "–"
        yield f"| {node.name} | `{node.key}` | {node.plain} | {families} | {measures} |"
    yield "\n## Mechanisms\n"
    yield "Sign: + raises, − lowers, 0 has no effect. Article A: Brian Murray, on IT band syndrome, Motive Training,"
    yield "undated; B: Alison (alisonmariephd.com), *The Truth About How to Relieve IT Band Pain (It's Not Just Foam"
    yield "Rolling!)*, 23 January 2025. The words here are ours.\n"
    yield "| mechanism | sign | in words | how it is known | grade, directness | article | sources | against |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for edge in graph().edges:
        yield (
            f"| `{edge.key}` | {edge.sign} | {edge.mechanism} | {edge.label} | {edge.grade}, {edge.directness} | "
            f"{edge.article or '–'} | {_names(edge.sources)} | {_names(edge.against) or '–'} |"
        )


def _valued(key: str) -> str:
    item = registry()[key]
    shown = f"{show(item.value)} {item.unit}" if isinstance(item.value, float) else item.where or item.unit
    return f"{shown} (`{key}`, {item.certainty})"


def _cited(keys: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(registry().source_of(key).citation() for key in keys))


def _names(keys: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(short_citation(key) for key in keys))


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]))
