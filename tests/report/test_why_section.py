"""The section *What is loading it*: what it says follows from intervals, and it needs nothing from outside."""

from __future__ import annotations

import base64
import hashlib
import re

import numpy as np
import pytest

from gerdy.report.stride_3d import Stride
from gerdy.report.turning import turning
from gerdy.report.why_pictures import curve_picture, share_picture
from gerdy.report.why_section import NOT_ASKED, WhyMaterial, _side, circle_sentence
from gerdy.report.why_shapes import SAME, what_ifs_of, why_of
from gerdy.report.why_what_ifs import what_if_picture

TENSION, PRESS, RATE = "tension_peak_n", "contact_impulse_n_s", "anterior.path_elongation_rate_peak_pct_s"


def over(median, p5, p95, draws=64):
    return {"median": median, "p5": p5, "p95": p95, "draws": draws}


ATTRIBUTION = {
    "reference": {"kind": "norm", "name": "the norm of 12 men at 3.5 m/s", "n": 12, "note": "Sex was not given."},
    "difference": {TENSION: over(80.0, 10.0, 150.0), RATE: over(-2.0, -9.0, 4.0), PRESS: None},
    "outcomes": {
        TENSION: {
            "frontal_hip": over(60.0, 20.0, 100.0),
            "hip_moments": over(25.0, -5.0, 55.0),
            "ankle_subtalar": None,
            "timing": over(-5.0, -8.0, -1.0),
        },
        RATE: {"frontal_hip": over(-2.5, -6.0, -0.5), "timing": over(0.5, -1.0, 2.0)},
        PRESS: {"frontal_hip": None},
    },
    "missing": {"ankle_subtalar": "not recorded: no marker shows the heel"},
    "sentences": [],
}


def answer(change, tension, press=None, label="geometry"):
    outcomes = {TENSION: {"baseline": over(700, 500, 900), "change": tension, "sign_agreement": 0.97, "per_km": None}}
    if press is not None:
        per_km = {"baseline": over(9e3, 1e3, 2e4), "change": press, "sign_agreement": 0.9}
        outcomes[PRESS] = {"baseline": over(6, 1, 20), "change": press, "sign_agreement": 0.9, "per_km": per_km}
    return {"changes": [change], "rule": "what stays", "label": label, "outcomes": outcomes}


WHAT_IFS = [
    answer("gluteus medius strength +20 %", over(-100.0, -120.0, -80.0, 16), over(-350.0, -1000.0, -20.0, 16)),
    answer("cadence +7.5 %", over(12.0, 1.0, 30.0, 16), over(-130.0, -280.0, 20.0, 16), "measured in runners"),
]


def test_a_share_whose_interval_holds_zero_cannot_be_told_apart_and_no_other_share_is_called_so():
    why = why_of(ATTRIBUTION)
    picture = share_picture("right", why)
    table = {(row[0], head): cell for row in picture.rows for head, cell in zip(picture.head, row, strict=True)}

    for path in (TENSION, RATE):
        head = next(head for head in picture.head if head.startswith(words(path)))
        for name, share in why_shares(why, path):
            cell = table[name, head]
            assert (SAME in cell) == (share is not None and share.p5 <= 0.0 <= share.p95), (name, head)


def why_shares(why, path):
    found = next(one for one in why.differences if one.path == path)
    known = {name for one in why.differences for name, share in one.shares if share is not None}
    return [*((name, share) for name, share in found.shares if name in known), ("Altogether", found.total)]


def words(path):
    return {TENSION: "Largest tension", RATE: "Fastest lengthening of the front"}[path]


def test_sentences_say_cannot_be_told_apart_exactly_where_the_interval_of_the_whole_holds_zero():
    said = {one.path: one.sentence("the norm") for one in why_of(ATTRIBUTION).differences}

    assert said[TENSION].startswith("Largest tension of the band: +80 (+10 to +150) N against the norm.")
    assert said[RATE].startswith("Fastest lengthening of the front strand cannot be told apart from the norm: -2.0")
    # Only shares that can be told apart are named, the largest first.
    assert "Largest clear shares: hip adduction with pelvic drop +60 N; duration of stance -5 N." in said[TENSION]
    assert "hip moments" not in said[TENSION]


def test_what_was_not_recorded_is_said_in_words_and_never_drawn_as_zero():
    side = _side("right", WhyMaterial(attributions={"right": ATTRIBUTION}))
    table = side.pictures[0].rows

    assert "Ankle and subtalar joint: not recorded: no marker shows the heel." in side.sentences
    assert all(row[0] != "Ankle and subtalar joint" for row in table)
    assert all("+0 " not in cell for row in table for cell in row)


def test_an_outcome_without_a_difference_is_left_out():
    assert [one.path for one in why_of(ATTRIBUTION).differences] == [RATE, TENSION]


def test_the_number_of_runners_stands_beside_the_norm_in_every_picture():
    curves = {"Hip adduction, degrees": (np.ones(24), np.zeros(24), np.ones(24))}

    assert "n = 12" in share_picture("left", why_of(ATTRIBUTION)).says
    assert "n = 12" in drawn_text(curve_picture("left", curves, "the norm of 12 men", 12))


def drawn_text(picture):
    """Glyphs are drawn as outlines; Matplotlib keeps the text beside them as comments."""
    return " ".join(re.findall(r"<!-- (.*?) -->", picture.svg))


