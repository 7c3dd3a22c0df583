"""The written cases of menu and week, read and answered."""

from __future__ import annotations

import datetime as dt
import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from gerdy.programme.menu import MenuQuery, menu
from gerdy.programme.menu.rules import RULES
from gerdy.programme.week import Placed, Slot, Week, judge_week
from gerdy.programme.week.from_menu import demand
from gerdy.programme.week.numbers import numbers
from programme.some_weeks import MONDAY, jumps, lift, run, week_of

if TYPE_CHECKING:
    from gerdy.programme.menu import Menu

HERE = Path(__file__).parent
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LIFTS = {"heavy": {"heavy": True}, "light": {}, "novel": {"novel": True}}


def menu_cases() -> list[dict[str, Any]]:
    return yaml.safe_load((HERE / "cases_menu.yaml").read_text(encoding="utf-8"))


def week_cases() -> list[dict[str, Any]]:
    return yaml.safe_load((HERE / "cases_week.yaml").read_text(encoding="utf-8"))


def holds(case: dict[str, Any]) -> bool:
    """Whether gerdy answers a written case as it was written."""
    if "week" in case:
        return said_of_week(case) == case["expect"]
    if "rule" in case:
        return said_by_rule(case["rule"]) == case["expect"]
    return not differences(made(case["menu"]), case["expect"])


def said_by_rule(asked: dict[str, Any]) -> str:
    judge = RULES[asked["id"]].judge
    facts = {name: value for name, value in asked.items() if name != "id"}
    if "clean" in facts:
        facts["clean"] = tuple(facts["clean"])
    keywords = {p.name for p in inspect.signature(judge).parameters.values() if p.kind is p.KEYWORD_ONLY}
    positional = [value for name, value in facts.items() if name not in keywords]
    return judge(*positional, **{name: facts[name] for name in keywords if name in facts}).outcome


def made(facts: dict[str, Any]) -> Menu:
    tuples = {name: tuple(value) if isinstance(value, list) else value for name, value in facts.items()}
    maps = {
        name: {key: tuple(v) for key, v in value.items()} for name, value in facts.items() if isinstance(value, dict)
    }
    sets = {name: frozenset(facts[name]) for name in ("resting", "opened", "known") if name in facts}
    return menu(MenuQuery(**{**tuples, **maps, **sets}))


def differences(found: Menu, expect: dict[str, Any]) -> list[str]:
    """Return what is not as written."""
    ids = [item.id for item in found.items]
    doses = {item.id: item.dose for item in found.items}
    sessions = [[item.id for item in session.items] for session in found.sessions]
    wanted = expect.get("sessions", sessions)
    if expect.get("unordered"):
        sessions, wanted = [sorted(s) for s in sessions], [sorted(s) for s in wanted]
    least = [part.at_least for part in demand(found, (), MONDAY).mobility]
    checks = {
        "ids": set(ids) == set(expect.get("ids", ids)),
        "absent": not set(ids) & set(expect.get("absent", ())),
        "doses": all(doses.get(key) == text for key, text in expect.get("doses", {}).items()),
        "left": set(expect.get("left", ())) <= {item.exercise_id for item in found.left_out},
        "sessions": sessions == wanted,
        "count": len(found.sessions) == expect.get("count", len(found.sessions)),
        "at least": max(least, default=0) == expect.get("at_least", max(least, default=0)),
    }
    return [f"{name}: {ids} {doses} {sessions} {least}" for name, good in checks.items() if not good]


def said_of_week(case: dict[str, Any]) -> dict[str, str]:
    placed = [laid(words.split(), n) for n, words in enumerate(case["week"])]
    since = case.get("since")
    last = None if since is None else (MONDAY + dt.timedelta(days=DAYS.index(since[0]) - 7), since[1])
    asked = week_of(*(item.what for item in placed), runs_apart=case.get("apart", False), last_change=last)
    week = Week(starts=MONDAY, sessions=tuple(placed))
    said = {item.rule: item.outcome for item in judge_week(week, asked, numbers())}
    return {rule: said[rule] for rule in case["expect"]}


def laid(words: list[str], n: int) -> Placed:
    day, slot, what, *rest = words
    if what in LIFTS:
        part = lift(f"{what} {n}", **LIFTS[what])
    elif what == "jumps":
        part = jumps(f"jumps {n}")
    else:
        part = run(f"{what} {n}", what, float(rest[0]), change=rest[1] if len(rest) > 1 else "")
    return Placed(date=MONDAY + dt.timedelta(days=DAYS.index(day)), slot=Slot(slot), what=part)
