"""What `pip install .` brings is the whole of gerdy, data files too."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

import gerdy

PIN = re.compile(r"^[a-z0-9]\S*==\S+(?: ; [^\\]+?)? \\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", re.MULTILINE)
"""One library with its version, its marker and its hashes."""

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel without a network and open it."""
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        yield archive


def test_the_wheel_holds_every_file_of_the_package(wheel):
    package = ROOT / "src" / "gerdy"
    ours = {
        file.relative_to(ROOT / "src").as_posix()
        for file in package.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    packed = {name for name in wheel.namelist() if name.startswith("gerdy/")}

    assert packed == ours
    assert {"gerdy/py.typed", "gerdy/evidence/sources.bib", "gerdy/evidence/sets/house.toml"} <= packed


def test_the_wheel_brings_the_licence_and_the_notice_of_what_others_made(wheel):
    licences = [name for name in wheel.namelist() if "/licenses/" in name]

    assert {Path(name).name for name in licences} == {"LICENSE", "NOTICE"}
    notice = wheel.read(next(name for name in licences if name.endswith("NOTICE"))).decode()
    assert "Fukuchi RK, Fukuchi CA, Duarte M (2017)" in notice
    assert "CC BY 4.0" in notice


def test_the_wheel_offers_the_command_and_the_extras_that_the_readme_names(wheel):
    about = Parser().parsestr(wheel.read(next(n for n in wheel.namelist() if n.endswith("METADATA"))).decode())
    entry_points = wheel.read(next(n for n in wheel.namelist() if n.endswith("entry_points.txt"))).decode()

    assert "gerdy = gerdy.cli.main:main" in entry_points
    assert {"mocap", "opensim", "all"} <= set(about.get_all("Provides-Extra"))


def test_the_version_stands_the_same_everywhere():
    cited = re.search(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)

    assert gerdy.__version__ == PROJECT["version"] == cited[1]


@pytest.mark.parametrize("lock", sorted(file.name for file in ROOT.glob("requirements*.lock")))
def test_a_lock_pins_every_library_with_hashes_and_names_no_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = PIN.findall(text)

    assert len(pins) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE))
    assert "://" not in text
    assert "index" not in text


def test_all_locks_hold_the_same_versions():
    pinned: dict[str, set[str]] = {}
    for lock in ROOT.glob("requirements*.lock"):
        for name, version in re.findall(r"^([\w.-]+)==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE):
            pinned.setdefault(name, set()).add(version)

    assert {name: versions for name, versions in pinned.items() if len(versions) > 1} == {}


def test_every_library_that_gerdy_declares_is_locked():
    def name(requirement):
        return re.match(r"[\w-]+", requirement)[0].lower()

    locked = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE))

    assert {name(r) for r in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["mocap"]} <= locked
