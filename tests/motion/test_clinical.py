"""Clinical words mean what they say, on both sides; OpenSim's own model is asked where the bones go."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from gerdy.body import forward, load
from gerdy.motion.clinical import CLINICAL, MOMENTS, clinical_angles, clinical_moments, lateral_distances

degree = np.pi / 180
ANGLE = 10 * degree
STEM_OF = {"knee_varus": "knee_adduction", "tibial_internal_rotation": "knee_rotation"}


@pytest.fixture(scope="module")
def opensim_model(shared_data, tmp_path_factory):
    """Give the published model with OpenSim's knee made free, and a function that poses it."""
    pytest.importorskip("opensim", reason="the opensim extra is not installed")
    from gerdy.body.compiler import opensim
    from gerdy.body.compiler.knee import with_free_knee

    library = opensim()
    path = shared_data / "opensim-laiuhlrich2022" / "LaiUhlrich2022.osim"
    model, _ = with_free_knee(library.Model(str(path)))
    state = model.initSystem()

    def where(coordinate: str, angle: float, body: str, point=(0.0, 0.0, 0.0)) -> np.ndarray:
        for c in model.getCoordinateSet():
            c.setValue(state, c.getDefaultValue(), False)
        model.getCoordinateSet().get(coordinate).setValue(state, angle, True)
        model.realizePosition(state)
        frame = model.getBodySet().get(body)
        at = frame.findStationLocationInGround(state, library.Vec3(*point))
        return np.array([at.get(i) for i in range(3)])

    return where


def _coordinate(measure: str, side: str) -> tuple[str, float]:
    if measure in STEM_OF:
        return f"{STEM_OF[measure]}_{side[0]}", 1.0
    return next(c for c in CLINICAL if c.name == measure).of(side)


def _medial(side: str) -> float:
    return -1.0 if side == "right" else 1.0


# What a physio sees when the measure is positive: (body, point, axis, direction), right is +z, up +y, forward +x.
SEEN = {
    "anterior_pelvic_tilt": lambda side: ("pelvis", (0.1, 0.0, 0.0), 1, -1.0),  # the front of the pelvis sinks
    "hip_flexion": lambda side: (f"femur_{side[0]}", (0.0, -0.4, 0.0), 0, 1.0),  # the knee comes forward
    "hip_extension": lambda side: (f"femur_{side[0]}", (0.0, -0.4, 0.0), 0, -1.0),
    "hip_adduction": lambda side: (f"femur_{side[0]}", (0.0, -0.4, 0.0), 2, _medial(side)),  # the knee moves inward
    "hip_internal_rotation": lambda side: (f"femur_{side[0]}", (0.1, -0.2, 0.0), 2, _medial(side)),  # front turns in
    "knee_flexion": lambda side: (f"tibia_{side[0]}", (0.0, -0.4, 0.0), 0, -1.0),  # the ankle goes back
    "knee_varus": lambda side: (f"tibia_{side[0]}", (0.0, -0.4, 0.0), 2, _medial(side)),  # the ankle goes inward
    "tibial_internal_rotation": lambda side: (f"tibia_{side[0]}", (0.1, -0.2, 0.0), 2, _medial(side)),  # tibia's front
    "dorsiflexion": lambda side: (f"calcn_{side[0]}", (0.2, 0.0, 0.0), 1, 1.0),  # the toes rise
    "subtalar_eversion": lambda side: (  # the outer edge of the foot rises against the inner
        f"calcn_{side[0]}", (0.05, 0.0, -0.1 * _medial(side)), 1, 1.0,
    ),
}  # fmt: skip


@pytest.mark.parametrize("side", ["right", "left"])
@pytest.mark.parametrize("measure", sorted(SEEN))
def test_a_positive_measure_is_what_the_word_says_in_opensims_own_model(opensim_model, measure, side):
    coordinate, factor = _coordinate(measure, side)
    body, point, axis, direction = SEEN[measure](side)
    moved = opensim_model(coordinate, factor * ANGLE, body, point) - opensim_model(coordinate, 0.0, body, point)
    assert direction * moved[axis] > 0.003


@pytest.mark.parametrize("side", ["right", "left"])
def test_a_positive_pelvic_drop_lowers_the_hip_of_the_swinging_leg(opensim_model, side):
    coordinate, factor = _coordinate("contralateral_pelvic_drop", side)
    own, other = f"femur_{side[0]}", f"femur_{'l' if side == 'right' else 'r'}"
    height = [opensim_model(coordinate, factor * ANGLE, femur)[1] for femur in (own, other)]
    assert height[1] < height[0] - 0.01


