"""Bodies stand where OpenSim's bodies stand, and move as their Jacobian says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gerdy.body import forward, jacobian, load
from gerdy.errors import BodyError

degree = np.pi / 180
MODELS = (
    "opensim-laiuhlrich2022/LaiUhlrich2022.osim",
    "opensim-rajagopal-run/Rajagopal2016.osim",
    "opensim-rajagopal-run/RajagopalLaiUhlrich2023.osim",
)


@pytest.fixture(scope="module")
def generic():
    return load()


def some_poses(body, count: int, seed: int = 5) -> np.ndarray:
    low = np.array([max(c.minimum, -1.5) for c in body.coordinates])
    high = np.array([min(c.maximum, 1.5) for c in body.coordinates])
    return np.random.default_rng(seed).uniform(low, high, (count, len(low)))


@pytest.mark.opensim
@pytest.mark.shared
@pytest.mark.parametrize("free", [True, False], ids=["free knee", "published knee"])
@pytest.mark.parametrize("model", MODELS)
def test_every_body_of_the_family_stands_where_opensim_puts_it(shared_data, model, free):
    from gerdy.body.compiler import opensim
    from gerdy.body.compiler.knee import with_free_knee
    from gerdy.body.compiler.oracle import Oracle
    from gerdy.body.compiler.skeleton import read_skeleton

    source = opensim().Model(str(shared_data / model))
    source.initSystem()
    if free:
        source, _ = with_free_knee(source)
    source.initSystem()
    body, _ = read_skeleton(source)
    q = some_poses(body, 12)
    theirs = Oracle(source, body).poses(q)
    ours = forward(body, q)
    np.testing.assert_allclose(ours.position, theirs.position, atol=1e-9)
    np.testing.assert_allclose(ours.rotation, theirs.rotation, atol=1e-9)


def test_the_jacobian_is_the_derivative_of_the_pose(generic):
    q = some_poses(generic, 4)
    ours = jacobian(generic, q)
    R = forward(generic, q).rotation
    step = 1e-6
    for j in range(q.shape[1]):
        ahead, behind = q.copy(), q.copy()
        ahead[:, j] += step
        behind[:, j] -= step
        a, b = forward(generic, ahead), forward(generic, behind)
        np.testing.assert_allclose(ours.linear[:, :, j], (a.position - b.position) / (2 * step), atol=2e-8)
        spin = (a.rotation - b.rotation) / (2 * step) @ R.swapaxes(2, 3)
        expected = np.stack([spin[..., 2, 1], spin[..., 0, 2], spin[..., 1, 0]], axis=-1)
        np.testing.assert_allclose(ours.angular[:, :, j], expected, atol=2e-8)


def test_the_kernel_gives_what_its_slow_twin_gives(generic):
    q = some_poses(generic, 3)
    ours = forward(generic, q)
    for f, pose in enumerate(q):
        R, p = slow_forward(generic.skeleton, pose)
        np.testing.assert_allclose(ours.rotation[f], R, atol=1e-13)
        np.testing.assert_allclose(ours.position[f], p, atol=1e-13)


def test_varus_moves_the_foot_towards_the_other_leg_on_both_sides(generic):
    standing = forward(generic, generic.default_pose())
    for side, towards_the_other_leg in (("r", -1.0), ("l", 1.0)):
        bent = generic.default_pose()
        bent[0, generic.coordinate_index(f"knee_adduction_{side}")] = 5 * degree
        moved = forward(generic, bent).position - standing.position
        assert towards_the_other_leg * moved[0, generic.body_index(f"talus_{side}"), 2] > 0.03


def test_internal_rotation_of_the_tibia_turns_the_toes_towards_the_other_leg(generic):
    standing = forward(generic, generic.default_pose())
    for side, towards_the_other_leg in (("r", -1.0), ("l", 1.0)):
        turned = generic.default_pose()
        turned[0, generic.coordinate_index(f"knee_rotation_{side}")] = 10 * degree
        moved = forward(generic, turned).position - standing.position
        assert towards_the_other_leg * moved[0, generic.body_index(f"toes_{side}"), 2] > 0.01


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_mirrored_pose_is_the_mirror_image(generic, seed):
    q = some_poses(generic, 1, seed)
    names = generic.coordinate_names
    other = {
        name: name[:-2] + {"_r": "_l", "_l": "_r"}[name[-2:]] if name[-2:] in ("_r", "_l") else name for name in names
    }
    mirrored = q[:, [names.index(other[name]) for name in names]]
    for name in ("pelvis_list", "pelvis_rotation", "pelvis_tz", "lumbar_bending", "lumbar_rotation"):
        mirrored[:, names.index(name)] *= -1
    a, b = forward(generic, q).position[0], forward(generic, mirrored).position[0]
    swap = [
        generic.body_index(n[:-2] + {"_r": "_l", "_l": "_r"}[n[-2:]] if n[-2:] in ("_r", "_l") else n)
        for n in generic.bodies
    ]
    legs = [
        i for i, n in enumerate(generic.bodies) if n.startswith(("pelvis", "femur", "tibia", "talus", "calcn", "toes"))
    ]
    # The published model is mirrored to a tenth of a millimetre only.
    np.testing.assert_allclose((b * [1, 1, -1])[legs], a[swap][legs], atol=2e-4)


def test_a_pose_with_the_wrong_columns_is_refused(generic):
    with pytest.raises(BodyError, match=r"expected \(frames, 37\)"):
        forward(generic, np.zeros((2, 5)))


def test_an_unknown_coordinate_names_the_nearest(generic):
    with pytest.raises(BodyError, match="knee_angle_r"):
        generic.coordinate_index("knee_angel_r")


def slow_forward(s, q):
    """Pose by the book: parent frame, translation, three rotations, child frame."""
    full = np.concatenate(
        [q, [slow_function(s, row, q[j]) for row, j in zip(s.driver_function, s.driver, strict=True)]]
    )
    R, p = np.empty((len(s.parent), 3, 3)), np.empty((len(s.parent), 3))
    for b, parent in enumerate(s.parent):
        value = [
            s.axis_scale[b, k]
            * slow_function(s, s.axis_function[b, k], full[c] if (c := s.axis_coordinate[b, k]) >= 0 else 0.0)
            + (s.offset_sign[b, k] * full[o] if (o := s.offset_coordinate[b, k]) >= 0 else 0.0)
            for k in range(6)
        ]
        P, origin = (R[parent], p[parent]) if parent >= 0 else (np.eye(3), np.zeros(3))
        frame = P @ s.parent_rotation[b]
        center = origin + P @ s.parent_position[b] + frame @ (np.array(value[3:]) @ s.axis[b, 3:])
        for k in range(3):
            frame = frame @ slow_rotation(s.axis[b, k], value[k])
        R[b] = frame @ s.child_rotation[b].T
        p[b] = center - R[b] @ s.child_position[b]
    return R, p


def slow_function(s, row, x):
    piece = int((x >= s.function_break[row]).sum())
    return np.polynomial.polynomial.polyval(x - s.function_base[row, piece], s.function_coefficient[row, piece])


def slow_rotation(axis, angle):
    from scipy.spatial.transform import Rotation

    return Rotation.from_rotvec(angle * axis).as_matrix()
