"""Speed, measured: every module beside this one has a ``run() -> list[Row]``.

``python -m benchmarks [NAME …]`` prints one table and writes the ratios into ``results.json``.
"""

from __future__ import annotations

import importlib
import json
import os
import platform
import sys
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.rows import Row


FOLDER = Path(__file__).parent
LIBRARIES = ("numpy", "scipy", "numba", "opensim", "ezc3d")


def main(names: list[str]) -> None:
    """Run the named modules, or all."""
    found = sorted(f.stem for f in FOLDER.glob("*.py") if f.stem not in {"__init__", "__main__", "rows"})
    rows: list[Row] = []
    for name in names or found:
        rows += importlib.import_module(f"benchmarks.{name}").run()
    for row in rows:
        print(row.line())
    if not names:
        FOLDER.joinpath("results.json").write_text(_report(rows), encoding="utf-8")


def _report(rows: list[Row]) -> str:
    about = {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "libraries": {name: _version(name) for name in LIBRARIES},
    }
    return json.dumps({"about": about, "rows": [asdict(row) for row in rows]}, indent=2, ensure_ascii=False) + "\n"


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


if __name__ == "__main__":
    main(sys.argv[1:])
