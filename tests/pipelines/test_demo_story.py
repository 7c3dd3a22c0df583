"""The demo's outlook knows what a step loads from the demo's own recording."""

from __future__ import annotations

from gerdy.outlook import history_of
from gerdy.outlook.step_load import step_load
from gerdy.pipelines.demo_story import RUNNER, ZONE, demo_story

FOUND = {
    "recording": {"files": [{"name": "run.trc", "sha256": "00"}]},
    "sides": {"right": {"band": {"relative_contact_impulse": {"median": 1.2, "p5": 0.9, "p95": 1.5, "draws": 64}}}},
}


def test_the_per_step_load_comes_from_the_recording():
    story = demo_story(FOUND)
    found = step_load(history_of(story.entries, RUNNER, ZONE), story.today)

    assert (found.ratio.median, found.assumed) == (1.2, False)
    assert "right side" in found.obtained


def test_without_a_recording_it_is_assumed_and_says_so():
    story = demo_story()

    assert step_load(history_of(story.entries, RUNNER, ZONE), story.today).assumed
