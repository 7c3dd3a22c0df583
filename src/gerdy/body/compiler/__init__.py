"""From an OpenSim model to a compiled body; needs the `opensim` extra."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gerdy.errors import MissingExtra

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["opensim"]


def opensim() -> ModuleType:
    """Return the opensim library with its own logging quiet, or refuse."""
    try:
        import opensim as library  # noqa: PLC0415 - an optional extra
    except ImportError as missing:
        raise MissingExtra("opensim", "opensim", "Compiling a body") from missing
    library.Logger.setLevelString("error")
    library.Logger.removeFileSink()
    return library
