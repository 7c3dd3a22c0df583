"""``gerdy warm-up``: compile the numerical kernels once, so that the first analysis is fast."""

from __future__ import annotations

import typer

from gerdy.cli.output import progress


def warm_up() -> None:
    """Compile the numerical kernels into the user's cache by analysing the bundled runner; nothing is written."""
    from gerdy.pipelines.analyze import analyze
    from gerdy.pipelines.demo import demo_files

    run = demo_files()
    with progress() as bars:
        task = bars.add_task("Compiling kernels", total=None)
        analyze(run.motion, forces=run.forces, static=run.static, subject=run.subject, tell=lambda: bars.advance(task))
    typer.echo("The kernels are compiled.")
