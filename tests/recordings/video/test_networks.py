"""The networks come out of one wheel, are checked by hash, and are never fetched behind anybody's back."""

from __future__ import annotations

import zipfile

import pytest
from typer.testing import CliRunner

from gerdy.cli.main import app
from gerdy.errors import FileUnreadable, MissingExtra
from gerdy.recordings.video import networks


@pytest.fixture
def empty(tmp_path, monkeypatch):
    monkeypatch.setenv(networks.FOLDER, str(tmp_path / "networks"))
    return tmp_path


def wheel(folder, content):
    path = folder / "mediapipe-0.10.14-cp311-cp311-linux.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for item in networks.NETWORKS.values():
            archive.writestr(item.inside, content)
    return path


def test_without_set_up_the_error_names_the_command(empty):
    with pytest.raises(MissingExtra, match="gerdy setup-video"):
        networks.network("pose_detection.tflite")


def test_other_networks_than_the_tested_ones_are_refused_and_nothing_is_kept(empty):
    with pytest.raises(FileUnreadable, match=r"has the hash .*; expected 9ba9dd3d42ef"):
        networks.take_from_wheel(wheel(empty, b"something else"))
    assert not networks.is_set_up()


def test_a_file_that_is_no_wheel_is_refused(empty):
    (empty / "x.whl").write_bytes(b"no zip")

    with pytest.raises(FileUnreadable, match="does not hold the two pose networks"):
        networks.take_from_wheel(empty / "x.whl")


def test_a_network_that_was_changed_on_disk_is_refused(empty):
    networks.network_folder().mkdir()
    (networks.network_folder() / "pose_detection.tflite").write_bytes(b"changed")

    with pytest.raises(FileUnreadable, match="Delete it and run 'gerdy setup-video'"):
        networks.network("pose_detection.tflite")


def test_where_pip_has_no_network_the_wheel_is_asked_for(empty, monkeypatch):
    monkeypatch.setattr(networks, "_PIP", ("--no-index", "--no-deps"))

    with pytest.raises(FileUnreadable, match="gerdy setup-video --wheel FILE"):
        networks.download()


@pytest.mark.skipif(not networks.is_set_up(), reason="gerdy setup-video was not run")
def test_a_second_set_up_downloads_nothing(monkeypatch):
    monkeypatch.setattr(networks, "download", lambda: pytest.fail("downloaded again"))
    done = CliRunner().invoke(app, ["setup-video"])

    assert done.exit_code == 0
    assert "already in" in done.output
