"""The command line starts at once, because it loads an engine only when a verb needs it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {
    *("alembic", "cv2", "ezc3d", "matplotlib", "numba", "opensim"),
    *("ortools", "pandas", "pyarrow", "scipy", "sqlalchemy", "xarray"),
}
"""Libraries that take longer to load than a reader waits."""

HELP = """
import json, sys
from gerdy.cli.main import main
sys.argv = ["gerdy", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    code = end.code or 0
print(json.dumps([code, sorted({name.partition(".")[0] for name in sys.modules})]))
"""


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["evidence", "--help"]], ids=" ".join)
def test_asking_for_help_loads_no_heavy_library(words):
    result = subprocess.run([sys.executable, "-c", HELP, *words], capture_output=True, text=True, check=True)
    code, loaded = json.loads(result.stdout.splitlines()[-1])

    assert code == 0
    assert HEAVY & set(loaded) == set()
