"""The claims of the two articles: quoted as they stand, computed against outside values, judged by what was found."""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from gerdy.band.circle import Circle, loop_gain
from gerdy.band.priors import draw_bands
from gerdy.band.validation.material import Material
from gerdy.body import load
from gerdy.chain.articles import VERDICTS, answers, claims, find
from gerdy.chain.articles.answers import found_toml, questions
from gerdy.chain.articles.ask import OF_RUNNERS, OF_THE_MODEL, of_the_model
from gerdy.chain.articles.claims import holds
from gerdy.chain.articles.levers import inward_arms, strand_arms, tilt_on_middle_medius, tilt_on_strand
from gerdy.chain.articles.running import Leg, between_runners, by_runner, force_peak, shin_per_heel
from gerdy.chain.articles.stretches import STRETCHES, stretched
from gerdy.errors import CatalogueInvalid, UnknownClaim
from gerdy.evidence import registry

if TYPE_CHECKING:
    from pathlib import Path

mm, percent = 1.0, 1.0


@pytest.fixture(scope="module")
def material():
    body = load()
    return Material(body, draw_bands(body, 16))


def test_the_front_hip_muscle_has_the_arms_that_opensim_gives_the_published_model(material):
    # OpenSim 4.6 on RajagopalLaiUhlrich2023, internal-rotation arm of TFL at hip flexion 0, 20, 40 and 60 degrees.
    arms = inward_arms(material, ["tfl"], [0.0, 20.0, 40.0, 60.0])[:, 0]

    assert arms == pytest.approx([3.4, 13.4, 23.0, 32.0], abs=0.1 * mm)


def test_the_three_parts_of_gluteus_medius_have_the_arms_of_the_published_model(material):
    # The same model at 0 and 30 degrees of hip flexion: front 7.6 and 31, middle -9.9 and 15.1, back -22.4 and 0.6.
    arms = inward_arms(material, ["glmed1", "glmed2", "glmed3"], [0.0, 30.0])

    assert arms[0] == pytest.approx([7.6, -9.9, -22.4], abs=0.5 * mm)
    assert arms[1] == pytest.approx([31.0, 15.1, 0.6], abs=0.5 * mm)


def test_vastus_lateralis_cannot_turn_the_thigh(material):
    # Anatomy: it does not cross the hip.
    assert (inward_arms(material, ["vaslat"], [0.0, 30.0, 60.0, 90.0]) == 0.0).all()


def test_ten_degrees_of_tilt_add_about_five_millimetres_and_more_to_gluteus_medius(material):
    # Feasibility study, four models: about 5 mm for 10 degrees; middle gluteus medius 7 to 8 mm.
    assert float(np.median(tilt_on_strand(material))) == pytest.approx(5.0, abs=1.0 * mm)
    assert 7.0 * mm < float(tilt_on_middle_medius(material)[0]) < 9.0 * mm


def test_the_strand_is_led_like_the_published_path(material):
    # The strand is guided where the path's second point lies, so its arms stay near the path's own.
    strand = np.median(strand_arms(material, [0.0, 20.0, 40.0]), axis=0)

    assert strand == pytest.approx(inward_arms(material, ["tfl"], [0.0, 20.0, 40.0])[:, 0], abs=3.0 * mm)


@pytest.mark.parametrize("pose", STRETCHES)
def test_a_stretch_lengthens_the_muscle_and_the_band_by_about_two_millimetres(material, pose):
    # Falvey 2010 as reported by others: about 2 mm, less than 0.5 %.
    found = stretched(material, pose)

    assert float(np.median(found.band_mm)) == pytest.approx(2.0, abs=1.0 * mm)
    assert float(np.median(found.band_pct)) < 0.5 * percent
    assert (found.band_mm < 0.25 * found.path_mm).all()


def test_band_and_resting_muscle_pull_equally_in_a_stretch(material):
    """Half the band's stiffness belongs to each strand: pull = stiffness / 2 · strain, by hand."""
    found = stretched(material, "standing_stretch")
    neutral = np.array([material.geometry(material.pose(), draw).length[0, 0] for draw in material.draws])
    strain = np.array([0.5 * draw.stiffness_n for draw in material.draws])

    # The band may already be pulled a little in standing; the pull is that of the whole stretch, not of the part added.
    assert (found.pull_n >= strain * found.band_mm / 1000 / neutral - 1e-6).all()
    assert found.pull_n == pytest.approx(strain * found.band_mm / 1000 / neutral, abs=6.0)


