"""The written cases: sheets that a physio can read, with what is expected of them."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import yaml

from gerdy.assess.compare import compare
from gerdy.assess.entries import assessment_from
from gerdy.assess.judge import judge
from gerdy.errors import SheetInvalid

FOLDER = Path(__file__).parents[1] / "cases"
NOW = dt.datetime(2026, 11, 20, 15, 0, tzinfo=dt.UTC)
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("[0-9]*.yaml")))


@cache
def base(name):
    table = yaml.safe_load((FOLDER / "base" / f"{name}.yaml").read_text(encoding="utf-8"))
    return merge(base(table["base"]), table["change"]) if "base" in table else table


@cache
def case(name):
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def merge(table, change):
    """Return a table with a change laid over it; null takes an entry away."""
    if not isinstance(change, dict) or not isinstance(table, dict):
        return change
    merged = dict(table)
    for key, item in change.items():
        merged[key] = merge(table.get(key), item)
    return {key: item for key, item in merged.items() if item is not None}


def sheet(name="neutral_woman", change=None):
    return merge(base(name), change or {})


@cache
def case_records(name):
    written = case(name)
    now = record(sheet(written["base"], written.get("change")))
    earlier = written.get("earlier")
    return now, None if earlier is None else record(sheet(written["base"], earlier))


def record(table, now=NOW):
    return assessment_from(table, "sheet", now)


def judged(table, **kwargs):
    return judge(record(table), today=NOW.date(), **kwargs)


def where(side):
    return "overall" if side.value == "not applicable" else side.value


def misses(name):
    """Return what a case expects and does not get; empty when all is as written."""
    written = case(name)
    expect = normal(written["expect"])
    if problems := expect.pop("problems", None):
        try:
            case_records(name)
        except SheetInvalid as error:
            return [word for word in problems if not any(word in line for line in error.problems)]
        return ["the sheet was taken"]
    now, earlier = case_records(name)
    answer = judge(now, today=written.get("today", NOW.date()), motion=written.get("motion"))
    seen = observed(answer, expect, compare(now, earlier) if earlier else ())
    return [f"{key}: expected {expect[key]}, got {seen[key]}" for key in expect if seen[key] != expect[key]]


def observed(answer, expect, changes):
    """Return what is observed, restricted to the entries that a case names."""
    by_status = {
        status: {f"{item.contributor} {where(item.side)}" for item in answer.standings if item.status == status}
        for status in ("stands out", "possible", "not seen", "unknown")
    }
    standing = {f"{item.contributor} {where(item.side)}": item for item in answer.standings}
    findings = {
        f"{item.test} {item.side.value} {item.contributor}": [item.state.value, item.severity]
        for item in answer.findings
    }
    referral = answer.safety.referral().lower()
    wanted = {key: list(item) for key, item in expect.items() if isinstance(item, dict | list | set)}
    missing = answer.completeness.missing
    return {
        "verdict": answer.verdict,
        "level": answer.safety.level,
        "stands_out": by_status["stands out"],
        "possible": by_status["possible"],
        "not_seen": by_status["not seen"] & set(wanted.get("not_seen", ())),
        "unknown": by_status["unknown"] & set(wanted.get("unknown", ())),
        "active": list(answer.active),
        "scores": {key: standing[key].score if key in standing else None for key in wanted.get("scores", ())},
        "certainty": {key: standing[key].certainty for key in wanted.get("certainty", ()) if key in standing},
        "borderline": {key: list(standing[key].borderline) for key in wanted.get("borderline", ()) if key in standing},
        "disagree": {key for key in wanted.get("disagree", ()) if standing[key].disagree},
        "findings": {key: findings.get(key) for key in wanted.get("findings", ())},
        "decisions": {
            key: answer.decisions[key].outcome if key in answer.decisions else None
            for key in wanted.get("decisions", ())
        },
        "referral_says": {word for word in wanted.get("referral_says", ()) if word.lower() in referral},
        "missing": {word for word in wanted.get("missing", ()) if any(word in name for name in missing)},
        "ladder_cap": answer.safety.ladder_cap,
        "fits": [key for key in answer.decisions["differential"].inputs_seen["fits"] if key != "itb_pain"],
        "reserves": {
            f"{item.name} {item.side.value}": item.state
            for item in answer.reserves
            if f"{item.name} {item.side.value}" in wanted.get("reserves", ())
        },
        "changes": {
            f"{item.test} {item.side.value}": item.outcome
            for item in changes
            if f"{item.test} {item.side.value}" in wanted.get("changes", ())
        },
    }


LISTS = ("active", "fits")


def normal(expect):
    """Turn lists whose order says nothing into sets."""
    return {key: set(item) if isinstance(item, list) and key not in LISTS else item for key, item in expect.items()}
