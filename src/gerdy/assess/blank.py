"""Blank sheets: what to fill in, in YAML, and as a page to print with drawings."""

from __future__ import annotations

from textwrap import indent
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, PackageLoader

from gerdy.assess.answers import human_range
from gerdy.assess.catalogue import extras, questions, red_flags, tests
from gerdy.assess.drawing import drawing_of
from gerdy.assess.say import show
from gerdy.assess.sheet import GROUPS
from gerdy.evidence import value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gerdy.assess.catalogue import TestCard

WHO: Final = ("home", "partner", "clinic")
ABLE: Final = {"home": ("home",), "partner": ("home", "partner"), "clinic": ("home", "partner", "clinic")}


def tests_for(who: str) -> tuple[TestCard, ...]:
    """Return the tests that can be done at home, with a partner or in clinic; runs and hops come last."""
    able = [card for card in tests().values() if set(card.who) & set(ABLE[who])]
    return tuple(sorted(able, key=lambda card: card.provocative))


def blank_yaml(who: str) -> str:
    """Return a blank sheet in YAML, with how to do each test as comments.

    Parameters
    ----------
    who : ``home``, ``partner`` or ``clinic``
    """
    return "\n".join(_lines(who)) + "\n"


def blank_html(who: str) -> str:
    """Return the same as a page that prints on A4, with a drawing beside each test."""
    page = Environment(loader=PackageLoader("gerdy.assess", "templates"), autoescape=True).get_template("sheet.html")
    return page.render(
        who=who,
        ceiling=show(value("house_assess.test_pain")),
        flags=list(red_flags().values()),
        questions=[card for card in questions().values() if card.group != "signs" or who == "clinic"],
        tests=[(card, drawing_of(card), _fields(card)) for card in tests_for(who)],
    )


def _lines(who: str) -> Iterator[str]:
    yield f"# gerdy assessment sheet: {who}. Fill in what you have; an empty line means not recorded, never zero."
    yield "# Read it with: gerdy assess THIS_FILE"
    yield from ("assessment: 1", "runner: me", "date:  # 2026-11-20", "by: me", "")
    yield "# Safety first. Answer yes or no. If you have read all of them and the rest is no, write"
    yield "#   everything_else: no"
    yield "safety:"
    for flag in red_flags().values():
        yield f"  {flag.key}:  # {flag.text}" + (f" [{flag.unit}]" if flag.unit else "")
    for group in GROUPS:
        yield f"\n{group}:"
        for card in (card for card in questions().values() if card.group == group):
            legal = " / ".join(card.choices) or card.unit or "2026-11-20"
            yield f"  {card.key}:  # {card.text} [{legal}]"
    ceiling = show(value("house_assess.test_pain"))
    yield f"\n# Pain ceiling in every test: {ceiling} of 10. Above it, stop, and write the pain under the test, as in"
    yield "#   pain: {left: 0, right: 4}"
    yield "tests:"
    for test in tests_for(who):
        yield from _test_lines(test)


def _test_lines(card: TestCard) -> Iterator[str]:
    yield ""
    yield f"  # {card.name} ({card.minutes:g} min; {', '.join(card.equipment) or 'no equipment'})"
    yield indent(card.how.strip(), "  # ", lambda _: True)
    yield f"  # Before: {' '.join(card.before)}"
    yield f"  # Stop: {card.stop} {card.not_when}"
    yield f"  # Tries: {card.trials}; several are written as [1, 2, 3]. {_range_words(card)}"
    yield f"  {card.key}:"
    if not card.parts and not card.choices:
        yield f"    unit: {card.unit}"
    for field, hint in _fields(card):
        yield f"    {field}:  # {hint}" if hint else f"    {field}:"


def _fields(card: TestCard) -> list[tuple[str, str]]:
    places = ("left", "right") if card.sides else ("value",)
    parts = ", ".join(f"{part}: {low}-{high}" for part, (low, high) in card.parts.items())
    hint = f"{{{parts}}}" if parts else " / ".join(card.choices)
    rows = [(place, hint) for place in places]
    for name in card.extra:
        legal = card.positions if name == "position" else extras()[name].choices
        words = f"{extras()[name].text} [{' / '.join(legal) or extras()[name].unit}]"
        rows.append((name, words + (", as {left: …, right: …}" if extras()[name].each_side else "")))
    return rows


def _range_words(card: TestCard) -> str:
    low, high = human_range(card.key)
    return f"From {low:g} to {high:g} {card.unit}." if high < float("inf") else ""
