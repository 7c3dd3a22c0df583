"""``gerdy analyze FILE…``: one runner, one occasion, from motion capture or from films."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import typer

from gerdy.cli.analyze_films import ActivityOption, ViewOption, analyze_film_files, film_options
from gerdy.cli.output import print_json, progress
from gerdy.cli.subject_options import FROM_FORCES, KneeSide, PainOption, SexOption, subject_of


class SideOption(StrEnum):
    """Which sides to report."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class DepthOption(StrEnum):
    """How far to go."""

    STRIDES = "strides"
    JOINTS = "joints"
    BAND = "band"


def analyze(
    files: list[Path] = typer.Argument(
        ..., help="A C3D; or a TRC with markers and a MOT with forces; or one or two films."
    ),
    static: Path | None = typer.Option(None, help="The standing trial (C3D or TRC)."),
    forces: Path | None = typer.Option(None, help="The file with ground reaction forces, if not among FILES."),
    markers: Path | None = typer.Option(None, help="Your own marker set (TOML)."),
    mass: str | None = typer.Option(None, help="Body mass in kg, or 'from-forces'."),
    height: float | None = typer.Option(None, help="Body height in m."),
    sex: SexOption | None = typer.Option(None, help="Norms differ by sex."),
    speed: float | None = typer.Option(
        None, help="Speed in m/s as the treadmill showed it; checked against the recording."
    ),
    pain: PainOption | None = typer.Option(None, help="IT band pain: now, past or never."),
    painful_side: KneeSide | None = typer.Option(None, help="The side that hurts or hurt."),
    side: SideOption = typer.Option(SideOption.BOTH, help="Report one side or both."),
    depth: DepthOption = typer.Option(
        DepthOption.BAND, help="How far to go: strides only, joint angles and moments, or the band as well."
    ),
    reference: str = typer.Option(
        "norm",
        help="What the band's load is set against: norm, other-side, a folder of another analysis (--out), or a C3D "
        "of this runner with the same standing trial.",
    ),
    what_ifs: bool = typer.Option(
        False, "--what-ifs", help="Also rank what would change the load and show it in the report (with --out; slower)."
    ),
    runner: str = typer.Option("me", help="Whose recording this is."),
    view: list[ViewOption] = typer.Option([], help="Films: from where the camera looks, once per film."),
    activity: ActivityOption | None = typer.Option(None, help="Films: what is done."),
    roll: float | None = typer.Option(None, help="Films: by how many degrees the camera was turned clockwise."),
    box: str | None = typer.Option(None, help="Films: where the runner's hips are: left,top,right,bottom in pixels."),
    slowmo: float = typer.Option(1.0, min=1.0, help="Films: how many times slower than real they play."),
    keypoints: Path | None = typer.Option(None, help="Films: a folder or file of key points found elsewhere."),
    rate: float | None = typer.Option(None, help="Films: pictures a second of such a folder."),
    keep_faces: bool = typer.Option(False, "--keep-faces", help="Films: leave faces as they are in what is written."),
    out: Path | None = typer.Option(None, help="Folder for the report, tables and motion files."),
    as_json: bool = typer.Option(False, "--json", help="Print the analysis as JSON."),
) -> None:
    """Show how a runner moves: strides, timing and forces per side, with what is sure and what is not."""
    from gerdy.pipelines.analyze import analyze as run
    from gerdy.pipelines.film import are_films
    from gerdy.pipelines.ranked_what_ifs import rank_what_ifs
    from gerdy.report.terminal import print_analysis
    from gerdy.report.write import write_folder

    if what_ifs and out is None:
        raise typer.BadParameter("Ranked what-ifs stand in the report; give --out FOLDER too.", param_hint="--what-ifs")
    subject = subject_of(runner, mass, height, sex, pain, painful_side)
    if are_films(files):
        options = film_options(view, activity, roll, box, slowmo, keypoints, rate)
        analyze_film_files(files, options, subject, out, as_json=as_json, keep_faces=keep_faces)
        return
    with progress() as bars:
        task = bars.add_task("Strides, joints and band", total=None)
        found = run(
            files,
            static=static,
            forces=forces,
            markers=markers,
            subject=subject,
            mass_from_forces=mass == FROM_FORCES,
            speed_m_s=speed,
            side=side.value,
            depth=depth.value,
            reference=reference,
            tell=lambda: bars.advance(task),
        )
        if out:
            ranked = rank_what_ifs(found, lambda: bars.advance(task)) if what_ifs else None
            bars.update(task, description="Drawing the report")
            write_folder(found, out, ranked)
    if as_json:
        print_json(found.to_json())
    else:
        print_analysis(found, out)
