"""Dependencies point one way, and the check would notice if one turned around."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"
ROOT = Path(__file__).resolve().parents[1]


def lint_imports(checkout: Path) -> subprocess.CompletedProcess:
    pytest.importorskip("importlinter")
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=checkout,
        env=os.environ | {"PYTHONPATH": str(checkout / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def checkout(tmp_path):
    """Give a copy of the package and its settings that a test may break."""
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_no_layer_imports_a_layer_above_it(checkout):
    result = lint_imports(checkout)

    assert result.returncode == 0, result.stdout + result.stderr


def test_a_stored_fact_that_imported_the_command_line_would_be_noticed(checkout):
    base = checkout / "src" / "gerdy" / "records" / "base.py"
    base.write_text(base.read_text(encoding="utf-8") + "\nimport gerdy.cli.main\n", encoding="utf-8")

    result = lint_imports(checkout)

    assert result.returncode == 1
    assert "gerdy.records is not allowed to import gerdy.cli" in result.stdout


def test_a_new_folder_without_a_place_among_the_layers_would_be_noticed(checkout):
    (checkout / "src" / "gerdy" / "astrology").mkdir()
    (checkout / "src" / "gerdy" / "astrology" / "__init__.py").touch()

    result = lint_imports(checkout)

    assert result.returncode == 1
    assert "astrology" in result.stdout
