"""How verbs print: JSON for machines on stdout, progress for people on stderr."""

from __future__ import annotations

import json
import math
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

if TYPE_CHECKING:
    from collections.abc import Iterator


def print_json(data: Any) -> None:
    """Print one JSON document; NaN becomes null because JSON has no NaN."""
    typer.echo(json.dumps(_without_nan(data), indent=2, ensure_ascii=False, allow_nan=False))


@contextmanager
def progress() -> Iterator[Progress]:
    """Show progress bars on stderr while the block runs; silent without a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        yield bars


def _without_nan(data: Any) -> Any:
    if isinstance(data, float):
        return data if math.isfinite(data) else None
    if isinstance(data, dict):
        return {key: _without_nan(item) for key, item in data.items()}
    if isinstance(data, list | tuple):
        return [_without_nan(item) for item in data]
    return data
