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


@pytest.mark.long
def test_nine_in_ten_intervals_hold_what_markers_say_of_all_shared_runners(shared_data):
    found = []
    for trial in (*SET_ON, *REPORTED_ON):
        # Films whose steps two methods do not see alike are refused, as they would be for anybody.
        with contextlib.suppress(FootageRefused):
            found.append(pairs(trial, ("side", "rear")))

    assert len(found) >= 5
    covered = [pair.covered for one in found for path in ELONGATION for pair in one[path]]
    assert np.mean(covered) >= 0.9
