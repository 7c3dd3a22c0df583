"""Readers against the libraries that read the same files."""

from __future__ import annotations

import importlib
import importlib.util
import os
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from benchmarks.rows import Row
from gerdy.recordings import read

if TYPE_CHECKING:
    from collections.abc import Callable

SHARED = Path(os.environ.get("GERDY_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data"))
C3D = SHARED / "rbds-running" / "RBDS05" / "RBDS05runT35.c3d"
TRC = SHARED / "opensim-rajagopal-run" / "static_run.trc"
MOT = SHARED / "opensim-rajagopal-run" / "grf_run.mot"


def run() -> list[Row]:
    """Time one file of each kind here, and by the library that others use for it."""
    if not SHARED.is_dir():
        return []
    rows = [_row("reading a C3D with forces, 2.6 MB", C3D, "ezc3d with force plates", _ezc3d)]
    if importlib.util.find_spec("opensim"):
        rows.append(_row("reading a TRC, 0.8 MB", TRC, "OpenSim", _opensim("TimeSeriesTableVec3")))
        rows.append(_row("reading forces from a MOT, 0.4 MB", MOT, "OpenSim", _opensim("Storage")))
    return rows


def _row(what: str, file: Path, name: str, other: Callable[[Path], Any]) -> Row:
    ours, theirs = _best(lambda: read(file)), _best(lambda: other(file))
    return Row(what, 1e3 * ours, "ms", f"{name}: {1e3 * theirs:.0f} ms", goal="below 200 ms")


def _best(work: Callable[[], Any], times: int = 5) -> float:
    spent = []
    for _ in range(times):
        start = perf_counter()
        work()
        spent.append(perf_counter() - start)
    return min(spent)


def _ezc3d(file: Path) -> Any:
    return importlib.import_module("ezc3d").c3d(str(file), extract_forceplat_data=True)


def _opensim(name: str) -> Callable[[Path], Any]:
    opensim = importlib.import_module("opensim")
    opensim.Logger.setLevelString("Off")
    return lambda file: getattr(opensim, name)(str(file))
