"""A plan in a calendar: read by a small strict reader of RFC 5545 that is written here."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerdy.errors import ProgrammeError
from gerdy.records import PlannedRun, PlannedSet, PlanVersion
from gerdy.report.calendar import plan_calendar

MONDAY = dt.date(2026, 3, 2)
MADE = dt.datetime(2026, 3, 1, 20, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))
NAME = re.compile(r"[A-Z-]+")


def read(data: bytes) -> list[dict[str, str]]:
    """Read the entries of a calendar, and refuse what RFC 5545 refuses.

    Lines end with CR LF and have at most 75 octets; a line that begins with a blank goes on the one before;
    a component ends before the one around it; uid, dtstamp and dtstart stand once in every entry.
    """
    lines = data.split(b"\r\n")
    assert lines.pop() == b"", "the last line ends with CR LF"
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    entries, open_ = [], []
    for line in re.sub(r"\r\n[ \t]", "", data.decode()).split("\r\n")[:-1]:
        name, _, value = line.partition(":")
        word = name.partition(";")[0]
        assert NAME.fullmatch(word), line
        if word == "BEGIN":
            open_.append(value)
            entries += [{}] if value == "VEVENT" else []
        elif word == "END":
            assert open_.pop() == value
        elif open_[-1] == "VEVENT":
            assert word not in entries[-1], f"{word} stands twice"
            entries[-1][word] = unescaped(value)
    assert open_ == []
    assert all({"UID", "DTSTAMP", "DTSTART"} <= set(entry) for entry in entries)
    assert len({entry["UID"] for entry in entries}) == len(entries)
    return entries


def unescaped(value: str) -> str:
    return re.sub(r"\\([nN\\;,])", lambda m: "\n" if m[1] in "nN" else m[1], value)


def plan(version: int = 1, runs=(0, 2, 4), sets=(1,), *, starts: dt.date = MONDAY, **words) -> PlanVersion:
    """Give a plan with runs and strength on some days after the first Monday."""
    made = MADE + dt.timedelta(days=version - 1)
    return PlanVersion(
        id=f"v{version}",
        runner_id="me",
        event_time=made,
        entered_at=made,
        plan_id=words.get("plan_id", "spring"),
        version=version,
        phase="P3",
        starts=starts,
        ends=starts + dt.timedelta(days=20),
        runs=tuple(PlannedRun(date=MONDAY + dt.timedelta(n), minutes=18, target="R1", text="6 × …") for n in runs),
        sets=tuple(
            PlannedSet(date=MONDAY + dt.timedelta(n), exercise_id="E60", text="3 × 8; hinge, slow") for n in sets
        ),
    )


def by_day(data: bytes) -> dict[str, dict[str, str]]:
    return {entry["DTSTART"][:8]: entry for entry in read(data) if entry["STATUS"] == "CONFIRMED"}


def test_a_plan_stands_in_floating_local_time_so_that_travel_does_not_shift_it():
    entries = by_day(plan_calendar([plan()]))
    assert sorted(entry["DTSTART"] for entry in entries.values()) == [
        "20260302T070000",
        "20260303T180000",
        "20260304T070000",
        "20260306T070000",
    ]
    run, strength = entries["20260302"], entries["20260303"]
    assert (run["SUMMARY"], run["DURATION"], run["DESCRIPTION"]) == ("Run R1 18 min", "PT18M", "6 × …")
    assert strength["DESCRIPTION"] == "3 × 8; hinge, slow"
    assert run["DTSTAMP"] == "20260301T190000Z"


def test_the_same_plan_gives_the_same_file_whatever_the_order_of_its_versions():
    first, second = plan(1), plan(2, runs=(0, 3, 5))
    assert plan_calendar([first, second]) == plan_calendar([second, first])


def test_a_session_that_moves_within_its_week_keeps_its_id_and_its_sequence_rises():
    before = by_day(plan_calendar([plan(1)]))
    after = by_day(plan_calendar([plan(1), plan(2, runs=(0, 3, 4))]))
    assert after["20260305"]["UID"] == before["20260304"]["UID"]
    assert (before["20260304"]["SEQUENCE"], after["20260305"]["SEQUENCE"]) == ("0", "1")
    for untouched in ("20260302", "20260306", "20260303"):
        assert (after[untouched]["UID"], after[untouched]["SEQUENCE"]) == (before[untouched]["UID"], "0")


def test_a_session_that_is_rewritten_keeps_its_id():
    second = plan(2)
    longer = replace(second, runs=(replace(second.runs[0], minutes=24), *second.runs[1:]))
    before, after = by_day(plan_calendar([plan(1)])), by_day(plan_calendar([plan(1), longer]))
    assert after["20260302"]["UID"] == before["20260302"]["UID"]
    assert (after["20260302"]["DURATION"], after["20260302"]["SEQUENCE"]) == ("PT24M", "1")


def test_what_the_plan_no_longer_holds_is_cancelled_and_not_forgotten():
    before = by_day(plan_calendar([plan(1)]))
    entries = read(plan_calendar([plan(1), plan(2, runs=(0, 2))]))
    gone = [entry for entry in entries if entry["STATUS"] == "CANCELLED"]
    assert [(entry["UID"], entry["SEQUENCE"]) for entry in gone] == [(before["20260306"]["UID"], "1")]


def test_a_cancelled_session_that_comes_back_is_the_same_entry():
    versions = [plan(1), plan(2, runs=(0, 2)), plan(3)]
    before, after = by_day(plan_calendar(versions[:1])), by_day(plan_calendar(versions))
    assert (after["20260306"]["UID"], after["20260306"]["SEQUENCE"]) == (before["20260306"]["UID"], "2")


def test_sessions_before_a_newer_version_begins_are_history_and_stay():
    later = plan(2, runs=(7, 9), sets=(), starts=MONDAY + dt.timedelta(7))
    entries = read(plan_calendar([plan(1), later]))
    assert {entry["STATUS"] for entry in entries} == {"CONFIRMED"}
    assert len(entries) == 6


def test_two_plans_never_share_an_id():
    one, other = (by_day(plan_calendar([plan(plan_id=name)])) for name in ("spring", "autumn"))
    assert not {e["UID"] for e in one.values()} & {e["UID"] for e in other.values()}


def test_a_run_in_kilometres_has_an_entry_of_the_registered_length():
    first = plan(runs=(), sets=())
    run = PlannedRun(date=MONDAY, km=8.5, text="easy")
    (entry,) = read(plan_calendar([replace(first, runs=(run,))], run_at=dt.time(6, 30)))
    assert (entry["SUMMARY"], entry["DURATION"], entry["DTSTART"]) == ("Run 8.5 km", "PT45M", "20260302T063000")


def test_a_set_without_text_is_shown_by_the_name_of_its_exercise():
    sets = (PlannedSet(date=MONDAY, exercise_id="E60"), PlannedSet(date=MONDAY, exercise_id="E99"))
    bare = replace(plan(runs=(), sets=()), sets=sets)
    (entry,) = read(plan_calendar([bare], names={"E60": "Deadlift, one leg"}))
    assert (entry["SUMMARY"], entry["DESCRIPTION"]) == ("Strength (2)", "Deadlift, one leg\nE99")


@pytest.mark.parametrize("versions", [[], [plan(), plan(plan_id="autumn")]], ids=["none", "two plans"])
def test_a_calendar_is_made_of_one_plan(versions):
    with pytest.raises(ProgrammeError, match="of one plan"):
        plan_calendar(versions)


DAYS = st.lists(st.integers(0, 20), max_size=6, unique=True).map(sorted)


@given(st.lists(st.tuples(DAYS, DAYS), min_size=2, max_size=5))
def test_no_change_ever_renames_a_session_that_stays_or_lowers_a_sequence(changes):
    versions = [plan(n, runs, sets) for n, (runs, sets) in enumerate(changes, start=1)]
    for n in range(1, len(versions)):
        before = {e["UID"]: e for e in read(plan_calendar(versions[:n]))}
        after = {e["UID"]: e for e in read(plan_calendar(versions[: n + 1]))}
        assert set(before) <= set(after)
        for uid, entry in before.items():
            told = {"DTSTART", "STATUS", "SUMMARY", "DESCRIPTION", "DURATION"}
            changed = any(entry[word] != after[uid][word] for word in told)
            assert int(after[uid]["SEQUENCE"]) == int(entry["SEQUENCE"]) + changed
        stayed = set(versions[n - 1].runs) & set(versions[n].runs)
        for run in stayed:
            start = f"{run.date:%Y%m%d}T070000"
            assert uid_at(before, start) == uid_at(after, start)


def uid_at(entries, start):
    return next(uid for uid, e in entries.items() if e["DTSTART"] == start and e["STATUS"] == "CONFIRMED")
