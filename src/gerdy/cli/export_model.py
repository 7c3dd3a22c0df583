"""``gerdy export-model``: a body with its band as a model that OpenSim opens."""

from __future__ import annotations

from pathlib import Path

import typer

from gerdy.cli.output import print_json, progress


def export_model(
    out: Path = typer.Option(..., "--out", help="Where to write the model (.osim)."),
    body: Path | None = typer.Option(None, "--body", help="A compiled body (.npz); without it the shipped one."),
    runner: Path | None = typer.Option(
        None, "--runner", help="A folder that 'gerdy analyze --out' wrote: the body of that runner."
    ),
    static: Path | None = typer.Option(
        None, "--static", help="A standing trial (C3D or TRC): scale the shipped body to this runner first."
    ),
    mass: float | None = typer.Option(None, "--mass", help="Body mass in kg, with --static."),
    as_json: bool = typer.Option(False, "--json", help="Print how far the model is from ours as JSON."),
) -> None:
    """Write a body with its band as an OpenSim model, open it again, and say how far its lengths are from ours."""
    from gerdy.body import load
    from gerdy.pipelines.export_model import export_model as run
    from gerdy.pipelines.export_model import runners_body
    from gerdy.pipelines.legs import BODY

    if sum(given is not None for given in (body, runner, static)) > 1:
        raise typer.BadParameter("Give one of --body, --runner and --static: a compiled body has its size already.")
    if mass is not None and static is None:
        raise typer.BadParameter("--mass belongs to --static; a compiled body has its mass already.")
    with progress() as bars:
        task = bars.add_task("Scaling the body", total=None)
        file = body if runner is None else runner / BODY
        chosen = load(file) if static is None else runners_body(static, mass)
        bars.update(task, description="Writing the model and comparing it with ours")
        found = run(chosen, out)
    if as_json:
        print_json(
            {"schema": "gerdy/exported-model/1", "model": out.name, "agreement": [row.to_json() for row in found]}
        )
        return
    typer.echo(f"{out}: opened by OpenSim; on {found[0].poses} poses of the bundled run, against gerdy:")
    for row in found:
        typer.echo(f"  {row.quantity}: largest {row.largest_mm:.3f} mm, rms {row.rms_mm:.3f} mm")
