"""What cannot be a recording is refused in one clear sentence: what was seen, what was expected, what to do."""

from __future__ import annotations

import io
import wave
import zipfile
from contextlib import suppress

import numpy as np
import pytest

from gerdy.errors import FileUnreadable, GerdyError, MarkerSetUnknown, RecordingImplausible
from gerdy.recordings import Markers, orient, read, recognise, shipped_marker_sets, write_trc
from recordings.builders import standing, write_c3d

ENDS = (".c3d", ".trc", ".mot", ".sto")


def sound() -> bytes:
    memory = io.BytesIO()
    with wave.open(memory, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(b"\x01\x02" * 4000)
    return memory.getvalue()


def archive() -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as file:
        file.writestr("a.txt", "hello" * 100)
    return memory.getvalue()


WRONG = {
    "nothing at all": (b"", "is empty"),
    "a letter": (b"Dear Anna,\nthe trial is attached.\n" * 50, "Dear Anna|is text"),
    "a sound": (sound(), "sound"),
    "an archive": (archive(), "zip archive"),
    "noise": (np.random.default_rng(1).bytes(5000), "binary data"),
    "zeros": (bytes(5000), "binary data"),
}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("name", WRONG)
def test_a_file_of_another_kind_is_refused(tmp_path, name, end):
    content, seen = WRONG[name]
    path = tmp_path / f"trial{end}"
    path.write_bytes(content)
    with pytest.raises(FileUnreadable, match=seen) as refusal:
        read(path)
    assert str(refusal.value).startswith("trial")
    assert "expected" in str(refusal.value)


@pytest.mark.parametrize("end", ENDS)
def test_a_missing_file_and_a_folder_are_refused(tmp_path, end):
    with pytest.raises(FileUnreadable, match="there is no such file"):
        read(tmp_path / f"none{end}")
    (tmp_path / f"folder{end}").mkdir()
    with pytest.raises(FileUnreadable, match=r"is a folder.*gerdy batch"):
        read(tmp_path / f"folder{end}")


def test_a_name_without_a_known_end_is_told_by_its_content(tmp_path):
    write_trc(tmp_path / "trial.trc", standing())
    (tmp_path / "trial.trc").rename(tmp_path / "trial.txt")
    assert read(tmp_path / "trial.txt").metadata["format"] == "trc"
    (tmp_path / "letter.doc").write_text("Dear Anna", encoding="utf-8")
    with pytest.raises(FileUnreadable, match=r"'.doc'; expected one of .c3d, .trc, .mot, .sto"):
        read(tmp_path / "letter.doc")


@pytest.fixture
def whole(tmp_path):
    markers = standing(20)
    analog = np.ones((40, 6))
    return write_c3d(tmp_path / "whole.c3d", markers.xyz_m * 1e3, list(markers.labels), analog=analog).read_bytes()


@pytest.mark.parametrize("share", [0.001, 0.01, 0.1, 0.2, 0.3, 0.5, 0.8, 0.95])
def test_a_c3d_that_was_cut_off_is_refused_wherever_it_ends(tmp_path, whole, share):
    path = tmp_path / "cut.c3d"
    path.write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(FileUnreadable, match=r"Export or copy|Check the file's name"):
        read(path)


def test_a_c3d_without_its_last_sample_is_refused(tmp_path, whole):
    points, analog = len(standing().labels), 12
    size = 20 * (4 * points + analog) * 4
    start = (int.from_bytes(whole[16:18], "little") - 1) * 512
    path = tmp_path / "cut.c3d"
    path.write_bytes(whole[: start + size])
    assert len(read(path).data.markers.xyz_m) == 20
    path.write_bytes(whole[: start + size - 1])
    with pytest.raises(FileUnreadable, match="ends early: its header promises 20 frames of 20 points"):
        read(path)


def test_analog_channels_without_their_offset_are_refused(tmp_path, whole):
    """ezc3d takes the process down when this parameter is absent."""
    path = tmp_path / "offset.c3d"
    path.write_bytes(whole.replace(b"OFFSET", b"QFFSET"))
    with pytest.raises(FileUnreadable, match="gives ANALOG:OFFSET for 0 of its 6 analog channels; expected one each"):
        read(path)


def test_a_parameter_that_calls_itself_a_group_breaks_the_chain(tmp_path, whole):
    """ezc3d takes the process down when the labels of the points are lost in this way."""
    content = bytearray(whole)
    content[whole.index(b"LABELS") - 1] = 0x9C
    path = tmp_path / "chain.c3d"
    path.write_bytes(content)
    with pytest.raises(FileUnreadable, match="damaged list of parameters"):
        read(path)


@pytest.mark.parametrize("seed", range(40))
def test_a_c3d_with_damaged_parameters_never_takes_the_process_down(tmp_path, whole, seed):
    rng = np.random.default_rng(seed)
    content = bytearray(whole)
    start = (int.from_bytes(whole[16:18], "little") - 1) * 512
    for at in rng.integers(2, start, 3):
        content[at] = rng.integers(256)
    path = tmp_path / "damaged.c3d"
    path.write_bytes(content)
    with suppress(GerdyError):
        assert read(path).data.markers is not None


@pytest.mark.parametrize("rows", [0, 1, 7, 19])
def test_a_trc_that_was_cut_off_is_refused(tmp_path, rows):
    path = tmp_path / "cut.trc"
    write_trc(path, standing(20))
    path.write_text("\n".join(path.read_text().split("\n")[: 6 + rows]), encoding="utf-8")
    with pytest.raises(FileUnreadable, match=f"promises 20 frames and {rows} are there"):
        read(path)


def test_a_trc_that_ends_within_its_header_is_refused(tmp_path):
    path = tmp_path / "cut.trc"
    write_trc(path, standing(20))
    path.write_text("\n".join(path.read_text().split("\n")[:3]), encoding="utf-8")
    with pytest.raises(FileUnreadable, match="ends within its header"):
        read(path)


def test_a_word_among_numbers_is_refused_by_name(tmp_path):
    path = tmp_path / "word.trc"
    write_trc(path, standing(20))
    path.write_text(path.read_text().replace("1002.0", "hello", 1), encoding="utf-8")
    with pytest.raises(FileUnreadable, match=r"holds no number.*hello"):
        read(path)


def test_a_file_of_nothing_but_gaps_is_refused(tmp_path):
    markers = standing(20)
    write_trc(tmp_path / "gaps.trc", Markers(markers.labels, np.full_like(markers.xyz_m, np.nan), 100))
    with pytest.raises(RecordingImplausible, match="names 20 markers and shows none of them in any of its 20 frames"):
        read(tmp_path / "gaps.trc")
    write_c3d(tmp_path / "gaps.c3d", np.zeros_like(markers.xyz_m), list(markers.labels))
    with pytest.raises(RecordingImplausible, match="shows none of them"):
        read(tmp_path / "gaps.c3d")


def test_a_file_with_one_marker_is_refused(tmp_path):
    write_trc(tmp_path / "one.trc", standing().select(["L.ASIS"]))
    markers = read(tmp_path / "one.trc").data.markers
    with pytest.raises(MarkerSetUnknown, match=r"one.trc has 1 points; none of the known marker sets fits"):
        recognise(markers.labels, file="one.trc")


@pytest.mark.parametrize(("factor", "is_", "says"), [(1e3, "millimetres", "metres"), (1e-3, "metres", "millimetres")])
def test_metres_for_millimetres_are_refused(tmp_path, factor, is_, says):
    markers = standing(20)
    write_trc(tmp_path / "unit.trc", Markers(markers.labels, markers.xyz_m * factor, 100))
    data = read(tmp_path / "unit.trc").data
    rbds = next(s for s in shipped_marker_sets() if s.name == "rbds")
    with pytest.raises(RecordingImplausible, match=f"Its numbers are {is_} and it calls them {says}"):
        orient(data, rbds, file="unit.trc")


@pytest.mark.shared
@pytest.mark.parametrize("size", [1, 511, 512, 600, 3000, 6655, 6656, 20_000, 500_000, 1_136_127])
def test_a_recorded_c3d_is_refused_wherever_it_was_cut(shared_data, tmp_path, size):
    content = (shared_data / "opensim-core-file-quirks/walking5.c3d").read_bytes()
    path = tmp_path / "cut.c3d"
    path.write_bytes(content[:size])
    with pytest.raises(FileUnreadable):
        read(path)
