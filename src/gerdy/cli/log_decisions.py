"""``gerdy log discharge, clearance, override, opt-out``: what others, and the runner, decide about a plan."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Final, Literal, TypeAlias

import typer

from gerdy.cli.journal_entries import head_of, keep
from gerdy.cli.journal_options import AsJson, EnteredBy, RunnerName, StoreFolder, Zone, opened
from gerdy.cli.log import Corrects, SideName, When

if TYPE_CHECKING:
    from collections.abc import Callable

    from gerdy.journal import Store
    from gerdy.records import Override

RoleName: TypeAlias = Literal["runner", "coach", "clinician"]


def discharge(
    told: Annotated[str, typer.Option(help="What the runner was told, in the physiotherapist's words.")] = "",
    running_allowed: Annotated[
        bool | None, typer.Option("--running-allowed/--no-running", help="Whether running was allowed.")
    ] = None,
    restriction: Annotated[list[str] | None, typer.Option("--restriction", help="What was not allowed.")] = None,
    exercise: Annotated[
        list[str] | None, typer.Option("--exercise", help="An exercise that goes on, in words.")
    ] = None,
    result: Annotated[
        list[str] | None, typer.Option("--result", help='One of the last tests: "hip_abduction_isometric left 116 N".')
    ] = None,
    when: When = "",
    corrects: Corrects = "",
    runner: RunnerName = "me",
    by: EnteredBy = "me",
    zone: Zone = "",
    store: StoreFolder = None,
    as_json: AsJson = False,
) -> None:
    """Enter the hand-over from physiotherapy; the plan begins at the phase that the tests allow."""
    from gerdy.journal.result_words import parse_result
    from gerdy.records import Discharge

    results = tuple(parse_result(text) for text in result or ())
    with opened(store, create=True) as journal:
        entry = Discharge(
            **head_of(journal, runner, by, when, zone, corrects),
            told=told,
            running_allowed=running_allowed,
            restrictions=tuple(restriction or ()),
            exercises=tuple(exercise or ()),
            results=results,
        )
        keep(journal, [entry], as_json=as_json)


def clearance(
    opens: Annotated[list[str], typer.Argument(help="What it opens: a red flag such as missed_periods, or a rule.")],
    who: Annotated[str, typer.Option(help="Who examined the runner.")],
    profession: Annotated[str, typer.Option(help="The profession of that person.")],
    examined: Annotated[str, typer.Option(help="What was examined.")],
    when: When = "",
    corrects: Corrects = "",
    runner: RunnerName = "me",
    by: EnteredBy = "me",
    zone: Zone = "",
    store: StoreFolder = None,
    as_json: AsJson = False,
) -> None:
    """Enter that a clinician examined the runner and opened a lock; nothing else opens one."""
    from gerdy.records import Clearance

    with opened(store, create=True) as journal:
        head = head_of(journal, runner, by, when, zone, corrects)
        entry = Clearance(**head, opens=tuple(opens), who=who, profession=profession, examined=examined)
        keep(journal, [entry], as_json=as_json)


def override(
    gate: Annotated[str, typer.Argument(help="The decision, for example R-062 or phase.")],
    to: Annotated[str, typer.Argument(help="What holds instead, for example hold.")],
    role: Annotated[RoleName, typer.Option(help="Who decides.")],
    reason: Annotated[str, typer.Option(help="Why; it stays beside the decision for ever.")],
    subject: Annotated[str, typer.Option(help="Exercise or week that it is about; empty for all.")] = "",
    side: Annotated[SideName, typer.Option("--side", help="Side that it is about.")] = "not applicable",
    until: Annotated[str, typer.Option(help="Last day on which it holds; by default until it is corrected.")] = "",
    when: When = "",
    corrects: Corrects = "",
    runner: RunnerName = "me",
    by: EnteredBy = "me",
    zone: Zone = "",
    store: StoreFolder = None,
    as_json: AsJson = False,
) -> None:
    """Decide otherwise than gerdy, with a reason: gerdy log override R-062 hold --role coach --reason "travels"."""
    from gerdy.journal.wish_words import parse_date
    from gerdy.programme.overrides import require_allowed
    from gerdy.records import Override, Role, Side

    last_day: dt.date | None = parse_date(until) if until else None
    with opened(store, create=True) as journal:
        head = head_of(journal, runner, by, when, zone, corrects)
        entry = Override(
            **head, gate=gate, to=to, role=Role(role), reason=reason, subject=subject, side=Side(side), until=last_day
        )
        require_allowed(entry, _said(journal, entry, zone))
        keep(journal, [entry], as_json=as_json)


def _said(journal: Store, entry: Override, zone: str) -> str:
    """Return what gerdy says at the gate today, so that a runner's word can be held against it."""
    from gerdy.cli.local_time import zone_of_days
    from gerdy.pipelines.programme import said_at, state_of

    lives = zone_of_days(zone)
    now = (entry.event_time or entry.entered_at).astimezone(lives).date()
    _, _, state = state_of(journal, entry.runner_id, lives, now)
    return said_at(state, entry.gate, entry.to)


def opt_out(
    understood: Annotated[
        bool, typer.Option("--understood", help="That going on with maintenance is what the evidence speaks for.")
    ] = False,
    reason: Annotated[str, typer.Option(help="Why, if you like.")] = "",
    when: When = "",
    corrects: Corrects = "",
    runner: RunnerName = "me",
    by: EnteredBy = "me",
    zone: Zone = "",
    store: StoreFolder = None,
    as_json: AsJson = False,
) -> None:
    """End the programme knowingly, instead of going on with maintenance."""
    from gerdy.errors import ProgrammeError
    from gerdy.records import OptOut

    if not understood:
        raise ProgrammeError(
            "Without pain the plan goes on as maintenance, one or two short sessions a week: hip and core exercise "
            "that was kept up lowered overuse injuries in novice runners. To end it all the same, say --understood."
        )
    with opened(store, create=True) as journal:
        head = head_of(journal, runner, by, when, zone, corrects)
        keep(journal, [OptOut(**head, understood=True, reason=reason)], as_json=as_json)


COMMANDS: Final[dict[str, Callable[..., None]]] = {
    "discharge": discharge,
    "clearance": clearance,
    "override": override,
    "opt-out": opt_out,
}
"""The sub-verbs of ``gerdy log`` that this module holds."""
