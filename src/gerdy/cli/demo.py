"""``gerdy demo``: a real runner, end to end, without any file of your own."""

from __future__ import annotations

from pathlib import Path

import typer

from gerdy.cli.output import progress


def demo(
    out: Path = typer.Option(Path("gerdy-demo"), help="Folder for the report, tables and motion files."),
) -> None:
    """Tell the whole story of the bundled runner: a real recording, then an invented assessment, plan and outlook."""
    from gerdy.pipelines.analyze import analyze
    from gerdy.pipelines.demo import demo_files
    from gerdy.report.demo_story import print_story, tell, write_story
    from gerdy.report.terminal import print_analysis
    from gerdy.report.write import write_folder

    run = demo_files()
    with progress() as bars:
        task = bars.add_task("Strides, joints and band", total=None)
        found = analyze(
            run.motion, forces=run.forces, static=run.static, subject=run.subject, tell=lambda: bars.advance(task)
        )
        bars.update(task, description="Drawing the report")
        write_folder(found, out)
        bars.update(task, description="Assessment, plan and outlook")
        told = tell(found.to_json())
        write_story(told, out)
    typer.echo(
        "Participant 5 of a public data set (Fukuchi and others 2017, CC BY 4.0): "
        "a man with a history of IT band syndrome of the right knee.\n"
    )
    print_analysis(found, out)
    print_story(told, out)
