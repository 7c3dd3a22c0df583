"""The chain: what carries load, what slackens, what is unknown, and which test would tell most."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from assess.cases import NAMES, NOW, case, case_records, judge, judged, merge, sheet
from gerdy.assess.catalogue import rules
from gerdy.assess.catalogue import tests as cards
from gerdy.chain.explain import explain_decisions, explain_thing, lines_of
from gerdy.chain.fill import fill
from gerdy.chain.graph import graph
from gerdy.chain.learn import most_telling, next_test
from gerdy.chain.picture import picture_bytes, save_picture
from gerdy.chain.walk import loading_ways, loops, slackening_ways
from gerdy.chain.why import why_json, why_text
from gerdy.errors import AssessmentError, OutputBlocked
from gerdy.records import Side

TIRED = merge(
    sheet(), {"tests": {"hip_abductor_endurance": {"left": 130, "right": 80}, "side_plank": {"left": 75, "right": 40}}}
)


def edge(key):
    return next(item for item in graph().edges if item.key == key)


def test_a_neutral_runner_has_no_way_that_carries_load():
    """Nothing stands out, so nothing is walked; links without a test are unknown."""
    chain = fill(judged(sheet()), "right")

    assert loading_ways(chain) == ()
    assert chain.links["hip_adduction"].state == "unknown"
    assert chain.links["capacity"].state == "not measurable"
    assert chain.links["tired_hip"].state == "nothing stands out"


def test_a_tired_hip_is_walked_to_the_pain_on_its_own_side_only():
    """From the hip over capacity or hip adduction to the pain, on the right; nothing on the left."""
    answer = judged(TIRED)
    right, left = loading_ways(fill(answer, "right")), loading_ways(fill(answer, "left"))

    assert [way.start.node.key for way in right] == ["tired_hip"]
    assert right[0].edges[-1].end == "pain"
    assert all(one.end == two.start for one, two in zip(right[0].edges, right[0].edges[1:], strict=False))
    assert left == ()


def test_more_severe_findings_walk_with_more_strength():
    """The strength of a way is its severity times the weights of its mechanisms."""
    mild = judged(merge(sheet(), {"tests": {"side_plank": {"left": 75, "right": 62}}}))
    strong = loading_ways(fill(judged(TIRED), "right"))[0].strength

    assert strong == pytest.approx(2 * loading_ways(fill(mild, "right"))[0].strength)


def test_a_weight_is_grade_times_directness_and_half_where_contradicted():
    """By hand: C 0.5 × direct 1.0 = 0.5; C × direct, contradicted = 0.25; A 1.0 × runner 0.8 = 0.8."""
    assert edge("shin_turn → press").weight == pytest.approx(0.5)
    assert edge("weak_hip → pelvic_drop").weight == pytest.approx(0.25)
    assert edge("more_running → overload").weight == pytest.approx(0.8)


def test_a_knee_that_goes_in_slackens_and_one_that_goes_out_tightens():
    """Rajagopal geometry and Noehren 2014: valgus −, varus +; vastus lateralis has no effect at the hip."""
    assert edge("knee_in → press").sign == "-"
    assert edge("knee_out → press").sign == "+"
    assert edge("vastus → thigh_turn").sign == "0"


def test_a_closed_knee_window_is_never_walked_as_load():
    """The closed window alone gives a way that slackens, and no way that loads."""
    table = merge(sheet(), {"tests": {"running_knee_window": {"left": "open", "right": "closed", "markers": "tape"}}})
    chain = fill(judged(table), "right")

    assert loading_ways(chain) == ()
    assert [way.start.node.key for way in slackening_ways(chain)] == ["knee_in"]
    assert "does not load the band" in why_text(judged(table))


def test_the_tilt_loop_and_the_shield_loop_are_in_the_chain():
    """Front hip muscle, tilt, leverage and back; and pain that quiets the hip."""
    found = [{item.start for item in loop} for loop in loops(graph())]

    assert {"tfl_work", "tilt", "tfl_arm"} in found
    assert any({"pain", "hip_adduction"} <= loop for loop in found)


def test_a_motion_analysis_fills_links_with_values():
    """A measure shows as measured, with mean and spread, and no finding is made of it."""
    motion = {
        "sides": {"right": {"measures": {"hip_adduction_peak_deg": {"mean": 14.0, "sd": 1.2, "n": 30, "unit": "deg"}}}}
    }
    link = fill(judged(sheet(), motion=motion), "right").links["hip_adduction"]

    assert (link.state, link.severity, link.measure["mean"]) == ("measured", None, 14.0)


def test_a_band_analysis_fills_the_strands_and_the_press():
    """Median over draws with its spread: 5th to 95th percentile are 3.29 standard deviations apart."""
    press = {"median": 12.0, "p5": 10.0, "p95": 13.29, "draws": 64}
    motion = {"sides": {"right": {"measures": None, "band": {"contact_impulse_n_s": press, "anterior": None}}}}
    links = fill(judged(sheet(), motion=motion), "right").links

    assert links["press"].measure == {"mean": 12.0, "sd": pytest.approx(1.0, abs=0.001), "n": 64, "unit": "N·s"}
    assert links["front_strand"].state == "unknown"


def test_the_most_telling_test_is_one_that_is_not_done():
    """With everything tested but the squat and the step-down on a runner with one sign, those tell most."""
    table = merge(sheet(), {"tests": {"single_leg_squat": None, "lateral_step_down": None,
                                      "single_leg_stance": {"right": {"drop": 2, "lean": 1, "drift": 0}}}})  # fmt: skip
    answer = judged(table)
    gains = most_telling(answer)
    known = {(item.contributor, item.family, item.side) for item in answer.findings if item.known}

    assert gains == tuple(sorted(gains, key=lambda gain: -gain.expected))
    assert all(0 < gain.expected <= 2 for gain in gains)
    assert {gain.test for gain in gains} >= {"single_leg_squat", "lateral_step_down"}
    assert ("C4", "stance", Side.RIGHT) in known
    assert not any(gain.test == "single_leg_stance" for gain in gains)


def test_a_test_of_two_contributors_tells_more_than_one_of_a_light_one():
    """The squat speaks for strength and control (weights 4 and 3); the Thomas test for a hypothesis (weight 1)."""
    table = merge(
        sheet(),
        {"tests": {"single_leg_squat": None, "thomas_extension": None, "side_plank": {"left": 75, "right": 40}}},
    )
    gains = {(gain.test, gain.side): gain.expected for gain in most_telling(judged(table))}

    assert gains["single_leg_squat", Side.RIGHT] > gains["thomas_extension", Side.RIGHT]


def test_only_tests_that_the_person_can_do_are_offered():
    """At home no clinic test is named."""
    table = {**sheet(), "tests": {}}

    assert all("home" in cards()[gain.test].who for gain in most_telling(judged(table), "home"))


def test_when_everything_is_known_no_test_is_left():
    """A runner with nothing open gets no next test."""
    assert next_test(()).outcome == "none"
    assert next_test(most_telling(judged({**sheet(), "tests": {}}))).rule == "next-test"


def test_a_locked_runner_reads_the_referral_and_nothing_of_the_chain():
    """A red flag stands before every answer."""
    answer = judged(merge(sheet(), {"safety": {"foot_drop": True}}))

    assert "A safety sign comes first." in why_text(answer)
    assert "What may load the band" not in why_text(answer)
    assert why_json(answer)["sides"] == {}


def test_a_refused_runner_reads_what_is_missing_and_which_test_tells_most():
    """Too little of the sheet: no ranking, but the next step."""
    answer = judged({**sheet(), "tests": {}})
    text = why_text(answer)

    assert "There is not enough on the sheet" in text
    assert "The test that would tell the most" in text
    assert "What may load the band" not in text


def test_more_running_comes_first_in_words():
    """If load error is there, it is said first; strength work is still named."""
    text = why_text(
        judged(merge(sheet(), {"training": {"longest_run_before_onset_km": 20, "two_week_rise_percent": 40}}))
    )

    assert "You ran more than you were used to. That comes first. Strength still helps." in text


@pytest.mark.parametrize("name", [name for name in NAMES if "problems" not in case(name)["expect"]])
def test_every_decision_of_every_case_can_be_explained(name):
    """Reasons, inputs, grade and sources print for each; none is a bare yes or no."""
    now, _ = case_records(name)
    entries = explain_decisions(judge(now, today=NOW.date(), motion=case(name).get("motion")), "all")

    for entry in entries:
        assert entry["reasons"]
        assert entry["sources"]
        assert "\n".join(lines_of(entry)).count("\n") >= 2


def test_a_rule_a_contributor_a_test_a_flag_a_link_and_a_mechanism_can_be_explained():
    """By name, without a runner."""
    for what in (*rules(), "C1", "c10", "side_plank", "foot_drop", "tilt", "knee_in → press", "knee_in -> press"):
        assert "\n".join(lines_of(explain_thing(what)))


def test_an_unknown_name_is_answered_with_the_nearest():
    """What can be asked is said, in general and for one runner."""
    with pytest.raises(AssessmentError, match=r"nothing called 'R-16'\. Nearest: R-016"):
        explain_thing("R-16")
    with pytest.raises(AssessmentError, match="Nearest: R-022 right"):
        explain_decisions(judged(sheet()), "R-022 rihgt")


def test_the_picture_is_whole_names_every_link_and_is_the_same_each_time():
    """SVG that parses, with title, states by symbol and the sources of the ways that carry load."""
    chain = fill(judged(TIRED), "right")
    data = picture_bytes(chain)
    text = data.decode()

    ET.fromstring(text)  # noqa: S314 - our own text
    assert data == picture_bytes(chain)
    assert "What may load the band, right side" in text
    assert "Brown 2019" in text
    assert "80 s" in text
    assert all(link.node.name.split()[0] in text for link in chain.links.values())


def test_a_picture_is_an_svg_or_a_png(tmp_path):
    """Another ending is refused before anything is written."""
    chain = fill(judged(TIRED), "right")
    save_picture(chain, tmp_path / "chain.png")

    with pytest.raises(OutputBlocked, match=r"a picture is an \.svg or a \.png"):
        save_picture(chain, tmp_path / "chain.gif")
    assert [path.name for path in tmp_path.iterdir()] == ["chain.png"]


@pytest.mark.parametrize(("high", "said"), [(0.02, "so here it dies out"), (1.3, "that is not ruled out")])
def test_the_circle_of_a_run_is_told_as_an_idea_with_its_interval(high, said):
    """It dies out only where the whole interval lies below one; without a run nothing is said."""
    gain = {"median": 0.001, "p5": -0.008, "p95": high, "draws": 64}
    motion = {"sides": {"right": {"vicious_circle": {"gain": gain}}}}
    text = why_text(judged(sheet(), motion=motion), ["right"])

    assert "An idea not yet shown" in text
    assert f"0.001 degrees (-0.008 to {high:.3f})" in text
    assert said in text
    assert "feeds itself" not in why_text(judged(sheet()), ["right"])
