"""Shared runners from virtual cameras: the band from films against the band from their own markers."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest

from gerdy.errors import FootageRefused
from motion.film.virtual import REPORTED_ON, SET_ON
from motion.film.virtual_band import COMPARED, pairs

pytestmark = pytest.mark.shared

ELONGATION = tuple(path for path in COMPARED if "elongation" in path)


def test_the_interval_from_side_and_rear_films_holds_what_markers_say_of_one_runner(shared_data):
    found = pairs("RBDS05runT35", ("side", "rear"), count=16)

    for path in ELONGATION:
        for pair in found[path]:
            assert pair.covered, path


@pytest.mark.parametrize(("views", "more"), [(("side",), "crest"), (("rear",), "zone")])
def test_one_film_alone_works_and_says_that_more_is_the_norms(views, more, shared_data):
    """The crest strand lengthens with hip adduction, hidden from the side; the zone is of the knee, from behind."""
    both, alone = pairs("RBDS05runT35", ("side", "rear"), count=16), pairs("RBDS05runT35", views, count=16)

    for path in (path for path in COMPARED if path.startswith(more)):
        if "rate" not in path:
            for together, single in zip(both[path], alone[path], strict=True):
                assert single.share_assumed > together.share_assumed, path


@pytest.fixture(scope="module")
def every(shared_data):
    """Pairs of every shared trial whose films are not refused, as they would be for anybody."""
    found = []
    for trial in (*SET_ON, *REPORTED_ON):
        with contextlib.suppress(FootageRefused):
            found.append(pairs(trial, ("side", "rear")))
    assert len(found) >= 5
    return found


def covered(every, ending):
    paths = [path for path in ELONGATION if path.endswith(ending)]
    return np.mean([pair.covered for one in every for path in paths for pair in one[path]])


@pytest.mark.long
def test_nine_in_ten_intervals_of_the_largest_elongation_hold_what_markers_say(every):
    assert covered(every, "_peak_pct") >= 0.9


@pytest.mark.long
@pytest.mark.xfail(
    reason="rates of the back and crest strand come out low, see docs/validation/video-band.md", strict=True
)
def test_nine_in_ten_intervals_of_the_rate_of_elongation_hold_what_markers_say(every):
    assert covered(every, "_peak_pct_s") >= 0.9
