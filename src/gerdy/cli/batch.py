"""``gerdy batch DIR``: a cohort in one table."""

from __future__ import annotations

import os
from pathlib import Path

import typer
from rich.console import Console

from gerdy.cli.output import progress


def batch(
    folder: Path = typer.Argument(..., help="The folder that holds the C3D or TRC files, at any depth."),
    subjects: Path | None = typer.Option(None, help="CSV: file,static,runner_id,mass_kg,height_m,sex."),
    out: Path = typer.Option(..., help="The table to write: .parquet or .csv."),
    workers: int = typer.Option(0, min=0, help="How many processes; 0 takes all cores."),
) -> None:
    """Analyse every recording below a folder: one row per stride and side."""
    from gerdy.errors import RecordingError
    from gerdy.pipelines.batch import Outcome, find_jobs, run_jobs
    from gerdy.report.table import check_table, write_table

    check_table(out)
    jobs = find_jobs(folder, subjects)
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    failed: list[Outcome] = []
    with progress() as bars:
        task = bars.add_task("Analysing", total=len(jobs))

        def note(done: Outcome) -> None:
            if done.error:
                failed.append(done)
                console.print(f"{done.file}: {done.error}", markup=False)
            bars.advance(task)

        table = run_jobs(jobs, workers or os.cpu_count() or 1, note)
    if len(failed) == len(jobs):
        raise RecordingError(
            f"None of the {len(jobs)} files could be analysed; the reasons are above. Nothing was written."
        )
    write_table(table, out)
    typer.echo(f"{len(table)} strides of {len(jobs) - len(failed)} recordings in {out}; {len(failed)} failed.")
