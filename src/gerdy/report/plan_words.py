"""A plan in words: what a terminal prints, what a text file and a page hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from gerdy.programme.phases import NAMES
from gerdy.programme.suggest.doses import items_of
from gerdy.programme.suggest.set_words import exercise_lines
from gerdy.programme.week import RunDemand, RunKind
from gerdy.programme.week.week import Slot
from gerdy.report.day_words import date_words, day_words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from gerdy.pipelines.programme import Programme
    from gerdy.programme.suggest import SuggestedWeek
    from gerdy.programme.week import Placed
    from gerdy.records import Decision, Reason

PROMISE: Final = (
    "A suggestion by published rules, each with its grade; it does not examine you and promises nothing. "
    "Stop at pain of 5 of 10 or a limp, and see a professional with pain at rest or at night, swelling, locking or "
    "numbness."
)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a day: when, what, and its lines."""

    when: str
    title: str
    lines: tuple[str, ...] = ()
    exercises: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a plan; no part is a day of rest."""

    date: dt.date
    parts: tuple[Part, ...]


def days_of(week: SuggestedWeek) -> tuple[Day, ...]:
    """Return the seven days of a week in words."""
    days = [week.starts + timedelta(days=n) for n in range(7)]
    return tuple(Day(day, tuple(_part(placed, week) for placed in week.week.on(day))) for day in days)


def headline(found: Programme) -> tuple[str, str]:
    """Return whose week it is, and where the runner stands."""
    phase = found.state.phase
    assert phase is not None  # noqa: S101 - a plan is refused before the first assessment
    step = "walks" if found.state.ladder is None else f"step {found.state.ladder.stage}"
    beside = f" beside {', '.join(phase.beside)}" if phase.beside else ""
    first = f"{found.runner}: {_span(found)}"
    return first, f"{phase.phase}, {NAMES[phase.phase]}{beside}, since {date_words(phase.since)}; {step}"


def why_lines(found: Programme) -> tuple[str, ...]:
    """Return why the plan is as it is, the most important first."""
    phase = found.state.phase
    last = phase.steps[-1] if phase and phase.steps else None
    lines = [] if last is None else [f"{last.decision.rule}: {_in_one_line(last.decision.reasons)}"]
    ladder = found.state.ladder
    if ladder is not None and ladder.steps:
        lines.append(f"{ladder.steps[-1].decision.rule}: {_in_one_line(ladder.steps[-1].decision.reasons)}")
    if names := _worked_on(found):
        lines.append(f"Worked on: {', '.join(names)}")
    lines += [f"{one.rule}: {one.reasons[0].text}" for one in found.state.holds]
    lines += [
        f"{d.rule}: {d.reasons[0].text}" for d in found.weeks[0].menu.decisions if d.outcome in SPEAKS and d.reasons
    ]
    lines += [line for run in found.weeks[0].runs for line in _refused(run.day, run.run is None, run.decisions)]
    return tuple(dict.fromkeys(lines))


def how_lines(found: Programme) -> tuple[str, ...]:
    """Return how it goes: what changed beyond error, whether a clinician should look, how long a phase takes."""
    said = [one.decision for one in found.state.decisions if one.decision.rule in COURSE]
    lines = [f"{one.rule}: {_in_one_line(one.reasons)}" for one in said if one.outcome not in {"not recorded", "go on"}]
    ahead = [f"R-089: next tests on {date_words(day)}" for day in found.retests[:1]]
    return (*lines, *ahead)


COURSE: Final = ("R-076", "R-077", "R-078", "R-087")
"""Rules that speak about the course of things; what they cannot say yet is left out."""


def _worked_on(found: Programme) -> tuple[str, ...]:
    """Return the contributors that are worked on, in words, the weightiest first."""
    names = {one.contributor: one.name for one in found.judgement.standings}
    return tuple(names[key] for key in found.judgement.active if key in names)


SPEAKS: Final = frozenset(
    {"before running", "cut", "merge", "clinician", "novice ramp", "ramp", "raised", "announced", "add load", "keep"}
)
"""Outcomes of the menu's rules that a runner should read; the others say that nothing is changed."""


def overridden_lines(found: Programme) -> tuple[str, ...]:
    """Return what a person decided otherwise, beside what gerdy says; it stays visible for ever."""
    return tuple(
        f"{one.entry.gate}{' ' + one.entry.subject if one.entry.subject else ''} → {one.entry.to} by "
        f"{one.entry.by} ({one.entry.role.value}) on {date_words(one.day)}"
        f"{'' if one.entry.until is None else ' until ' + date_words(one.entry.until)}: {one.entry.reason}"
        for one in found.history.overrides
        if one.day <= found.now
    )


