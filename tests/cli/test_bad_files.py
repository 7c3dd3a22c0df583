"""Files that cannot be used: exit code 1, one clear sentence, nothing written half."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gerdy.pipelines.demo import demo_files
from gerdy.recordings import read, write_trc


@pytest.fixture(scope="module")
def good():
    return read(demo_files().motion).data.markers


def assert_refused(gerdy_says, tmp_path, file, *words):
    out = tmp_path / "out"
    said = gerdy_says("analyze", file, "--depth", "strides", "--out", out)
    message = " ".join(said.err.split())

    assert said.code == 1, said.out
    assert said.out == ""
    assert "Traceback" not in said.err
    assert message.count("Error") <= 1
    assert [entry.name for entry in tmp_path.iterdir()] == [file.name] if file.exists() else True
    for word in words:
        assert word in message
    return message


def test_a_missing_file(gerdy_says, tmp_path):
    assert_refused(gerdy_says, tmp_path, tmp_path / "nowhere.c3d", "no such file")


@pytest.mark.parametrize("suffix", [".c3d", ".trc", ".mot", ".sto"])
def test_an_empty_file(gerdy_says, tmp_path, suffix):
    file = tmp_path / f"empty{suffix}"
    file.touch()
    assert_refused(gerdy_says, tmp_path, file, "empty")


@pytest.mark.parametrize("suffix", [".c3d", ".trc", ".mot"])
def test_noise_under_the_name_of_a_recording(gerdy_says, tmp_path, suffix):
    file = tmp_path / f"noise{suffix}"
    file.write_bytes(np.random.default_rng(5).bytes(4096))
    assert_refused(gerdy_says, tmp_path, file, file.name)


def test_a_file_of_another_kind(gerdy_says, tmp_path):
    file = tmp_path / "holiday.jpg"
    file.write_bytes(b"\xff\xd8\xff\xe0" + bytes(100))
    assert_refused(gerdy_says, tmp_path, file, "holiday.jpg")


def test_a_truncated_recording(gerdy_says, tmp_path):
    text = demo_files().motion.read_bytes()
    file = tmp_path / "cut.trc"
    file.write_bytes(text[: len(text) // 2 - 13])
    assert_refused(gerdy_says, tmp_path, file, "cut.trc")


def test_a_recording_in_which_nothing_was_seen(gerdy_says, tmp_path, good):
    write_trc(tmp_path / "blind.trc", replace(good, xyz_m=np.full_like(good.xyz_m, np.nan)))
    assert_refused(gerdy_says, tmp_path, tmp_path / "blind.trc")


def test_metres_written_as_millimetres(gerdy_says, tmp_path, good):
    write_trc(tmp_path / "giant.trc", replace(good, xyz_m=good.xyz_m * 1000))
    assert_refused(gerdy_says, tmp_path, tmp_path / "giant.trc", "m")


def test_an_upside_down_recording(gerdy_says, tmp_path, good):
    turned = good.xyz_m * np.array([1.0, -1.0, -1.0])
    write_trc(tmp_path / "bat.trc", replace(good, xyz_m=turned))
    assert_refused(gerdy_says, tmp_path, tmp_path / "bat.trc")


def test_a_single_marker(gerdy_says, tmp_path, good):
    write_trc(tmp_path / "one.trc", good.select(good.labels[:1]))
    assert_refused(gerdy_says, tmp_path, tmp_path / "one.trc", "none of the known marker sets fits")


def test_a_standing_trial_is_not_a_run(gerdy_says, tmp_path, good):
    write_trc(tmp_path / "still.trc", replace(good, xyz_m=np.repeat(good.xyz_m[:1], 300, axis=0)))
    assert_refused(gerdy_says, tmp_path, tmp_path / "still.trc", "--static")


def test_less_than_one_stride(gerdy_says, tmp_path, good):
    write_trc(tmp_path / "blink.trc", replace(good, xyz_m=good.xyz_m[:60]))
    assert_refused(gerdy_says, tmp_path, tmp_path / "blink.trc")
