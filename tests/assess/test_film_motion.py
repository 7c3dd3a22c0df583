"""What a film without tape may do in an assessment: move a contributor by one step, and never more (R-020)."""

from __future__ import annotations

import pytest

from assess.cases import judged, sheet
from gerdy.assess.findings import State


def analysis(markers):
    """Both sides drop by 12 degrees and lean by 9, far beyond every mark."""
    drop = {"mean": 12.0, "sd": 1.0, "n": 20, "unit": "deg", "se": 6.0, "sdd": 2.8}
    measures = {
        "contralateral_pelvic_drop_peak_2d_deg": drop,
        "trunk_ipsilateral_lean_mid_stance_2d_deg": drop | {"mean": 9.0},
    }
    return {
        "schema": "gerdy/film/1",
        "recording": {"films": [{"name": "rear.mp4", "markers": markers}]},
        "sides": {side: {"measures": measures, "spread": {}} for side in ("left", "right")},
    }


@pytest.mark.parametrize(("markers", "unmarked", "outcome"), [("none", True, "capped"), ("tape", False, "full")])
def test_only_tape_lets_a_film_count_in_full(markers, unmarked, outcome):
    answer = judged(sheet(), motion=analysis(markers))
    drops = [item for item in answer.findings if item.test in ("running_pelvic_drop", "running_trunk_lean")]

    assert {item.state for item in drops} == {State.FINDING}
    assert {item.unmarked_film for item in drops} == {unmarked}
    assert answer.decisions["R-020"].outcome == outcome


def test_two_signs_on_film_without_tape_count_no_more_than_one():
    one = analysis("none")
    for side in one["sides"].values():
        side["measures"] = {k: v for k, v in side["measures"].items() if "drop" in k}

    def scores(motion):
        return {(item.contributor, item.side): item.score for item in judged(sheet(), motion=motion).standings}

    two, taped = scores(analysis("none")), scores(analysis("tape"))
    assert two == scores(one)
    assert any(taped[key] > two[key] for key in two)