@pytest.mark.parametrize("side", ["right", "left"])
@pytest.mark.parametrize("measure", [*(c.name for c in CLINICAL), *STEM_OF])
def test_a_pose_of_one_coordinate_has_that_measure_and_hardly_any_other_of_its_joint(measure, side):
    body = load()
    coordinate, factor = _coordinate(measure, side)
    q = body.default_pose()
    q[0, body.coordinate_index(coordinate)] = factor * 0.5 * ANGLE
    angles = clinical_angles(body, q, np.ones(q.shape[1], dtype=bool), side)
    # The published knee turns about axes of its own, a few degrees off the femur's: one per cent of the angle.
    within = 0.06 if measure in STEM_OF else 1e-3
    assert angles[measure][0] == pytest.approx(0.5 * ANGLE, abs=within * degree)


def test_tibial_rotation_holds_what_the_published_knee_turns_by_flexion():
    """OpenSim's model turns the tibia inward by 8.6 degrees over the first 45 of flexion, before any offset."""
    body = load()
    q = body.default_pose(2)
    q[:, body.coordinate_index("knee_angle_r")] = 45 * degree
    q[1, body.coordinate_index("knee_rotation_r")] = 5 * degree
    turned = clinical_angles(body, q, np.ones(q.shape[1], dtype=bool), "right")["tibial_internal_rotation"]
    assert turned[0] == pytest.approx(8.6 * degree, abs=0.1 * degree)
    assert turned[1] - turned[0] == pytest.approx(5 * degree, abs=0.05 * degree)


@pytest.mark.parametrize("side", ["right", "left"])
def test_trunk_lean_is_positive_toward_the_stance_leg(side):
    body = load()
    q = body.default_pose(2)
    # Seen from behind, lumbar_bending turns the trunk about the forward axis: positive leans right.
    q[1, body.coordinate_index("lumbar_bending")] = 10 * degree
    lean = clinical_angles(body, q, np.ones(q.shape[1], dtype=bool), side)["trunk_ipsilateral_lean"]
    top = forward(body, q).position[:, body.body_index("torso")]
    rotation = forward(body, q).rotation[1, body.body_index("torso")]
    to_the_right = rotation[2, 1] > 0
    assert top.shape == (2, 3)
    assert lean[0] == pytest.approx(0.0, abs=1e-9)
    assert lean[1] == pytest.approx(10 * degree if to_the_right == (side == "right") else -10 * degree, abs=1e-6)


def test_a_measure_whose_coordinate_no_marker_showed_is_left_out():
    body = load()
    observed = np.ones(len(body.coordinates), dtype=bool)
    observed[[body.coordinate_index(n) for n in ("lumbar_bending", "subtalar_angle_r", "knee_rotation_r")]] = False
    angles = clinical_angles(body, body.default_pose(), observed, "right")
    assert not {"trunk_ipsilateral_lean", "subtalar_eversion", "tibial_internal_rotation", "knee_varus"} & set(angles)
    assert {"hip_adduction", "knee_flexion", "dorsiflexion"} <= set(angles)


def test_mirroring_a_pose_swaps_the_sides_and_changes_nothing_else():
    body = load()
    rng = np.random.default_rng(2)
    q = rng.uniform(-0.3, 0.3, (6, len(body.coordinates)))
    names = list(body.coordinate_names)
    mirrored = q.copy()
    for j, name in enumerate(names):
        if name.endswith(("_r", "_l")):
            mirrored[:, names.index(name[:-1] + ("l" if name[-1] == "r" else "r"))] = q[:, j]
        elif name in ("pelvis_list", "pelvis_rotation", "pelvis_tz", "lumbar_bending", "lumbar_rotation"):
            mirrored[:, j] = -q[:, j]
    seen = np.ones(len(names), dtype=bool)
    here, there = clinical_angles(body, q, seen, "right"), clinical_angles(body, mirrored, seen, "left")
    assert set(here) == set(there)
    for name, value in here.items():
        # The published left leg differs from the mirrored right one by a few hundredths of a degree.
        assert_allclose(there[name], value, atol=0.1 * degree, err_msg=name)


def test_the_foot_stands_to_its_own_side_until_it_crosses_the_midline():
    body = load()
    q = body.default_pose(2)
    for side in ("r", "l"):
        q[1, body.coordinate_index(f"hip_adduction_{side}")] = 20 * degree
    for side in ("right", "left"):
        found = lateral_distances(body, forward(body, q), side, trunk_seen=True)
        assert found["pelvis_to_foot"][0] > 0.05
        assert found["pelvis_to_foot"][1] < 0.0
        assert_allclose(found["mass_centre_to_foot"], found["pelvis_to_foot"], atol=0.01)
    assert "mass_centre_to_foot" not in lateral_distances(body, forward(body, q), "right", trunk_seen=False)


def test_internal_moments_carry_the_sign_of_their_name():
    """A knee held bent against gravity needs an extension moment; OpenSim's knee_angle grows with flexion."""
    names = tuple(c.of("right")[0] for c in MOMENTS)
    found = clinical_moments(np.ones((1, len(names))), names, "right")
    assert found["knee_extension_moment"][0] == -1.0
    assert found["hip_abduction_moment"][0] == -1.0
    assert found["hip_internal_rotation_moment"][0] == 1.0
    assert found["plantarflexion_moment"][0] == -1.0
