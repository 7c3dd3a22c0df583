"""Asking at a terminal: what a sheet lacks, safety first, one value at a time, each checked as it is given."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from gerdy.assess.answers import AFTER_INJURY, group_answers, safety_answers
from gerdy.assess.catalogue import extras, home_set, questions, red_flags, tests
from gerdy.assess.results import result_entries
from gerdy.quantities import SIDES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gerdy.assess.catalogue import TestCard
    from gerdy.assess.sheet import Table

    Read: TypeAlias = Callable[[str], str]
    Tell: TypeAlias = Callable[[str], None]
    Check: TypeAlias = Callable[[Any, list[str]], object]

STOPPING: Final = frozenset({"emergency", "urgent_days"})
ALSO_ASKED: Final = frozenset(
    {"sex", "age_years", "mass_kg", "sprain_history", "medicine_recent", "sleep_h", "stress", "chronic_diseases"}
)


def ask(table: Table, read: Read, tell: Tell, who: str = "home") -> Table:
    """Lay what is asked over a sheet's table; an empty answer leaves a value not recorded.

    Parameters
    ----------
    table : what is known already; nothing in it is asked again
    read : shows a question and returns the answer as typed
    tell : shows a line
    who : which tests are asked, ``home``, ``partner`` or ``clinic``

    Returns
    -------
    the table; asking stops at once after a yes to an emergency or urgent question
    """
    if not _ask_safety(table, read, tell):
        return table
    for key, card in questions().items():
        if card.set == "home" or key in ALSO_ASKED:
            _ask_question(table, key, read, tell)
    for test in _tests_to_ask(table, who):
        table["tests"][test.key] = _ask_test(test, read, tell)
    return table


def _ask_safety(table: Table, read: Read, tell: Tell) -> bool:
    """Ask the safety screen; return False where asking must stop."""
    known = table["safety"] = dict(table.get("safety") or {})
    if _means(known.get("everything_else"), yes=False):
        return True
    for key, card in red_flags().items():
        if key in known or not _concerns(table, key):
            continue
        unit = f" [{card.unit}]" if card.unit else " [yes/no]"
        given = _read(f"{card.text}{unit}: ", read, tell, partial(_check_flag, key))
        if given is None:
            continue
        known[key] = given
        if card.level in STOPPING and not card.unit and _means(given, yes=True):
            return False
    return True


def _check_flag(key: str, raw: Any, problems: list[str]) -> object:
    return safety_answers({key: raw}, problems)


def _concerns(table: Table, key: str) -> bool:
    if red_flags()[key].women_only and (table.get("about") or {}).get("sex") == "male":
        return False
    return not key.startswith(AFTER_INJURY) or _means(table["safety"].get("recent_injury"), yes=True)


def _ask_question(table: Table, key: str, read: Read, tell: Tell) -> None:
    card = questions()[key]
    group = table[card.group] = dict(table.get(card.group) or {})
    if key in group:
        return
    legal = f" [{' / '.join(card.choices)}]" if card.choices else f" [{card.unit}]"
    given = _read(f"{card.text}{legal}: ", read, tell, lambda raw, bad: group_answers(card.group, {key: raw}, bad))
    if given is not None:
        group[key] = given


def _tests_to_ask(table: Table, who: str) -> Iterator[TestCard]:
    done = table["tests"] = dict(table.get("tests") or {})
    for slot in home_set().values():
        able = [test for test in slot if who in tests()[test].who]
        if able and not any(test in done for test in slot):
            yield tests()[able[0]]


def _ask_test(card: TestCard, read: Read, tell: Tell) -> dict[str, Any]:
    tell(f"\n{card.name}\n{card.how.strip()}\nStop rule: {card.stop}")
    entry: dict[str, Any] = {"unit": card.unit}
    for side in SIDES if card.sides else ("value",):
        given = _ask_parts(card, side, read, tell) if card.parts else _ask_value(card, side, "", read, tell)
        if given not in (None, {}):
            entry[side] = given
    for name in card.extra if len(entry) > 1 else ():
        if (extra := _ask_extra(card, name, read)) not in (None, {}):
            entry[name] = extra
    return entry


def _ask_parts(card: TestCard, side: str, read: Read, tell: Tell) -> dict[str, Any]:
    given = {part: _ask_value(card, side, part, read, tell) for part in card.parts}
    return {part: points for part, points in given.items() if points is not None}


def _ask_value(card: TestCard, side: str, part: str, read: Read, tell: Tell) -> Any:
    unit = "points {}-{}".format(*card.parts[part]) if part else card.unit

    def check(raw: Any, bad: list[str]) -> object:
        value = {part: raw} if part else raw
        return result_entries({card.key: {"unit": card.unit, side: value}}, bad)

    return _read(f"  {side} {part.replace('_', ' ')} [{unit}]: ".replace("  [", " ["), read, tell, check)


def _ask_extra(card: TestCard, name: str, read: Read) -> Any:
    legal = card.positions if name == "position" else extras()[name].choices
    hint = f"  {extras()[name].text} [{' / '.join(legal) or extras()[name].unit}]"
    if not extras()[name].each_side:
        return _typed(read(f"{hint}: "))
    given = {side: _typed(read(f"{hint}, {side}: ")) for side in SIDES}
    return {side: item for side, item in given.items() if item is not None}


def _read(text: str, read: Read, tell: Tell, check: Check) -> Any:
    """Ask until the answer is legal, or empty."""
    while (given := _typed(read(text))) is not None:
        problems: list[str] = []
        check(given, problems)
        if not problems:
            return given
        tell(f"  {problems[0]}. Leave it empty to skip.")
    return None


def _typed(raw: str) -> Any:
    raw = raw.strip()
    try:
        return float(raw)
    except ValueError:
        return raw or None


def _means(given: Any, *, yes: bool) -> bool:
    words = {"yes", "true", "1.0"} if yes else {"no", "false", "0.0"}
    return str(given).strip().lower() in words
