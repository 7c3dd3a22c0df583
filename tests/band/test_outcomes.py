"""Outcomes of a side: intervals, forces that are missing, and what more steps do."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from gerdy import analyze
from gerdy.band.outcomes import CUMULATIVE, LegMotion, interval, side_band
from gerdy.band.priors import draw_bands
from gerdy.pipelines.demo import demo_files
from gerdy.quantities import SIDES


@pytest.fixture(scope="session")
def demo():
    """The bundled runner, analysed once."""
    run = demo_files()
    return analyze(run.motion, forces=run.forces, static=run.static, subject=run.subject)


@pytest.fixture(scope="session")
def leg(demo):
    from gerdy.body.dynamics import differentiate
    from gerdy.pipelines.band import leg_motion

    velocity = differentiate(demo.joints.time_s, demo.joints.poses.q).velocity
    return leg_motion(demo.joints, demo.moments, demo.motion, velocity, "right")


@pytest.fixture(scope="session")
def few(leg):
    return draw_bands(leg.body, 4)


def outcomes(found):
    """Every outcome of one side's JSON with its path."""

    def walk(branch, path):
        for key, value in branch.items():
            if isinstance(value, dict) and "median" not in value:
                yield from walk(value, f"{path}{key}.")
            elif isinstance(value, dict):
                yield f"{path}{key}", value

    return dict(walk(found, ""))


def test_every_outcome_has_its_interval_over_all_draws(demo):
    for side in SIDES:
        found = outcomes(demo.sides[side].band)

        assert len(found) > 80
        for value in found.values():
            assert set(value) == {"median", "p5", "p95", "draws"}
            assert value["p5"] <= value["median"] <= value["p95"]
            assert value["draws"] >= 32


def test_the_front_strand_is_longest_late_and_the_back_strand_in_the_middle_of_stance(demo):
    """Engine feasibility, section 3: front -3.8 to +2.8 % late in stance; back largest near 30 % of stance."""
    for side in SIDES:
        band = demo.sides[side].band

        assert band["anterior"]["path_elongation_contact_pct"]["median"] < 0
        assert band["anterior"]["path_elongation_peak_pct_stance"]["median"] > 50
        assert 20 < band["posterior"]["path_elongation_peak_pct_stance"]["median"] < 45


def test_the_band_makes_about_a_third_of_hip_abduction(demo):
    """30 % in single-leg stance (Kummer), 15-45 % allowed (V20); the source was not re-read."""
    for side in SIDES:
        assert 0.15 < demo.sides[side].band["share_of_hip_abduction_moment"]["median"] < 0.45


def test_without_forces_load_is_null_with_its_reason_and_geometry_stays(leg, few):
    found = side_band(replace(leg, moments=None), few)
    band, missing = found.to_json(), found.missing()

    assert band["contact_force_peak_n"] is None
    assert band["anterior"]["tension_peak_n"] is None
    assert "forces" in missing["band.contact_force_peak_n"]
    assert band["anterior"]["path_elongation_peak_pct"]["draws"] == 4
    assert band["zone"]["loading_ms"]["median"] >= 0


def test_more_steps_raise_what_adds_up_and_leave_each_stride_alone(leg, few):
    """Half the stride time doubles every sum per minute and per kilometre, by definition."""
    slow, fast = side_band(leg, few), side_band(replace(leg, stride_s=leg.stride_s / 2), few)
    for path in CUMULATIVE:
        flat = path.replace(".", "_")

        assert fast.outcomes[path] == pytest.approx(slow.outcomes[path])
        assert fast.outcomes[f"per_minute.{flat}"] == pytest.approx(2 * slow.outcomes[f"per_minute.{flat}"])
        assert fast.outcomes[f"per_km.{flat}"] == pytest.approx(2 * slow.outcomes[f"per_km.{flat}"])


def test_the_same_recording_gives_the_same_bytes(leg, few):
    once, again = side_band(leg, few), side_band(leg, few)

    assert all(np.array_equal(once.outcomes[path], again.outcomes[path], equal_nan=True) for path in once.outcomes)


def test_elongation_is_zero_in_the_pose_that_is_called_zero(leg, few):
    assert leg.standing is not None
    still = LegMotion(
        body=leg.body,
        side="right",
        time_s=np.linspace(0, 1, 101),
        q=np.repeat(leg.standing[None], 101, axis=0),
        velocity=np.zeros((101, len(leg.standing))),
        moments=None,
        contact_s=np.array([0.2]),
        toe_off_s=np.array([0.5]),
        standing=leg.standing,
        stride_s=0.7,
        speed_m_s=3.0,
    )
    found = side_band(still, few)

    assert found.outcomes["anterior.path_elongation_peak_pct"] == pytest.approx(0.0, abs=1e-9)
    assert found.outcomes["crest.path_elongation_peak_pct"] == pytest.approx(0.0, abs=1e-9)


def test_an_interval_of_nothing_is_null():
    assert interval(np.array([np.nan, np.nan])) is None
    assert interval(np.array([1.0, 2.0, 3.0])) == {
        "median": 2.0,
        "p5": pytest.approx(1.1),
        "p95": pytest.approx(2.9),
        "draws": 3,
    }


def test_the_moments_that_muscles_and_strands_make_are_the_net_moments(leg, few):
    """What is not made stands in the reserves, so the band can neither invent nor lose a moment."""
    from gerdy.band.tension import leg_band

    rows = slice(60, 90)
    found = leg_band(leg.body, leg.q[rows], leg.velocity[rows], leg.moments[rows], few[0], "right")
    none = leg_band(leg.body, leg.q[rows], leg.velocity[rows], None, few[0], "right")

    assert found.tension is not None
    assert none.tension is None
    assert np.array_equal(found.geometry.length, none.geometry.length)
    assert (found.tension.strand_n >= 0).all()
    assert (found.tension.contact_n >= 0).all()


def test_no_load_is_shown_without_its_interval(demo):
    from gerdy.report.band_pictures import band_pictures
    from gerdy.report.stride_picture import stride_picture

    drawn = [*band_pictures(demo), *(stride_picture(demo, side) for side in SIDES)]
    cells = [cell for picture in drawn for row in picture.rows for cell in row[1:]]

    assert len(cells) > 50
    assert all(re.fullmatch(r"-?\d+(\.\d)? \(-?\d+(\.\d)? to -?\d+(\.\d)?\)", cell) for cell in cells)


def test_no_text_of_the_report_calls_a_load_safe_or_names_an_origin_of_pain(demo):
    from gerdy.report.page import report_html

    code = r"<style.*?</style>|<script.*?</script>|<svg.*?</svg>|<[^>]+>"
    words = re.sub(code, " ", report_html(demo), flags=re.DOTALL).lower()
    allowed = words.replace("whether a load is too high: no study gives a limit", "")

    for word in ("safe", "unsafe", "danger", "overload", "too high", "too much", "causes?", "cure", "fix", "risk"):
        assert not re.search(rf"\b{word}\b", allowed)
