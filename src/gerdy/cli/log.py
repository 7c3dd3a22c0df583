"""``gerdy log``: enter what was done and how it felt."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

import typer

from gerdy.cli.journal_entries import asked, head_of, keep, moment_of, print_entries
from gerdy.cli.journal_options import (
    AsJson,
    EnteredBy,
    RunnerName,
    StoreFolder,
    Zone,
    opened,
    runner_for_writing,
)

app = typer.Typer(
    help="Enter what was done, how it felt and what shapes the plan; list and correct entries.", no_args_is_help=True
)

When: TypeAlias = Annotated[
    str, typer.Option("--when", help="now (if left out), today 07:30, yesterday, 2026-11-19, 2026-11-19T18:05.")
]
Corrects: TypeAlias = Annotated[str, typer.Option("--corrects", help="Id of the entry that this one replaces.")]
Score: TypeAlias = Annotated[float | None, typer.Option(min=0, max=10, help="0 (none) to 10 (worst imaginable).")]
SideName: TypeAlias = Literal["left", "right", "both", "not applicable"]
OneSide: TypeAlias = Annotated[SideName, typer.Option("--side", help="Which side hurts.")]
Moment: TypeAlias = Literal["now", "during", "after", "next morning"]
Place: TypeAlias = Annotated[str, typer.Option("--place", help="Where it hurts.")]
Settled: TypeAlias = Annotated[
    float | None, typer.Option(min=0, help="Minutes after which it was as before; 0 for at once.")
]
Limp: TypeAlias = Annotated[bool | None, typer.Option("--limp/--no-limp", help="Whether the pain changed the gait.")]
OnsetKm: TypeAlias = Annotated[float | None, typer.Option(min=0, help="Kilometres run when the pain began.")]


@app.command("run")
def run(
    km: Annotated[float | None, typer.Option(min=0, help="Distance.")] = None,
    minutes: Annotated[float | None, typer.Option(min=0, help="Moving time.")] = None,
    pain_during: Score = None,
    pain_after: Score = None,
    pain_next_morning: Score = None,
    settled_min: Settled = None,
    limp: Limp = None,
    onset_km: OnsetKm = None,
    side: OneSide = "not applicable",
    place: Place = "lateral knee",
    treadmill: Annotated[bool | None, typer.Option("--treadmill/--outdoors", help="Where it was run.")] = None,
    surface: Annotated[str | None, typer.Option(help="For example road, trail or track.")] = None,
    ascent_m: Annotated[float | None, typer.Option(min=0, help="Metres climbed.")] = None,
    descent_m: Annotated[float | None, typer.Option(min=0, help="Metres descended.")] = None,
    cadence_spm: Annotated[float | None, typer.Option(min=0, help="Steps per minute, both feet.")] = None,
    when: When = "",
    corrects: Corrects = "",
    runner: RunnerName = "me",
    by: EnteredBy = "me",
    zone: Zone = "",
    store: StoreFolder = None,
    as_json: AsJson = False,
) -> None:
    """Enter a run: gerdy log run --km 8 --minutes 45 --pain-during 2 --side right."""
    from gerdy.records import PainEntry, PainMoment, Run, Side

    if km is None and minutes is None and sys.stdin.isatty():
        km = asked("Kilometres (Enter: not recorded)")
        minutes = asked("Minutes (Enter: not recorded)")
    if km is None and minutes is None:
        raise typer.BadParameter("give --km, --minutes or both", param_hint="'--km'")
    course: dict[str, Any] = {
        "settled_min": settled_min,
        "gait_changed": limp,
        "onset_m": None if onset_km is None else round(onset_km * 1000, 2),
    }
    if pain_during is None and any(answer is not None for answer in course.values()):
        raise typer.BadParameter("give --pain-during too: they say how that pain went", param_hint="'--pain-during'")
    scores = {
        PainMoment.DURING: pain_during,
        PainMoment.AFTER: pain_after,
        PainMoment.NEXT_MORNING: pain_next_morning,
    }
    with opened(store, create=True) as journal:
        head = head_of(journal, runner, by, when, zone, corrects)
        done = Run(
            **head,
            distance_m=None if km is None else round(km * 1000, 2),
            moving_s=None if minutes is None else round(minutes * 60, 3),
            ascent_m=ascent_m,
            descent_m=descent_m,
            cadence_spm=cadence_spm,
            treadmill=treadmill,
            surface=surface,
        )
        about = head | {"corrects": None}
        felt = [
            PainEntry(
                **about | {"id": journal.new_id()},
                score=score,
                moment=moment,
                side=Side(side),
                place=place,
                activity=done.id,
                **(course if moment is PainMoment.DURING else {}),
            )
            for moment, score in scores.items()
            if score is not None
        ]
        keep(journal, [done, *felt], as_json=as_json)


@app.command("strength")
def strength(
    sets: Annotated[
        list[str], typer.Argument(help='Sets in words, each in quotes: "3 x 10 E60 each side at 20 kg RIR 2".')
    ],
    minutes: Annotated[float | None, typer.Option(min=0, help="How long the session took.")] = None,
    text: Annotated[str, typer.Option("--note", help="Free words.")] = "",
    when: When = "",
    corrects: Corrects = "",
    runner: RunnerName = "me",
    by: EnteredBy = "me",
    zone: Zone = "",
    store: StoreFolder = None,
    as_json: AsJson = False,
) -> None:
    """Enter a strength session: gerdy log strength "3 x 10 E60 each side at 20 kg RIR 2"."""
    from gerdy.journal.done_sets import parse_done_sets
    from gerdy.records import StrengthSession

    done = tuple(one for line in sets for one in parse_done_sets(line))
    with opened(store, create=True) as journal:
        head = head_of(journal, runner, by, when, zone, corrects)
        keep(journal, [StrengthSession(**head, sets=done, minutes=minutes, text=text)], as_json=as_json)


@app.command("pain")
def pain(
    score: Annotated[float, typer.Argument(min=0, max=10, help="0 (none) to 10 (worst imaginable).")],
    moment: Annotated[Moment, typer.Option("--moment", help="When it was felt.")] = "now",
    side: OneSide = "not applicable",
    place: Place = "lateral knee",
    activity: Annotated[str | None, typer.Option(help="Id of the run, or words such as 'stairs down'.")] = None,
    when: When = "",
    corrects: Corrects = "",
    runner: RunnerName = "me",
    by: EnteredBy = "me",
    zone: Zone = "",
    store: StoreFolder = None,
    as_json: AsJson = False,
) -> None:
    """Enter pain: gerdy log pain 3 --moment after --side right."""
    from gerdy.records import PainEntry, PainMoment, Side

    with opened(store, create=True) as journal:
        head = head_of(journal, runner, by, when, zone, corrects)
        entry = PainEntry(
            **head, score=score, moment=PainMoment(moment), side=Side(side), place=place, activity=activity
        )
        keep(journal, [entry], as_json=as_json)


@app.command("note")
def note(
    text: Annotated[str, typer.Argument(help="Free words.")],
    when: When = "",
    corrects: Corrects = "",
    runner: RunnerName = "me",
    by: EnteredBy = "me",
    zone: Zone = "",
    store: StoreFolder = None,
    as_json: AsJson = False,
) -> None:
    """Enter free words: gerdy log note "new shoes"."""
    from gerdy.records import Note

    with opened(store, create=True) as journal:
        keep(journal, [Note(**head_of(journal, runner, by, when, zone, corrects), text=text)], as_json=as_json)


@app.command("record")
def record(
    file: Annotated[Path, typer.Argument(help="JSON of one record, or '-' for standard input.")],
    runner: RunnerName = "me",
    by: EnteredBy = "me",
    store: StoreFolder = None,
    as_json: AsJson = False,
) -> None:
    """Enter a record of any kind from JSON, for example an assessment, a plan version or a decision."""
    import json

    from gerdy.errors import RecordInvalid
    from gerdy.records import from_json

    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
        fields = json.loads(text)
    except (OSError, ValueError) as error:
        raise RecordInvalid(
            f"{file} cannot be read as JSON ({error}); one record with its 'kind' is expected."
        ) from error
    with opened(store, create=True) as journal:
        owner = runner_for_writing(journal, runner)
        given = {"id": journal.new_id(), "entered_at": journal.clock().isoformat(), "by": by}
        entry = from_json(given | dict(fields) | {"runner_id": owner.id})
        keep(journal, [entry], as_json=as_json)


@app.command("recording")
def recording(
    files: Annotated[list[Path], typer.Argument(help="The files of one recording; of videos only the hash is kept.")],
    analysis: Annotated[Path | None, typer.Option(help="What 'gerdy analyze --json' printed.")] = None,
    when: When = "",
    runner: RunnerName = "me",
    by: EnteredBy = "me",
    zone: Zone = "",
    store: StoreFolder = None,
    as_json: AsJson = False,
) -> None:
    """Enter a motion recording: the files as they came, a video by its hash alone."""
    from gerdy.journal.recordings import keep_recording

    with opened(store, create=True) as journal:
        owner = runner_for_writing(journal, runner)
        moment = moment_of(journal, when, zone)
        entry = keep_recording(journal, owner, files, analysis, event_time=moment, by=by)
        print_entries([entry], as_json=as_json)


@app.command("list")
def list_entries(
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="run, strength, pain, morning, check-in, note …")
    ] = None,
    since: Annotated[str, typer.Option(help="First day.")] = "",
    history: Annotated[bool, typer.Option("--history", help="Also what was corrected later.")] = False,
    runner: RunnerName = "me",
    store: StoreFolder = None,
    zone: Zone = "",
    as_json: AsJson = False,
) -> None:
    """List the entries as they stand, oldest first."""
    with opened(store, create=False) as journal:
        begin = moment_of(journal, since, zone) if since else None
        found = journal.records(journal.runner(runner).id, kinds=kind, since=begin, history=history)
    print_entries(found, as_json=as_json)


@app.command("remove")
def remove(
    entry_id: Annotated[str, typer.Argument(help="Id of the entry.")],
    why: Annotated[str, typer.Option("--why", help="The reason, kept with it.")],
    runner: RunnerName = "me",
    by: EnteredBy = "me",
    store: StoreFolder = None,
    as_json: AsJson = False,
) -> None:
    """Take an entry out of the count; it stays in the history, with the reason."""
    from gerdy.records import Note, Run

    with opened(store, create=True) as journal:
        owner = runner_for_writing(journal, runner)
        linked = [
            one.id
            for one in journal.records(owner.id, kinds=("run",))
            if isinstance(one, Run) and one.duplicate_of == entry_id
        ]
        head = head_of(journal, runner, by, "", "", entry_id)
        keep(journal, [Note(**head, text=f"Removed: {why}")], as_json=as_json)
    if linked:
        typer.echo(
            f"{len(linked)} runs were linked to it as the same run and do not count either. If one of them should: "
            f"gerdy import --different {linked[0]}",
            err=True,
        )
