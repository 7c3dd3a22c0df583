"""A runner's year beside the plan: each Monday a plan, each run as the state of its day has it, each Sunday a line."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gerdy.outlook.history import up_to
from gerdy.pipelines.programme import Request, plan_from
from gerdy.programme.facts import Facts
from gerdy.programme.overrides import permitted
from gerdy.programme.phases import phase_on
from gerdy.programme.safety import Judgements, judged, lock
from gerdy.programme.state import ProgrammeState, ladder_of, programme_state
from gerdy.programme.suggest import Stamp, runs_on, standing_version, with_runs
from gerdy.programme.suggest.running_days import run_days
from gerdy.programme.watched import Watched
from gerdy.report.plan_words import plan_lines
from gerdy.running.colour import COLOURS, day_colour
from years.life import DAY, FOLDER, Life

if TYPE_CHECKING:
    from gerdy.outlook.history import History
    from gerdy.pipelines.programme import Programme
    from gerdy.records import PlannedSet

WEEKS = 52
REST = "R0"


@dataclass(frozen=True)
class Line:
    """A week of a table: where the runner stands on Sunday evening, and the worst colour of the week."""

    week: int
    phase: str
    step: str
    colour: str


@dataclass
class Year:
    """A year as it was lived, with the plans' texts."""

    life: Life
    lines: list[Line] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    plans: list[Programme | None] = field(default_factory=list)


def live(name: str) -> Year:
    """Live a written year."""
    year, judgements, sunday = Year(Life(name)), None, None
    for week in range(1, WEEKS + 1):
        judgements, sunday = _week(year, week, judgements, sunday)
    return year


def table(name: str) -> list[Line]:
    """Read the hand-written table of a runner."""
    rows = (line.strip("|").split("|") for line in (FOLDER / name / "table.md").read_text().splitlines() if "|" in line)
    cells = [[cell.strip() for cell in row] for row in rows]
    return [Line(int(row[0]), *row[1:4]) for row in cells if row[0].isdigit()]


def _week(
    year: Year, week: int, judgements: Judgements | None, sunday: ProgrammeState | None
) -> tuple[Judgements, ProgrammeState]:
    """Live one week from the state of the Sunday before, the last day of which everything is known."""
    life, monday = year.life, year.life.day(week)
    life.wake(monday)
    life.walk(monday)
    history = life.history()
    judgements = judged(history, monday, judgements)
    state = programme_state(history, judgements, monday, onward=sunday)
    found = None if state.locked or state.ended else _plan(life, history, judgements, state, monday)
    year.plans.append(found)
    year.texts.append("\n".join(plan_lines(found)) + "\n" if found else _shut(state))
    if found:
        life.entries.append(found.versions[0])
    since = sunday or state
    for number in range(7):
        _day(life, monday + number * DAY, found, judgements, since)
    return _close(year, week, judgements, since)


def _plan(life: Life, history: History, judgements: Judgements, state: ProgrammeState, monday: dt.date) -> Programme:
    at = dt.datetime.combine(monday, dt.time(9, 30), life.zone)
    request = Request(now=monday, at=at, starts=monday, weeks=1, by="gerdy", new_id=lambda: f"plan-{monday}")
    return plan_from(history, judgements, state, request, name=life.name)


def _shut(state: ProgrammeState) -> str:
    why = next(one.decision for one in state.decisions if one.decision.rule == ("R-080" if state.ended else "R-001"))
    return "No plan. " + " ".join(reason.text for reason in why.reasons) + "\n"


def _day(life: Life, day: dt.date, found: Programme | None, judgements: Judgements, since: ProgrammeState) -> None:
    if day.weekday():
        life.wake(day)
    monday = day - day.weekday() * DAY
    if "own_run_km" in life.on(day):
        life.run(day, None, None)
    elif found and (planned := next((one for one in found.weeks[0].runs if one.day == day), None)):
        done = len([one for one in life.entries if one.kind == "run" and one.event_time.date() >= monday])
        if life.does_run(day, done):
            _run(life, day, found, *_on(life, day, judgements, since), long_run=planned.kind.long)
    sets: list[PlannedSet] = [one for one in found.weeks[0].sets if one.date == day] if found else []
    trained = {one.event_time.date() for one in life.entries if one.kind == "strength"}
    if sets and life.does_session(day, len([one for one in trained if one >= monday])):
        life.train(day, sets)
    if found:
        for race in (one for one in found.wishes.races if one.date == day):
            life.run(day, None, race.km)
    life.sleep(day)


def _run(
    life: Life, day: dt.date, found: Programme, judgements: Judgements, state: ProgrammeState, *, long_run: bool
) -> None:
    """Run what the state of the day has; where that is not what Monday's plan said, the plan gets its next version."""
    history = life.history()
    facts = Facts(history, judgements, day)
    others = len(found.weeks[0].runs) - 1
    (one,) = runs_on(facts, state, found.wishes, [day], day if long_run else None, others=others)
    standing = standing_version(history, found.weeks[0].starts)
    assert standing is not None
    if one.run is not None and one.run not in standing.runs:
        at = dt.datetime.combine(day, dt.time(9, 40), life.zone)
        life.entries.append(with_runs(standing, [one], Stamp(id=f"plan-{day}", at=at, by="gerdy")))
    if one.run is None:
        return
    if one.run.target == REST:
        life.walk(day)
    else:
        life.run(day, one.run.minutes, one.run.km)


def _on(life: Life, day: dt.date, judgements: Judgements, since: ProgrammeState) -> tuple[Judgements, ProgrammeState]:
    """Return the state of a day within the week: the phase goes on, exercises wait for Monday."""
    history = up_to(life.history(), day)
    judgements = judged(history, day, judgements)
    about = [fact for fact in permitted(history.overrides) if fact.entry.gate == "phase"]
    # A Monday that has not ended is no day to go on from: what is entered later that day would be lost.
    onward = (since.now, since.phase) if since.now.weekday() == 6 else None
    phase = phase_on(Watched(history, day), judgements, about, onward=onward)
    locked = lock(judgements.on(day)).outcome != "open"
    return judgements, replace(since, now=day, phase=phase, said_phase=phase, locked=locked)


def _close(year: Year, week: int, judgements: Judgements, since: ProgrammeState) -> tuple[Judgements, ProgrammeState]:
    """Write the week's line on Sunday evening, and give the state from which the next week goes on."""
    life, sunday = year.life, year.life.day(week, 6)
    judgements, state = _on(life, sunday, judgements, since)
    history = up_to(life.history(), sunday)
    ended = any(fact.entry.understood for fact in history.opt_outs)
    days = sorted({fact.day for fact in history.runs if life.day(week) <= fact.day <= sunday})
    colours = [day_colour(history, day, sunday).outcome for day in days]
    phase = "left" if ended else "locked" if state.locked else state.phase.phase
    step = "–" if ended else _step(history, judgements, state, sunday)
    year.lines.append(Line(week, phase, step, max(colours, key=COLOURS.index, default="none")))
    return judgements, state


def _step(history: History, judgements: Judgements, state: ProgrammeState, sunday: dt.date) -> str:
    """Return the step at which the next run would be."""
    facts = Facts(history, judgements, sunday)
    ladder = ladder_of(facts, state.phase)
    if ladder is None:
        return REST
    wishes = history.wishes[-1].entry
    ahead = (sunday + n * DAY for n in range(1, 8))
    next_day = next(day for day in ahead if day.weekday() in run_days(wishes))
    (one,) = runs_on(facts, state, wishes, [next_day])
    return one.run.target if one.run else ladder.stage
