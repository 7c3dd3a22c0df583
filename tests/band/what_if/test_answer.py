"""An answer is a change paired with its baseline, with interval, agreement, and what a kilometre makes of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gerdy.band.compare import paired_change
from gerdy.band.geometry import band_geometry
from gerdy.band.priors import central_draw, draw_bands
from gerdy.band.what_if import answer, answers, parse_changes
from gerdy.band.what_if.bands import changed_band, changed_strength
from gerdy.band.what_if.evaluate import changed_case, evaluate
from gerdy.band.what_if.search import candidates, ranked_by, search
from gerdy.band.what_if.words import SAME, direction, label_of

FIRM = {
    "hip adduction -4 deg": {"anterior.path_elongation_peak_pct": -1, "posterior.path_elongation_peak_pct": -1},
    "tibial rotation +5 deg": {"anterior.path_elongation_peak_pct": +1, "posterior.path_elongation_peak_pct": +1},
    "knee varus +2 deg": {"anterior.path_elongation_peak_pct": +1, "posterior.path_elongation_peak_pct": +1},
    "pelvic drop +4 deg": {"anterior.path_elongation_peak_pct": +1, "tension_peak_n": +1},
    "pelvic tilt +5 deg": {
        "anterior.path_elongation_contact_pct": -1, "posterior.path_elongation_peak_pct": +1, "tension_peak_n": +1,
        "moment_arms.tfl.internal_rotation_mid_stance_mm": +1,
    },
    "step width +4 cm": {"tension_peak_n": -1, "anterior.path_elongation_peak_pct": -1},
    "gluteus medius strength +20 %": {"tension_peak_n": -1},
    "gluteus medius strength -30 %": {"tension_peak_n": +1},
}  # fmt: skip
"""Signs of the feasibility study (evidence: sensitivities, what-ifs, strength), outcome → direction."""


@pytest.fixture(scope="module")
def draws(runner):
    return draw_bands(runner.body, 8)


@pytest.fixture(scope="module")
def signs(runner, draws):
    found = answers(runner, [parse_changes([text]) for text in FIRM], draws)
    return dict(zip(FIRM, found, strict=True))


@pytest.mark.parametrize("text", FIRM)
def test_the_bundled_runner_shows_the_signs_of_the_feasibility_study(signs, text):
    for path, sign in FIRM[text].items():
        change = signs[text].outcomes[path].per_stride
        assert np.sign(change.median) == sign, path
        assert change.sign_agreement >= 7 / 8, path


def test_the_baseline_is_the_band_of_the_analysis(demo_folder):
    """The analysis stored every draw; a what-if that changes nothing else starts from exactly these."""
    from gerdy.pipelines.legs import read_legs

    leg = read_legs(demo_folder)["left"]
    stored = np.load(demo_folder / "band_draws.npz")
    draw = draw_bands(leg.body)[5]
    found = evaluate(leg, [()], [changed_case(leg, ())], draw)[0]
    for path in ("tension_peak_n", "contact_impulse_n_s", "posterior.path_elongation_rate_peak_pct_s"):
        assert found[path] == pytest.approx(stored[f"left.{path}"][5], rel=1e-12)


def test_a_what_if_does_not_depend_on_those_asked_with_it(runner, draws):
    texts = ("step width +4 cm", "gluteus medius strength +20 %", "epicondyle prominence +2 mm")
    together = answers(runner, [parse_changes([text]) for text in texts], draws[:2])
    for text, one in zip(texts, together, strict=True):
        alone = answer(runner, parse_changes([text]), draws[:2])
        assert alone.to_json() == one.to_json()


def test_changes_that_apply_together_are_one_change(runner, draws):
    """Strength on a changed pose: what the two do one after the other, by hand."""
    both = parse_changes(["pelvic tilt +5 deg", "gluteus medius strength +20 %"])
    tilted = changed_case(runner, both)
    by_hand = replace(runner, at=tilted.at)
    strength = both[1:]
    direct = evaluate(runner, [both], [tilted], draws[0])[0]
    stepwise = evaluate(by_hand, [strength], [changed_case(by_hand, strength)], draws[0])[0]

    assert direct == pytest.approx(stepwise, nan_ok=True)


def test_a_kilometre_takes_more_of_the_shorter_steps(runner, draws):
    """By hand: strides a kilometre = 1000 / (speed x stride time); 10 % more steps are 10 % more strides."""
    found = answer(runner, parse_changes(["cadence +10 %"]), draws)
    impulse = found.outcomes["contact_impulse_n_s"]
    strides = 1000.0 / (runner.speed_m_s * runner.stride_s)

    assert impulse.per_km.a["median"] == pytest.approx(strides * impulse.per_stride.a["median"])
    assert impulse.per_km.b["median"] == pytest.approx(1.1 * strides * impulse.per_stride.b["median"])
    assert found.outcomes["tension_peak_n"].per_km is None


def test_strength_changes_no_geometry_and_stiffness_no_tension(runner, draws):
    strong, stiff = answers(
        runner, [parse_changes([t]) for t in ("gluteus medius strength +20 %", "band stiffness +20 %")], draws
    )

    assert strong.outcomes["anterior.path_elongation_peak_pct"].per_stride.median == 0.0
    assert strong.side_effects["knee_extension_moment_peak_nm_kg"].change == 0.0
    assert stiff.outcomes["tension_peak_n"].per_stride.median == 0.0
    strain = stiff.outcomes["tissue_strain_peak_pct"].per_stride
    assert strain.b["median"] == pytest.approx(strain.a["median"] / 1.2)


def test_a_knee_that_extends_with_less_moment_is_a_side_effect(runner, draws):
    found = answer(runner, parse_changes(["speed -0.5 m/s"]), draws)

    assert found.side_effects["knee_extension_moment_peak_nm_kg"].change < 0.0
    assert found.label == "measured in runners"


def test_no_compartment_gives_the_band_more_than_all_of_itself(body):
    draw = central_draw(body)
    found = changed_band(draw, parse_changes(["gluteus maximus share +60 %"]))

    assert found.share == pytest.approx(np.minimum(1.0, 1.6 * draw.share))
    assert changed_band(draw, ()) is draw


def test_a_prominent_epicondyle_lies_further_out_on_both_sides(body):
    draw = central_draw(body)
    found = changed_band(draw, parse_changes(["epicondyle prominence +2 mm"]))
    for side, out in (("left", -1.0), ("right", 1.0)):
        assert found.designs[side].apex - draw.designs[side].apex == pytest.approx([0.0, 0.0, 0.002 * out])


def test_a_bulge_half_way_down_lengthens_a_straight_strand_by_pythagoras(body):
    """By hand: 2 sqrt((l / 2)² + b²) - l for a straight upper part of length l, pushed out at right angles by b."""
    draw = central_draw(body)
    bulged = changed_band(draw, parse_changes(["vastus lateralis bulge +8 mm"]))
    q = np.zeros((1, len(body.coordinates)))
    q[0, body.coordinate_index("knee_angle_r")] = np.radians(30.0)
    before, after = (band_geometry(body, q, one.designs["right"], "right") for one in (draw, bulged))
    design = draw.designs["right"]
    length = np.linalg.norm((design.guide[1] - design.apex)[:2])
    by_hand = 2.0 * np.hypot(length / 2.0, 0.008) - length

    assert (after.length - before.length)[0, 1:4] == pytest.approx(by_hand, abs=1e-4)
    assert after.pressure[0, 1] < before.pressure[0, 1]
    assert np.array_equal(before.moment_arm, after.moment_arm)


def test_groups_that_share_a_muscle_multiply():
    changes = parse_changes(["hip abductors strength +10 %", "gluteus medius strength -20 %"])
    found = changed_strength(changes, "left")

    assert found["glmed1_l"] == pytest.approx(1.1 * 0.8)
    assert found["tfl_l"] == pytest.approx(1.1)


@given(st.lists(st.floats(-5, 5), min_size=4, max_size=20), st.floats(1, 100))
def test_a_direction_is_said_only_where_the_interval_leaves_zero_out(changes, before):
    base = np.full(len(changes), before)
    change = paired_change("tension_peak_n", base, base + np.array(changes))
    said = direction(change, "N")

    untouched = change.p5 == change.p95 == 0.0
    assert (said == "does not change") == untouched
    assert (SAME in said) == (change.p5 <= 0.0 <= change.p95 and not untouched)
    assert ("higher" in said) == (change.p5 > 0.0)
    assert ("lower" in said) == (change.p95 < 0.0)


def test_an_answer_is_known_as_well_as_the_least_known_of_its_changes():
    assert label_of(parse_changes(["cadence +5 %"])) == "measured in runners"
    assert label_of(parse_changes(["cadence +5 %", "hip adduction -4 deg"])) == "geometry"
    assert label_of(parse_changes(["hip adduction -4 deg", "dorsiflexion +5 deg"])) == "hypothesis"


def test_no_sentence_says_what_the_load_does_to_the_knee(signs):
    for one in signs.values():
        words = " ".join(one.sentences).lower()
        assert not any(word in words for word in ("cause", "cure", "fix", "safe", "harm", "should"))


def test_a_search_ranks_every_change_that_can_be_tried_by_what_a_kilometre_gains(runner, draws):
    ranked, refused = search(runner.some(1), draws[:2])
    medians = [ranked_by(one)[1].median for one in ranked]

    assert medians == sorted(medians)
    assert len(ranked) + len(refused) == len(candidates())
    assert all(one.side_effects for one in ranked)
    assert ranked_by(ranked[0])[0] == "contact_impulse_n_s"


def test_without_forces_geometry_is_answered_and_loads_are_missing(runner, draws):
    bare = replace(runner, ground=None, at=runner.at._replace(moments=None))
    found = answer(bare, parse_changes(["hip adduction -4 deg"]), draws[:2])

    assert found.outcomes["anterior.path_elongation_peak_pct"].per_stride.median < 0.0
    assert found.missing["tension_peak_n"].startswith("not recorded")
    assert found.residual is None
    assert found.side_effects == {}
    ranked, _ = search(bare.some(1), draws[:2])
    assert ranked_by(ranked[0])[0] == "anterior.path_elongation_rate_peak_pct_s"