def left_out_lines(found: Programme) -> tuple[str, ...]:
    """Return what the phase would also hold, with the reason."""
    return tuple(
        f"{one.need}{f' ({one.exercise_id})' if one.exercise_id else ''}: {one.why.text}"
        for one in found.weeks[0].menu.left_out
    )


def next_lines(found: Programme) -> tuple[str, ...]:
    """Return what is open before the next phase, and what to do."""
    open_ = [one for one in found.state.exits if not one.met.opens]
    return tuple(f"{one.criterion.asks}: {one.met.value} ({one.seen}); {one.criterion.to_do}" for one in open_)


def plan_lines(found: Programme) -> Iterator[str]:
    """Yield the whole plan as plain text."""
    yield from headline(found)
    for number, week in enumerate(found.weeks):
        yield ""
        if number:
            yield f"Sketch, if every run before is green: week of {date_words(week.starts)}"
        for day in days_of(week):
            yield from _day_lines(day)
    for title, lines in sections(found):
        yield from ("", title, *(f"  · {line}" for line in lines))
    yield from ("", PROMISE)


def sections(found: Programme) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the titled lists below the week; empty ones are left out."""
    cue = found.cue
    cues = (cue.decision.reasons[0].text,) if cue and cue.decision.outcome in {"practise", "stop"} else ()
    every = (
        ("Why", why_lines(found)),
        ("Decided by a person", overridden_lines(found)),
        ("In the run", cues),
        ("How it goes", how_lines(found)),
        ("Left out", left_out_lines(found)),
        ("Before the next phase", next_lines(found)),
    )
    return tuple((title, lines) for title, lines in every if lines)


def _part(placed: Placed, week: SuggestedWeek) -> Part:
    when = "" if placed.slot is Slot.ANY else placed.slot.value
    if isinstance(placed.what, RunDemand):
        return _run_part(placed, week, when)
    items = items_of(placed, week.menu)
    mine = {item.id for item in items}
    todays = [one for one in week.sets if one.date == placed.date and one.exercise_id in mine]
    minutes = f", {placed.what.minutes:.0f} min" if placed.what.minutes else ""
    return Part(when, f"{placed.key}{minutes}", tuple(exercise_lines(todays)), tuple(item.id for item in items))


def _run_part(placed: Placed, week: SuggestedWeek, when: str) -> Part:
    assert isinstance(placed.what, RunDemand)  # noqa: S101 - the caller asked
    if placed.what.kind is RunKind.RACE:
        return Part(when, f"race: {placed.what.text}")
    here = next((one.run for one in week.runs if one.day == placed.date), None)
    if here is None:
        return Part(when, "no run after all", ("see below why",))
    length = f"{here.km:g} km, about {here.minutes:.0f} min" if here.km and here.minutes else f"{here.minutes:.0f} min"
    return Part(when, f"{here.target}, {length}", (here.text,))


def _day_lines(day: Day) -> Iterator[str]:
    name = day_words(day.date)
    if not day.parts:
        yield f"{name}  rest"
    for number, part in enumerate(day.parts):
        yield f"{name if not number else ' ' * len(name)}  {part.when:<8} {part.title}".rstrip()
        yield from (f"{' ' * (len(name) + 11)}{line}" for line in part.lines)


def _span(found: Programme) -> str:
    first = found.weeks[0].starts
    count = len(found.weeks)
    return f"week of {date_words(first)}" if count == 1 else f"{count} weeks from {date_words(first)}"


def _in_one_line(reasons: Iterable[Reason]) -> str:
    """Return the reasons as one line; whole sentences follow each other, fragments take a semicolon."""
    texts = [reason.text for reason in reasons]
    return "".join(text if last else f"{text} " if text.endswith(".") else f"{text}; " for text, last in _marked(texts))


def _marked(texts: Sequence[str]) -> Iterator[tuple[str, bool]]:
    return ((text, number == len(texts)) for number, text in enumerate(texts, start=1))


def _refused(day: dt.date, refused: bool, decisions: Sequence[Decision]) -> Iterator[str]:
    if refused:
        yield f"{decisions[-1].rule}: no run on {date_words(day)}: {_in_one_line(decisions[-1].reasons)}"
