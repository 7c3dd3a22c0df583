"""What all tests share: the shared data folder, no network, and the long tests' switch."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable

with suppress(ImportError):
    # OpenSim and ezc3d share the run time of their wrappers; OpenSim works only where it was loaded first.
    import opensim  # noqa: F401

# The same examples in every CI run, so that a red build means a change; other runs look for new ones.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

SHARED_DATA = Path(os.environ.get("GERDY_SHARED_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run the tests marked 'long'")
    parser.addoption("--golden", action="store_true", help="write the golden files anew; read the difference")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("long") and not config.getoption("--long"):
            item.add_marker(pytest.mark.skip(reason="long: run 'make test-long'"))
        if item.get_closest_marker("shared") and not SHARED_DATA.is_dir():
            item.add_marker(pytest.mark.skip(reason="the shared data folder is not beside this checkout"))
        if item.get_closest_marker("opensim") and not _has_opensim():
            item.add_marker(pytest.mark.skip(reason="the opensim extra is not installed"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Give the folder of real recordings; tests that ask for it are skipped where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the shared data folder is not beside this checkout")
    return SHARED_DATA


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give what ``gerdy analyze --out`` writes for the bundled runner; it takes seconds, so it is made once."""
    import gerdy
    from gerdy.pipelines.demo import demo_files
    from gerdy.report.write import write_folder

    demo = demo_files()
    found = gerdy.analyze(demo.motion, forces=demo.forces, static=demo.static, subject=demo.subject)
    folder = tmp_path_factory.mktemp("demo") / "run"
    write_folder(found, folder)
    return folder


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail every test that opens a network connection."""

    def refuse(self: socket.socket, address: object) -> None:
        raise AssertionError(f"gerdy works offline, but something connected to {address!r}")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def _has_opensim() -> bool:
    from importlib.util import find_spec

    return find_spec("opensim") is not None


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str


@pytest.fixture
def gerdy_says(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Run the command line in this process and give exit code, stdout and stderr."""
    from gerdy.cli.main import main

    def run(*arguments: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["gerdy", *map(str, arguments)])
        capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        heard = capsys.readouterr()
        return Said(code, heard.out, heard.err)

    return run
