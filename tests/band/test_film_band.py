"""The band from films: the norm's runner has the norm's band, and what is assumed is told from what is seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gerdy.band.evaluate import AtStances, outcomes_at, zero_length
from gerdy.band.film_band import NO_FORCES, NO_SPEED, film_band
from gerdy.band.hybrids import rows_of
from gerdy.band.priors import draw_bands
from gerdy.motion.film.mean_stride import BelievedStances, believed_stances
from gerdy.motion.norms import load_norms
from gerdy.motion.stance_curves import COORDINATES, mean_stance

NORM = load_norms()[0].curves
STRIDE_S, AS_TALL = 0.7, np.ones(4)


@pytest.fixture(scope="module")
def few(body):
    return draw_bands(body, 4)


def test_a_runner_whose_coordinates_are_the_norms_gets_the_norms_outcomes(body, few):
    """Elongation of the norm's mean stance, straight from the kernels at the norm file's own points."""
    still = believed_stances([], NORM, 4)
    still = replace(still, draws=(still.mean,) * 4, frozen=(still.mean,) * 4)
    mean = mean_stance(NORM)
    when = np.linspace(0.0, mean.duration_s, len(mean.q))[None]
    cut = AtStances(
        when, rows_of(body, "right", mean.q[None]), rows_of(body, "right", mean.slope[None]) / mean.duration_s, None
    )

    found = film_band(body, "right", still, few, STRIDE_S, AS_TALL)

    for i, draw in enumerate(few):
        bare = replace(draw, offset_rad=np.zeros(6))
        theirs, _ = outcomes_at(body, "right", cut, bare, zero_length(body, "right", None, bare))
        for path, within in {
            "anterior.path_elongation_peak_pct": 0.02,
            "posterior.path_elongation_peak_pct": 0.02,
            "anterior.path_elongation_contact_pct": 0.01,
            "travel_over_epicondyle_mm": 0.1,
        }.items():
            assert found.band.outcomes[path][i] == pytest.approx(theirs[path][0], abs=within), path


def test_where_all_is_assumed_the_whole_variance_is_the_norms(body, few):
    found = film_band(body, "right", believed_stances([], NORM, 4), few, STRIDE_S, AS_TALL)

    shares = [share for share in found.share_assumed.values() if np.isfinite(share)]
    assert len(shares) > 30
    assert shares == pytest.approx([1.0] * len(shares))
    assert found.assumed == COORDINATES
    assert "anterior.path_elongation_peak_pct" in found.mostly_norm


def test_where_nothing_is_assumed_no_variance_is_the_norms(body, few):
    drawn = believed_stances([], NORM, 4)
    known = BelievedStances(drawn.mean, drawn.draws, drawn.draws, (), ())

    found = film_band(body, "left", known, few, STRIDE_S, AS_TALL)

    shares = [share for share in found.share_assumed.values() if np.isfinite(share)]
    assert shares == pytest.approx([0.0] * len(shares))
    assert found.mostly_norm == ()


def test_load_is_missing_with_its_reason_and_geometry_is_there(body, few):
    found = film_band(body, "right", believed_stances([], NORM, 4), few, STRIDE_S, AS_TALL)
    shown, missing = found.to_json(), found.missing()

    assert shown["anterior"]["path_elongation_peak_pct"]["draws"] == 4
    for path in ("contact_impulse_n_s", "contact_force_peak_pct_stance", "contact_impulse_zone_n_s"):
        assert shown[path] is None
        assert missing[f"band.{path}"] == NO_FORCES
        assert path not in shown["share_assumed"]
    assert missing["band.per_km"] == NO_SPEED


def test_minutes_follow_from_strides(body, few):
    found = film_band(body, "right", believed_stances([], NORM, 4), few, STRIDE_S, AS_TALL).band.outcomes

    # A stride of 0.7 s is 85.714 strides of this leg a minute.
    assert found["per_minute.zone_loading_ms"] == pytest.approx(85.714 * found["zone.loading_ms"], rel=1e-4)


def test_a_leg_a_tenth_longer_makes_millimetres_a_tenth_longer_and_leaves_shares_of_length(body, few):
    stances = believed_stances([], NORM, 4)
    plain, longer = (film_band(body, "right", stances, few, STRIDE_S, k * AS_TALL).band.outcomes for k in (1.0, 1.1))

    assert longer["travel_over_epicondyle_mm"] == pytest.approx(1.1 * plain["travel_over_epicondyle_mm"])
    assert longer["anterior.path_elongation_peak_pct"] == pytest.approx(plain["anterior.path_elongation_peak_pct"])
