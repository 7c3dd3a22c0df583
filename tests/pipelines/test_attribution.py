"""Why a band is loaded as it is: which reference is taken, what is said, and what cannot be told apart."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace

import pytest

from gerdy import analyze
from gerdy.band.attribution_words import WORDS, told_apart
from gerdy.band.groups import GROUPS
from gerdy.band.outcomes import side_band
from gerdy.errors import ReferenceInvalid
from gerdy.pipelines.attribution import find_attributions
from gerdy.pipelines.band import Bands, leg_motions
from gerdy.pipelines.demo import demo_files
from gerdy.pipelines.reference import read_run
from gerdy.report.write import write_folder


@pytest.fixture(scope="module")
def run():
    return demo_files()


@pytest.fixture(scope="module")
def found(run):
    """The bundled runner with joints; bands are made below, with few draws."""
    plain = {"forces": run.forces, "static": run.static, "subject": run.subject}
    return analyze(run.motion, **plain, side="right", reference=None)


@pytest.fixture(scope="module")
def few(found):
    """The right band of the bundled runner on four draws."""
    from gerdy.band.priors import draw_bands

    legs, draws = leg_motions(found.joints, found.moments, found.motion), draw_bands(found.joints.runner.body, 4)
    return Bands({"right": side_band(legs["right"], draws)}, legs, draws)


def attributed(found, few, reference="norm", who=None, **facts):
    return find_attributions(found.curves, few, found.recording | facts, who or found.subject, reference, lambda: None)


@pytest.fixture(scope="module")
def against_norm(found, few):
    return attributed(found, few).sides["right"]


@pytest.fixture(scope="module")
def folder(found, tmp_path_factory):
    """The same analysis as a folder."""
    out = tmp_path_factory.mktemp("earlier") / "march"
    write_folder(found, out)
    return out


def test_the_norm_is_the_reference_and_its_method_speed_sex_and_number_are_shown(against_norm):
    reference = against_norm.to_json()["reference"]

    assert reference["kind"] == "norm"
    assert (reference["n"], reference["sex"]) == (12, "male")
    assert reference["speed_m_s"] == pytest.approx(3.5, abs=0.1)
    assert "rbds" in reference["method"]
    assert all("n = 12 runners" in sentence for sentence in against_norm.said.values())


def test_every_sentence_says_of_every_interval_whether_it_leaves_zero_out(against_norm, found, few):
    """What is told apart is given with its numbers; what includes zero is only said not to be told apart."""
    for shares in (against_norm, attributed(found, few, "other-side").sides["right"]):
        document = shares.to_json()
        assert set(shares.said) == set(WORDS)
        for path, sentence in shares.said.items():
            difference = document["difference"][path]
            shown, _, blurred = sentence.partition("Shares that cannot be told apart from none: ")
            assert ("cannot be told apart from" in shown) == (not told_apart(difference))
            assert not re.search(r"\b(?:cause|fix|cure|safe|unsafe)", sentence)
            for name, share in document["outcomes"][path].items():
                words = next(group.words for group in GROUPS if group.name == name)
                listed = blurred.split(" Not recorded:")[0].rstrip(".").split(", ")
                assert (words in listed) == (not told_apart(share)), (path, name)
                assert (f"{words} {WORDS[path].signed(share)}" in shown) == told_apart(share), (path, name)


def test_the_other_leg_is_the_reference_on_request(found, few):
    right = attributed(found, few, "other-side").sides["right"]

    assert right.reference.kind == "other-side"
    assert right.reference.name == "the left leg"
    assert right.reference.n == 11


@pytest.mark.parametrize(
    ("who", "facts", "words"),
    [
        ({"sex": "female"}, {}, "1 woman"),
        ({}, {"speed_m_s": {"mean": 2.5}}, "2.50 m/s"),
        ({}, {"marker_set": "rajagopal"}, "marker set rajagopal"),
        ({}, {"gait": "walking"}, "walking"),
    ],
)
def test_without_a_matched_norm_the_other_leg_is_taken_and_the_reason_is_said(found, few, who, facts, words):
    answer = attributed(found, few, "norm", replace(found.subject, **who), **facts)
    right = answer.sides["right"]

    assert right.reference.kind == "other-side"
    assert words in right.reference.note
    assert answer.relative_impulse["right"] is None
    assert "no norm is matched" in answer.missing("right")["band.relative_contact_impulse"]
    assert words in answer.missing("right")["norm"]


def test_without_a_norm_and_another_leg_nothing_is_compared_and_the_reason_is_said(found, few):
    one_leg = replace(found, curves={"right": found.curves["right"]})
    answer = attributed(one_leg, few, who=replace(found.subject, sex="female"))

    assert answer.sides == {}
    assert "1 woman" in answer.missing("right")["attribution"]
    assert "no usable stride of the other leg" in answer.missing("right")["attribution"]


def test_the_same_recording_as_an_earlier_one_on_the_same_markers_differs_by_nothing(found, few, folder, run):
    other = read_run(folder, run.static, found.subject)
    right = attributed(found, few, other).sides["right"]

    assert right.reference.kind == "recording"
    assert right.reference.markers == "same"
    for values in right.shares.difference.values():
        # Stances scatter apart in the two samples, and the folder keeps single precision; the markers err alike.
        assert abs(values.mean()) < 5 * values.std() + 1e-6


def test_another_runner_is_named_and_the_markers_were_placed_anew(found, few, folder, tmp_path):
    stranger = tmp_path / "stranger"
    shutil.copytree(folder, stranger)
    document = json.loads((stranger / "analysis.json").read_text())
    document["subject"]["runner_id"] = "somebody"
    document["recording"]["speed_m_s"]["mean"] = 2.5
    (stranger / "analysis.json").write_text(json.dumps(document))
    reference = attributed(found, few, read_run(stranger, None, found.subject)).sides["right"].reference

    assert reference.kind == "runner"
    assert reference.name == "stranger of somebody"
    assert reference.markers == "anew"
    assert "2.50 m/s" in reference.note


def test_a_recording_of_the_same_session_can_be_the_reference(found, few, run):
    other = read_run(run.motion, run.static, found.subject)
    reference = attributed(found, few, other).sides["right"].reference

    assert (reference.kind, reference.markers) == ("recording", "same")
    assert other.curves["right"].moments is None, "the bundled markers stand in a file of their own"


def test_a_reference_that_holds_nothing_to_compare_is_refused_before_the_band_is_computed(run, tmp_path):
    (tmp_path / "empty").mkdir()
    for place in (tmp_path / "empty", tmp_path / "absent.c3d", run.static):
        with pytest.raises(ReferenceInvalid, match=r"--out|expected a folder"):
            analyze(run.motion, forces=run.forces, static=run.static, subject=run.subject, reference=place)


def test_the_command_line_refuses_a_reference_that_is_not_there(run, gerdy_says, tmp_path):
    said = gerdy_says("analyze", run.motion, "--static", run.static, "--reference", tmp_path / "nowhere.c3d")

    assert said.code == 1
    assert "ReferenceInvalid: nowhere.c3d cannot be the reference" in said.err
    assert "--out" in said.err


def test_a_leg_that_the_reference_lacks_is_refused(found, few, folder, run):
    other = read_run(folder, run.static, found.subject)
    with pytest.raises(ReferenceInvalid, match="right leg"):
        attributed(found, few, replace(other, curves={"left": other.curves["left"]}))


def test_current_pain_and_sex_change_how_the_hip_is_read(found, few):
    def said(**who):
        return " ".join(attributed(found, few, "other-side", replace(found.subject, **who)).sides["right"].readings)

    now, past, unknown = (said(pain=pain, painful_side=None) for pain in ("now", "past", None))
    woman, man, nobody = (said(sex=sex) for sex in ("female", "male", None))

    assert "does not clear the hip" in now
    assert "read as it stands" in past
    assert "--pain" in unknown
    assert len({woman, man, nobody}) == 3
    assert "3.7 degrees" in man
    assert "--sex" in nobody


def test_the_load_of_a_step_is_given_against_the_norms(found, few):
    """The ratio that the outlook reads: positive, and 1 lies within reach of a healthy-looking runner."""
    ratio = attributed(found, few).relative_impulse["right"]

    assert set(ratio) == {"median", "p5", "p95", "draws"}
    assert 0.0 <= ratio["p5"] <= ratio["median"] <= ratio["p95"]


def test_without_being_asked_nothing_is_compared(found):
    right = found.to_json()["sides"]["right"]

    assert right["attribution"] is None
    assert right["missing"]["attribution"] == "not asked for"
    assert right["norm"]["n"] == 12
    assert right["norm"]["measures"]["hip_adduction_peak_deg"]["n"] == 12
