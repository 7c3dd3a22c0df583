"""A film is decoded as a phone would show it: upright, with its own times, and as far as it goes."""

from __future__ import annotations

import numpy as np
import pytest

from gerdy.errors import FileUnreadable
from gerdy.recordings.video.film import open_film, pictures
from recordings.video.films import GREY_STEP, numbered, sound_only, turn, write_film


@pytest.fixture
def film(tmp_path):
    return write_film(tmp_path / "run.mp4", numbered(12))


def numbers(path, **how):
    return [round(float(np.median(p.rgb)) / GREY_STEP) for p in pictures(open_film(path), **how)]


def test_every_picture_is_given_once_and_in_order(film):
    assert numbers(film) == list(range(12))


def test_times_are_those_of_the_file_and_start_at_zero(film):
    assert [p.time_s for p in pictures(open_film(film))] == pytest.approx(np.arange(12) / 30, abs=1e-3)


def test_uneven_times_are_kept_as_a_phone_wrote_them(tmp_path):
    times = [0.0, 0.040, 0.060, 0.130, 0.150, 0.260]
    path = write_film(tmp_path / "uneven.mp4", numbered(6), times_s=times)

    assert [p.time_s for p in pictures(open_film(path))] == pytest.approx(times, abs=2e-3)


def test_slow_motion_is_given_back_in_real_time(film):
    slow = open_film(film, slow_motion=8)

    assert [p.time_s for p in pictures(slow)] == pytest.approx(np.arange(12) / 240, abs=1e-3)
    assert slow.rate_hz == pytest.approx(240, rel=2e-3)  # the stamps are whole milliseconds


@pytest.mark.parametrize(("degrees", "corner"), [(0, (0, 0)), (90, (0, -1)), (180, (-1, -1)), (270, (-1, 0))], ids=str)
def test_a_turned_film_comes_upright_as_a_player_shows_it(film, degrees, corner):
    """Turned clockwise by 90 degrees the top left corner is seen at the top right."""
    path = turn(film, degrees)
    looked_at = open_film(path)
    seen = next(iter(pictures(looked_at))).rgb

    assert looked_at.size == ((64, 48) if degrees % 180 == 0 else (48, 64))
    assert seen.shape[:2] == looked_at.size[::-1]
    bright = {(y, x): int(seen[y, x].mean()) for y in (0, -1) for x in (0, -1)}
    assert max(bright, key=bright.get) == corner


def test_a_large_film_is_made_smaller_and_says_by_how_much(tmp_path):
    path = write_film(tmp_path / "large.mp4", numbered(2, size=(480, 320)))
    seen = next(iter(pictures(open_film(path), longest=240)))

    assert seen.rgb.shape == (160, 240, 3)
    assert seen.scale == 2.0


def test_a_film_that_was_cut_off_gives_what_is_left(tmp_path):
    rng = np.random.default_rng(3)
    noisy = [rng.integers(0, 255, (96, 128, 3)).astype(np.uint8) for _ in range(40)]
    path = tmp_path / "cut.mkv"
    write_film(path, noisy)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])

    assert 0 < len(list(pictures(open_film(path)))) < 40


def test_a_phone_film_cut_off_before_its_index_is_refused_with_what_to_do(film):
    content = film.read_bytes()
    film.write_bytes(content[: len(content) // 2])

    with pytest.raises(FileUnreadable, match=r"run\.mp4 is no film that can be opened, or was cut off.*Copy it"):
        open_film(film)


def test_sound_without_pictures_is_refused(tmp_path):
    with pytest.raises(FileUnreadable, match="holds sound but no pictures"):
        open_film(sound_only(tmp_path / "talk.mp4"))


def test_one_still_picture_is_refused(tmp_path):
    with pytest.raises(FileUnreadable, match="one still picture"):
        open_film(write_film(tmp_path / "still.mp4", numbered(1)))


def test_a_missing_file_is_refused_by_its_path(tmp_path):
    with pytest.raises(FileUnreadable, match="does not exist"):
        open_film(tmp_path / "nowhere.mp4")


@pytest.mark.shared
def test_an_edit_list_is_honoured(shared_data):
    """832 pictures are stored, 807 are presented: the file's edit list starts later (its SOURCE.md)."""
    film = open_film(shared_data / "video-squat-with-mocap" / "video.mp4")

    assert sum(1 for _ in pictures(film)) == 807