def test_a_band_that_cannot_give_leaves_the_whole_stretch_to_the_muscle(material):
    rigid = replace(material, draws=tuple(replace(draw, stiffness_n=1e12) for draw in material.draws[:2]))

    assert stretched(rigid, "standing_stretch").band_mm == pytest.approx([0.0, 0.0], abs=1e-6)


def leg(runner="a", side="right", **changes):
    """A leg given by hand; what a test does not name is nothing."""
    nothing = Circle({}, np.zeros(1), np.zeros(1))
    plain = Leg(runner, side, 3.5, 60.0, {}, {}, np.ones((1, 101)), np.zeros(1), 0.0, np.zeros(1), nothing)
    return replace(plain, **changes)


def test_a_force_that_rises_and_falls_like_half_a_sine_peaks_at_mid_stance():
    sine = np.sin(np.linspace(0.0, np.pi, 101))[None]

    assert force_peak(leg(force_n=sine)) == 50.0


def test_a_runner_counts_once_with_the_mean_of_both_legs():
    legs = [leg("a", "left"), leg("a", "right"), leg("b"), leg("c", speed_m_s=2.5)]
    read = {("a", "left"): 1.0, ("a", "right"): 3.0, ("b", "right"): 7.0}

    assert by_runner(legs, lambda one: read[one.runner, one.side]).tolist() == [2.0, 7.0]


def test_the_shin_turns_in_by_the_slope_of_a_straight_line():
    heel = np.radians(np.linspace(0.0, 10.0, 50))[None]
    angles = {"subtalar_eversion": heel, "tibial_internal_rotation": 0.6 * heel + 0.1}

    assert shin_per_heel(leg(angles=angles)) == pytest.approx(0.6)


def test_a_correlation_comes_with_fishers_interval():
    # Anscombe 1973, first set: r = 0.816, n = 11. By hand: artanh(0.81642) = 0.5 ln(1.81642 / 0.18358) = 1.14599;
    # 1.64485 / sqrt(8) = 0.58155; tanh(0.56444) = 0.5113, tanh(1.72754) = 0.9388.
    x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
    y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]
    legs = [leg(str(i), foot_m=np.array([a, b], dtype=float)) for i, (a, b) in enumerate(zip(x, y, strict=True))]
    found = between_runners(legs, lambda one: one.foot_m[0], lambda one: one.foot_m[1])

    assert found == pytest.approx([0.8164, 0.5113, 0.9388], abs=0.0001)


def test_the_gain_of_the_circle_is_the_product_of_its_links():
    # By hand: 0.5 mm/deg · 20 N/mm · 0.05 m · 1 · 0.5 deg/(N·m) = 0.25.
    assert float(loop_gain(*map(np.array, (0.5, 20.0, 50.0, 1.0, 0.5)))) == pytest.approx(0.25)
    assert float(loop_gain(*map(np.array, (0.5, 20.0, 50.0, 0.0, 0.5)))) == 0.0


def test_a_circle_says_in_how_many_draws_it_would_run_away():
    circle = Circle({}, np.array([0.2, 0.9, 1.0, 1.4]), np.zeros(4))

    assert circle.share_running_away == 0.5
    assert circle.to_json()["label"] == "hypothesis"


def test_every_quotation_is_one_sentence_of_the_article(shared_data: Path):
    folder = shared_data.parent / "articles"
    if not folder.is_dir():
        pytest.skip("the articles are not beside the shared data")
    text = {file.name[0]: plain(file.read_text(encoding="utf-8")) for file in folder.glob("*.txt")}
    for claim in claims().values():
        if claim.quote:
            assert plain(claim.quote) in text[claim.article], claim.key
            assert len(re.findall(r"[.!?](?:\s|$)", claim.quote)) == 1, f"{claim.key} quotes more than one sentence"


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("“", '"').replace("”", '"'))


def test_every_verdict_follows_from_the_answers_that_it_names():
    for claim in claims().values():
        for comparison in claim.shows:
            assert holds(comparison), f"{claim.key}: {comparison}"


def test_a_verdict_for_or_against_a_claim_rests_on_an_answer_or_on_a_source():
    for claim in claims().values():
        if claim.verdict in {"supported", "contradicted"}:
            assert claim.shows, claim.key
        if claim.verdict == "contradicted":
            assert claim.against, claim.key
        assert claim.verdict in VERDICTS
        assert claim.grade in "ABCE"


