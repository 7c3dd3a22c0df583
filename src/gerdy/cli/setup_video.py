"""``gerdy setup-video``: take the two pose networks out of their wheel, once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gerdy.cli.output import print_json, progress


def setup_video(
    wheel: Annotated[
        Path | None, typer.Option(help="The wheel of mediapipe 0.10.14, where this machine has no network.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print where the networks are.")] = False,
) -> None:
    """Fetch the two pose networks that films need; only this verb ever lets pip download something."""
    from gerdy.recordings.video import networks

    ready = networks.is_set_up() and wheel is None
    if ready:
        for name in networks.NETWORKS:
            networks.network(name)
    else:
        with progress() as bars:
            bars.add_task("Taking the pose networks out of their wheel", total=None)
            networks.take_from_wheel(wheel) if wheel else networks.download()
    folder = networks.network_folder()
    if as_json:
        print_json({"schema": "gerdy/setup-video/1", "folder": str(folder), "networks": sorted(networks.NETWORKS)})
    else:
        typer.echo(
            f"The pose networks are {'already ' if ready else ''}in {folder}. Films are read offline from now on."
        )
