"""From file to strides: files per second, and where the time goes."""

from __future__ import annotations

import os
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from benchmarks.rows import Row
from gerdy.motion.study import study
from gerdy.recordings import Recording, clean, default_settings, orient, read, recognise

if TYPE_CHECKING:
    from collections.abc import Callable

SHARED = Path(os.environ.get("GERDY_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data"))


def run() -> list[Row]:
    """Time every shared running trial through reading, axes, cleaning and strides."""
    files = sorted(SHARED.glob("rbds-*/*/*run*.c3d"))
    if not files:
        return []
    spent = dict.fromkeys(("read", "axes", "clean", "strides"), 0.0)
    _once(files[0], dict(spent))
    for file in files:
        _once(file, spent)
    total = sum(spent.values())
    rows = [Row("recordings analysed, 30 s each", len(files) / total, "files/s", f"{len(files)} shared C3D files")]
    return rows + [Row(f"  share of {name}", 100 * seconds / total, "%") for name, seconds in spent.items()]


def _once(file: Path, spent: dict[str, float]) -> None:
    def timed(name: str, work: Callable[[], Any]) -> Any:
        start = perf_counter()
        done = work()
        spent[name] += perf_counter() - start
        return done

    data = timed("read", lambda: read(file)).data
    marker_set = recognise(data.markers.labels)
    turned = timed("axes", lambda: orient(Recording(markers=data.markers, forces=data.forces), marker_set)[0])
    markers = timed("clean", lambda: clean(turned.markers, marker_set, default_settings())[0])
    timed("strides", lambda: study(markers, marker_set, turned.forces))
