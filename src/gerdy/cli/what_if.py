"""``gerdy what-if FILE|FOLDER --change …``: what would change the load, and by how much."""

from __future__ import annotations

from pathlib import Path

import typer

from gerdy.cli.output import print_json, progress
from gerdy.cli.subject_options import FROM_FORCES, KneeSide, PainOption, SexOption, subject_of
from gerdy.quantities import SideName


def what_if(
    files: list[Path] = typer.Argument(
        ..., help="A folder that 'gerdy analyze --out' wrote; or a C3D, or a TRC with markers and a MOT with forces."
    ),
    change: list[str] = typer.Option(
        [], "--change", help="What changes, for example 'hip adduction -4 deg'; several apply together."
    ),
    search: bool = typer.Option(False, "--search", help="Rank the single changes within a runner's reach instead."),
    side: KneeSide | None = typer.Option(None, help="Whose leg; without it the painful one, else the right."),
    static: Path | None = typer.Option(None, help="The standing trial (C3D or TRC)."),
    forces: Path | None = typer.Option(None, help="The file with ground reaction forces, if not among FILES."),
    markers: Path | None = typer.Option(None, help="Your own marker set (TOML)."),
    mass: str | None = typer.Option(None, help="Body mass in kg, or 'from-forces'."),
    height: float | None = typer.Option(None, help="Body height in m."),
    sex: SexOption | None = typer.Option(None, help="Kept with the recording."),
    speed: float | None = typer.Option(
        None, help="Speed in m/s as the treadmill showed it; checked against the recording."
    ),
    pain: PainOption | None = typer.Option(None, help="IT band pain: now, past or never."),
    painful_side: KneeSide | None = typer.Option(None, help="The side that hurts or hurt."),
    runner: str = typer.Option("me", help="Whose recording this is."),
    out: Path | None = typer.Option(None, "--out", help="Folder for the page and its document."),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Say what a change would do to the band: its size, its interval, and how many believable bands agree."""
    from gerdy.band.what_if import parse_changes
    from gerdy.pipelines.what_if import open_recording, what_if_search
    from gerdy.pipelines.what_if import what_if as run
    from gerdy.report.what_if import print_what_if, write_what_if

    if search and change:
        raise typer.BadParameter("Give --change or --search, not both: a search tries changes of its own.")
    if not search:
        # A change that cannot be read is refused before minutes are spent on the recording.
        parse_changes(change)
    subject = subject_of(runner, mass, height, sex, pain, painful_side)
    with progress() as bars:
        task = bars.add_task("Reading the recording", total=None)
        recording = open_recording(
            files,
            static=static,
            forces=forces,
            markers=markers,
            subject=subject,
            mass_from_forces=mass == FROM_FORCES,
            speed_m_s=speed,
        )
        bars.update(task, description="Asking every believable band", completed=0)
        wanted: SideName | None = side.value if side else None
        found = (
            what_if_search(recording, side=wanted, tell=lambda: bars.advance(task))
            if search
            else run(recording, change, side=wanted, tell=lambda: bars.advance(task))
        )
    if out:
        write_what_if(found, out)
    if as_json:
        print_json(found.to_json())
    else:
        print_what_if(found, out)