def test_every_source_of_a_claim_is_in_the_registry():
    known = registry().entries

    assert {key for claim in claims().values() for key in (*claim.literature, *claim.against)} - set(known) == set()


def test_every_question_has_a_function_and_an_answer_and_stands_in_a_claim():
    printed = {key for claim in claims().values() for key in claim.asked()}

    assert set(questions()) == {*OF_THE_MODEL, *OF_RUNNERS, "dorsiflexion_and_heel"}
    assert set(answers()) == set(questions())
    assert printed == set(questions())


def test_the_stored_answers_of_the_model_are_those_of_this_model():
    """Freshness of a generated file, not a test of the model: 64 draws as the builder takes them."""
    body = load()
    for key, one in of_the_model(Material(body, draw_bands(body))).items():
        assert answers()[key].middle == pytest.approx(one.answer.middle, rel=1e-4, abs=1e-9), key


def test_answers_are_written_so_that_they_read_back(material):
    import tomllib

    written = tomllib.loads(found_toml(dict(answers())))

    assert {key: row["n"] for key, row in written.items()} == {key: one.n for key, one in answers().items()}


def test_nothing_says_what_made_a_knee_hurt_or_what_would_make_it_well():
    ours = " ".join(f"{claim.title} {claim.ours} {claim.reading}" for claim in claims().values()).lower()

    forbidden = r"\b(?:cause[sd]?|cure[sd]?|fix(?:es|ed)?|heals?|diagnos\w+|treat(?:s|ment)?|risk)\b"

    assert re.findall(forbidden, ours) == []


def test_a_comparison_with_an_unknown_name_is_refused_with_the_nearest():
    with pytest.raises(CatalogueInvalid, match="nearest: vastus_arm"):
        holds("vastus_arms == 0")
    with pytest.raises(CatalogueInvalid, match="compares with '!='"):
        holds("vastus_arm != 0")


def test_a_word_finds_its_claims_and_an_unknown_one_the_nearest():
    assert "valgus" in {claim.key for claim in find("valgus")}
    assert len(find("")) == len(claims())
    with pytest.raises(UnknownClaim, match="Nearest: valgus"):
        find("valguss")


def test_claims_are_printed_with_both_texts_the_answer_the_sources_and_the_verdict(gerdy_says):
    said = gerdy_says("evidence", "--claims", "vastus")

    assert said.code == 0
    assert "contradicted  [article B, grade C]" in said.out
    assert "they say: “Also, when in more of an anterior orientation" in said.out
    assert "gerdy: Its hip-rotation arm is 0 mm" in said.out
    assert "against: " in said.out


def test_claims_as_json_hold_the_numbers_behind_each_answer(gerdy_says):
    document = json.loads(gerdy_says("evidence", "--claims", "valgus", "--json").out)
    claim = next(one for one in document["claims"] if one["key"] == "valgus")
    press = next(one for one in claim["answers"] if one["key"] == "valgus_press")

    assert document["schema"] == "gerdy/claims/1"
    assert press["low"] <= press["middle"] <= press["high"]
    assert math.isclose(press["n"], 64)


def test_a_word_that_no_claim_holds_is_one_sentence_and_exit_code_1(gerdy_says):
    said = gerdy_says("evidence", "--claims", "quadrizeps-x")

    assert (said.code, said.out) == (1, "")
    assert "UnknownClaim: No claim of the articles holds 'quadrizeps-x'." in said.err


@pytest.mark.shared
def test_the_force_plate_itself_says_that_the_vertical_force_peaks_before_the_middle(shared_data):
    """The raw plate, read by ezc3d with no code of ours: largest force of each contact over 50 N, % of that contact."""
    ezc3d = pytest.importorskip("ezc3d")
    file = shared_data / "rbds-running" / "RBDS05" / "RBDS05runT35.c3d"
    vertical = ezc3d.c3d(str(file), extract_forceplat_data=True)["data"]["platform"][0]["force"][1]
    on = np.flatnonzero(np.diff(np.concatenate([[0], (vertical > 50.0).astype(int), [0]])))
    stances = [vertical[a:b] for a, b in on.reshape(-1, 2) if 30 < b - a < 120]
    middle = float(np.median([100 * part.argmax() / (part.size - 1) for part in stances]))

    assert len(stances) > 60
    answer = answers()["force_peak_time"]
    assert answer.low - 3 < middle < answer.high + 3
    assert 33 < middle < 50