def test_what_can_be_told_apart_differs_by_more_than_colour():
    """Bars that cannot be told apart carry a pattern, and their marks are hollow."""
    picture = share_picture("right", why_of(ATTRIBUTION)).svg

    assert "<pattern" in picture
    assert picture.count("url(#") >= 2


def test_what_ifs_keep_the_order_of_the_ranking_and_say_how_they_are_known():
    picture = what_if_picture("right", what_ifs_of(WHAT_IFS))

    assert [row[0] for row in picture.rows] == ["gluteus medius strength +20 %", "cadence +7.5 %"]
    assert picture.rows[0][1] == "-350 (-1000 to -20); 90 %"
    assert SAME in picture.rows[1][1]
    assert picture.rows[1][3] == "measured in runners"
    assert "It is not advice" in picture.says
    assert "over 16 believable bands" in picture.says


def test_without_forces_what_ifs_are_drawn_by_what_all_of_them_hold():
    picture = what_if_picture("left", what_ifs_of([answer("hip adduction -4 deg", over(-30.0, -40.0, -20.0))]))

    assert len(picture.head) == 4
    assert picture.head[1].startswith("Largest tension of the band, N")


def test_a_side_about_which_nothing_is_known_says_nothing():
    assert _side("left", WhyMaterial()) is None


def test_a_report_without_what_ifs_says_how_to_ask_for_them():
    assert NOT_ASKED in _side("right", WhyMaterial(attributions={"right": ATTRIBUTION})).sentences
    asked = WhyMaterial(attributions={"right": ATTRIBUTION}, what_ifs={"right": WHAT_IFS})
    assert NOT_ASKED not in _side("right", asked).sentences


def test_the_circle_is_called_a_hypothesis_and_stands_with_its_interval():
    circle = {
        "gain": over(0.012, -0.004, 0.09),
        "runs_away_below_nm_per_deg": over(0.3, 0.1, 0.6),
        "share_of_draws_above_one": 0.0,
    }
    said = circle_sentence(circle)

    assert "(hypothesis)" in said
    assert "0.012 degrees (-0.004 to 0.090, 64 draws)" in said
    assert "0 percent of the draws" in said


@pytest.fixture
def stride():
    """Two instants of a stick, on and off the ground."""
    line = np.zeros((2, 3, 3))
    load = {"right front": np.array([100.0, np.nan])}
    return Stride({"right leg": line, "right front": line}, load, load, load, np.array([0.0, 60.0]), "N", "right", 11)


def test_the_policy_of_the_page_allows_exactly_the_scripts_that_stand_in_it(stride):
    found = turning(stride)
    scripts = re.findall(r"<script>(.*?)</script>", found.html, re.DOTALL)
    hashes = {"sha256-" + base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in scripts}

    assert len(scripts) == 2
    assert {f"'{one}'" for one in hashes} == set(found.policy.split())
    assert "unsafe" not in found.policy


def test_the_stride_that_turns_fetches_nothing_and_stays_hidden_without_javascript(stride):
    html = turning(stride).html
    own = html[: html.index("<script>")] + html[html.rindex("<script>") :]

    assert re.findall(r"(?:src|href)\s*=\s*[\"'](?!#)", own) == []
    assert "http" not in own
    assert '<div id="stride-3d" class="stride-3d" hidden>' in html


def test_the_stride_can_be_turned_and_stepped_through_by_keyboard(stride):
    html = turning(stride).html

    assert '<label for="stride-3d-when">' in html
    assert 'type="range"' in html
    assert len(re.findall(r'<button type="button" data-(?:view|turn)=', html)) == 6
    assert 'aria-live="polite"' in html


def test_off_the_ground_there_is_no_load_and_not_a_load_of_zero(stride):
    assert stride.to_json()["loads"]["right front"] == [[100.0, None]] * 3


def test_the_report_of_a_run_with_forces_says_what_loads_the_band_and_needs_no_network(demo_folder):
    page = demo_folder.joinpath("report.html").read_text(encoding="utf-8")
    head = page[: page.index("</head>")]
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = ["sha256-" + base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in scripts]

    assert "<h2>What is loading it</h2>" in page
    assert re.search(r"script-src ([^\"]*)\"", head)[1].split() == [f"'{one}'" for one in hashes]
    assert "default-src 'none'" in head
    assert re.findall(r"<(?:script|link|img|iframe)[^>]*\s(?:src|href)=\"https?:", page) == []
    assert "A vicious circle (hypothesis)" in page
    assert page.count("What would change it was not asked") == 2


def test_a_report_without_a_band_has_neither_the_section_nor_a_script(gerdy_says, tmp_path):
    from gerdy.pipelines.demo import demo_files

    said = gerdy_says("analyze", demo_files().motion, "--depth", "strides", "--out", tmp_path / "run")
    page = (tmp_path / "run" / "report.html").read_text(encoding="utf-8")

    assert said.code == 0
    assert "What is loading it" not in page
    assert "<script" not in page
    assert "script-src" not in page


def test_what_ifs_without_a_report_to_stand_in_are_a_mistake_of_usage(gerdy_says):
    from gerdy.pipelines.demo import demo_files

    said = gerdy_says("analyze", demo_files().motion, "--what-ifs")

    assert said.code == 2
    assert "give --out FOLDER too" in " ".join(said.err.replace("│", " ").split())
