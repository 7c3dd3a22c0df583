"""``gerdy compile``: an OpenSim model becomes a body that gerdy runs without OpenSim."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from gerdy.cli.output import print_json, progress
from gerdy.errors import BodyError, OutputBlocked

if TYPE_CHECKING:
    from collections.abc import Mapping


def compile_body(
    model: Path | None = typer.Argument(None, help="An OpenSim model of the Rajagopal family (.osim)."),
    out: Path | None = typer.Option(None, "--out", help="Where to write the compiled body (.npz)."),
    show: Path | None = typer.Option(None, "--show", help="Print the certificate of a compiled body instead."),
    knee: str = typer.Option(
        "free", "--knee", help="'free' adds knee adduction and tibial rotation; 'published' keeps the model's knee."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print the certificate as JSON."),
) -> None:
    """Compile an OpenSim model, or show how far a compiled body is from OpenSim."""
    from gerdy.body.model import load, save

    if show is not None:
        _print(load(show).certificate, as_json)
        return
    if model is None or out is None:
        raise typer.BadParameter("Give a model and --out FILE.npz, or --show FILE.npz.")
    if knee not in ("free", "published"):
        raise typer.BadParameter(f"'{knee}' is neither 'free' nor 'published'.", param_hint="--knee")
    if not out.parent.is_dir():
        raise OutputBlocked(f"{out.parent} is not a folder; make it first, or choose another --out.")
    from gerdy import __version__
    from gerdy.body.compiler.pipeline import compile_model

    with progress() as bars:
        bars.add_task(f"Compiling {model.name} and comparing it with OpenSim", total=None)
        body = compile_model(model, knee="free" if knee == "free" else "published", by=__version__)
    save(body, out)
    _print(body.certificate, as_json)


def _print(certificate: Mapping[str, Any], as_json: bool) -> None:
    if not certificate:
        raise BodyError("This body holds no certificate; compile its model again with gerdy compile.")
    if as_json:
        print_json({"schema": "gerdy/certificate/1", **certificate})
        return
    typer.echo(f"Compiled from {certificate['model_file']} (sha256 {certificate['model_sha256'][:16]}…)")
    typer.echo(f"by gerdy {certificate['gerdy']} with opensim {certificate['opensim']}; knee {certificate['knee']}")
    for note in certificate["notes"]:
        typer.echo(f"  note: {note}")
    typer.echo(f"{'largest':>10} {'rms':>10} unit  quantity")
    for row in certificate["checks"]:
        typer.echo(
            f"{row['largest']:10.3g} {row['rms']:10.3g} {row['unit']:<5} {row['quantity']}; over {row['over']}, "
            f"{row['poses']} poses; largest at {row['where']}"
        )
