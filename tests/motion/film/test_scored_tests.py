"""Tests on one leg, done by a stick figure with known faults, and scored by a camera."""

from __future__ import annotations

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from gerdy.cli.main import app
from gerdy.motion.film.course import course
from gerdy.motion.film.repetitions import repetitions
from gerdy.motion.film.scored_tests import (
    measure_lunge,
    score_squat,
    score_stance,
    score_step_down,
    standing_leg,
)
from gerdy.recordings.keypoints import KEYPOINTS
from motion.film.figure import Figure, film, joints_of

RATE_HZ = 60.0
TIMES = 5


def performed(side="right", *, view="front", depth=1.0, **faults):
    """Five repetitions of two seconds on one leg, each fault growing from nothing to its full size at the bottom.

    The foot that stands is the fixed point, so that the hips go down as the knee bends.
    """
    phase = np.concatenate(
        [np.zeros(60), np.tile(0.5 - 0.5 * np.cos(np.linspace(0, 2 * np.pi, 120)), TIMES), np.zeros(60)]
    )
    places = []
    for share in phase:
        now = Figure(
            side=side,
            thigh_forward=35.0 * share * depth,
            knee_flexion=65.0 * share * depth,
            **{name: size * share for name, size in faults.items()},
        )
        joints = joints_of(now)
        foot = joints[f"ankle_{side[0]}"].copy()
        for name in joints:
            joints[name] = joints[name] - foot + np.array([0.0, 0.08, 0.0])
        free = "l" if side == "right" else "r"
        for joint in ("ankle", "heel", "toe"):
            joints[f"{joint}_{free}"] = joints[f"{joint}_{free}"] + np.array([0.0, -0.2 * share + 0.1, 0.0])
        # Hands on the waist.
        for s in "lr":
            joints[f"wrist_{s}"] = joints[f"hip_{s}"] + np.array([0.0, 0.1, 0.0])
        # The toe stands under the straight leg's ankle, whatever the knee does.
        joints[f"toe_{side[0]}"] = np.array([0.18, 0.0, 0.0])
        places.append(joints)
    stacked = {name: np.array([place[name] for place in places]) for name in KEYPOINTS}
    points = film(stacked, view)
    return type(points)(
        np.arange(len(phase)) / RATE_HZ, points.xy, points.confidence, points.spread, points.size, points.joints
    )


def seen(side="right", *, view="front", **how):
    return course(performed(side, view=view, **how), view)


@pytest.mark.parametrize("side", ["left", "right"])
def test_five_repetitions_are_counted_and_the_standing_leg_is_told(side):
    found = seen(side)

    assert len(repetitions(found)) == TIMES
    assert standing_leg(found) == side


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("score", [score_squat, score_step_down])
def test_a_clean_repetition_scores_nothing(side, score):
    found = score(seen(side))

    assert found.points == 0
    assert found.knee_direction == "none"
    assert found.side == side


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(("fault", "part"), [({"pelvic_drop": 9.0}, "pelvis"), ({"lean_to_stance": 10.0}, "trunk")])
def test_each_fault_of_the_step_down_costs_its_own_point(side, fault, part):
    """Nine and ten degrees lie beyond the published detectable change of 4 degrees [Youdas 2007]."""
    found = score_step_down(seen(side, **fault))

    assert found.parts[part] == 1
    assert found.points == 1


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(("inward", "points", "way"), [(4.0, 1, "in"), (12.0, 2, "in")])
def test_the_further_the_knee_goes_inside_the_toe_the_more_points(side, inward, points, way):
    """A shin of 0.43 m that leans 4 or 12 degrees brings the knee 3 or 9 cm inside: over the toe, or past the foot."""
    found = score_step_down(seen(side, femoral_adduction=inward, knee_projection=2 * inward))

    assert found.parts["knee"] == points
    assert found.knee_direction == way


def test_noise_below_the_detectable_change_costs_nothing():
    assert score_step_down(seen(pelvic_drop=3.0, lean_to_stance=3.0)).points == 0


def test_a_lunge_gives_the_shin_angle_of_each_repetition():
    """A thigh 35° forward with a knee bent 65° leaves the shin 30° from upright, leaning forward over the foot."""
    found = measure_lunge(seen(view="side"), "right")

    assert found.measures["shin_lean_peak_deg"].mean == pytest.approx(30.0, abs=0.5)
    assert found.repetitions == TIMES


@pytest.mark.parametrize(("drop", "points"), [(2.0, 0), (6.0, 1), (11.0, 2)])
def test_a_stance_is_graded_by_the_detectable_change(drop, points):
    """Beyond 4 degrees is slight, beyond 8 plain [Youdas 2007: MDC 4 degrees]."""
    assert score_stance(seen(depth=0.0, pelvic_drop=drop)).parts["drop"] == points


def test_the_command_scores_a_step_down_from_key_points(tmp_path):
    points = performed(pelvic_drop=9.0)
    names = [name if name == "nose" else f"{name[-1]}_{name[:-2]}" for name in points.joints]
    frames = np.concatenate([points.xy, points.confidence[..., None]], axis=-1)
    document = {"keypoint_names": names, "frames": frames.tolist(), "width": 1280, "height": 720, "fps": RATE_HZ}
    file = tmp_path / "step.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    result = CliRunner().invoke(app, ["analyze", str(file), "--activity", "step_down", "--json"])

    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert (found["schema"], found["test"], found["points"]) == ("gerdy/film-test/1", "lateral_step_down", 1)
    assert CliRunner().invoke(app, ["analyze", str(file), "--activity", "step_down"]).exit_code == 0
    # A step-down cannot be scored from the side, and a refusal says so.
    assert CliRunner().invoke(app, ["analyze", str(file), "--activity", "lunge"]).exit_code == 1
