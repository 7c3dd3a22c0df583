"""``gerdy check-in``: how is it today? Only what is said is recorded; an answer left out is not a zero."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gerdy.cli.journal_entries import print_entries
from gerdy.cli.journal_options import (
    AsJson,
    EnteredBy,
    RunnerName,
    StoreFolder,
    Zone,
    opened,
    runner_for_writing,
    zone_named,
)
from gerdy.cli.log import OneSide

if TYPE_CHECKING:
    from gerdy.journal.store import Store


def check_in(
    stairs: Annotated[
        float | None, typer.Option(min=0, max=10, help="Pain walking downstairs this morning, 0 to 10.")
    ] = None,
    baseline: Annotated[
        float | None,
        typer.Option(min=0, max=10, help="The same on a usual morning; by default the mean of seven quiet ones."),
    ] = None,
    pain: Annotated[float | None, typer.Option(min=0, max=10, help="Pain now, 0 to 10.")] = None,
    side: OneSide = "not applicable",
    sleep_h: Annotated[float | None, typer.Option("--sleep", min=0, max=24, help="Hours of the last night.")] = None,
    soreness: Annotated[float | None, typer.Option(min=0, max=10, help="Soreness of the muscles, 0 to 10.")] = None,
    fatigue: Annotated[float | None, typer.Option(min=0, max=10, help="Tiredness, 0 to 10.")] = None,
    stress: Annotated[float | None, typer.Option(min=0, max=10, help="Stress, 0 to 10.")] = None,
    ill: Annotated[bool | None, typer.Option("--ill/--not-ill", help="Ill today.")] = None,
    pain_medicine: Annotated[
        bool | None, typer.Option("--pain-medicine/--no-pain-medicine", help="Took something against pain.")
    ] = None,
    score: Annotated[
        list[str] | None, typer.Option("--score", help="Score of a questionnaire, for example OSTRC=0 or UWRI=33.")
    ] = None,
    text: Annotated[str, typer.Option("--note", help="Free words.")] = "",
    when: Annotated[str, typer.Option("--when", help="now (if left out), today 07:30, yesterday, 2026-11-19.")] = "",
    runner: RunnerName = "me",
    by: EnteredBy = "me",
    zone: Zone = "",
    store: StoreFolder = None,
    as_json: AsJson = False,
) -> None:
    """Enter the day's state; asks in a terminal when nothing is said."""
    from gerdy.journal.moments import parse_when
    from gerdy.records import CheckIn, Entry, MorningAnswer, PainEntry, PainMoment, Side

    answers: dict[str, Any] = {
        "sleep_h": sleep_h,
        "soreness": soreness,
        "fatigue": fatigue,
        "stress": stress,
        "ill": ill,
        "pain_medicine": pain_medicine,
        "questionnaires": _scores(score or []),
        "text": text,
    }
    if stairs is None and pain is None and all(answer in (None, (), "") for answer in answers.values()):
        stairs, answers["sleep_h"] = _ask()
    with opened(store, create=True) as journal:
        head: dict[str, Any] = {
            "runner_id": runner_for_writing(journal, runner).id,
            "event_time": parse_when(when, journal.clock(), zone_named(zone)),
            "entered_at": journal.clock(),
            "by": by,
        }
        said: list[Entry] = []
        if any(answer not in (None, (), "") for answer in answers.values()):
            said.append(CheckIn(**head, id=journal.new_id(), **answers))
        if stairs is not None:
            baseline = _usual(journal, head, zone) if baseline is None else baseline
            said.append(
                MorningAnswer(**head, id=journal.new_id(), stairs_down=stairs, side=Side(side), baseline=baseline)
            )
        if pain is not None:
            said.append(PainEntry(**head, id=journal.new_id(), score=pain, moment=PainMoment.NOW, side=Side(side)))
        journal.add(*said)
    print_entries(said, as_json=as_json)


def _usual(journal: Store, head: dict[str, Any], zone: str) -> float | None:
    """Return the usual morning from what the journal knows: stored now, so that a bad week never moves it later."""
    from gerdy.cli.local_time import zone_of_days
    from gerdy.outlook import history_of
    from gerdy.running.signals import usual_morning

    lives = zone_of_days(zone)
    history = history_of(journal.records(head["runner_id"]), head["runner_id"], lives)
    return usual_morning(history, head["event_time"].astimezone(lives).date())


def _scores(pairs: list[str]) -> tuple[tuple[str, float], ...]:
    found = []
    for pair in pairs:
        name, _, number = pair.partition("=")
        try:
            found.append((name.strip(), float(number)))
        except ValueError as error:
            raise typer.BadParameter(
                f"'{pair}' is no score; say for example OSTRC=0", param_hint="'--score'"
            ) from error
    return tuple(found)


def _ask() -> tuple[float | None, float | None]:
    """Ask the two questions that matter most; an empty answer is *not recorded*."""
    if not sys.stdin.isatty():
        raise typer.BadParameter(
            "nothing was said and there is no terminal to ask in; say for example --stairs 2 --side right --sleep 7.5"
        )
    stairs = _number("Pain walking downstairs this morning, 0 to 10 (Enter: not recorded)", 10)
    sleep = _number("Hours of sleep last night (Enter: not recorded)", 24)
    if stairs is None and sleep is None:
        raise typer.BadParameter("nothing was answered, so nothing was entered")
    return stairs, sleep


def _number(question: str, most: float) -> float | None:
    while True:
        answer = typer.prompt(question, default="", show_default=False).strip()
        if not answer:
            return None
        try:
            if 0 <= float(answer) <= most:
                return float(answer)
        except ValueError:
            pass
        typer.echo(f"A number from 0 to {most:g}, please.", err=True)
