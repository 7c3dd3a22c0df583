"""Shares of a difference: they add up, a single difference is found exactly, mirrors and swaps do what they must."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from gerdy.band.attribution import attribute, share_interval, shares_of
from gerdy.band.evaluate import AtStances, outcomes_at, zero_length
from gerdy.band.groups import GROUPS, STRENGTH, merged
from gerdy.band.hybrids import FORCE_OUTCOMES, GEOMETRY_OUTCOMES, OUTCOMES, coalition_outcomes, work_of
from gerdy.band.priors import draw_bands
from gerdy.band.reference import ComparedLeg, Reference
from gerdy.band.session_errors import LegSize, believed, session_errors, stance_weights
from gerdy.body.optimise import BALANCED
from gerdy.motion.norms import load_norms
from gerdy.motion.stance_curves import COORDINATES, StanceCurves, leg_length, mean_stance

MASS_KG = 70.0


@pytest.fixture(scope="session")
def bare(draws):
    """A believable band without session offsets."""
    return replace(draws[5], offset_rad=np.zeros(6))


@pytest.fixture(scope="session")
def leg(body):
    return ComparedLeg(body, "right", LegSize(MASS_KG, leg_length(body, "right")), None)


@pytest.fixture(scope="session")
def zero(body, bare):
    return zero_length(body, "right", None, bare)


@pytest.fixture(scope="session")
def people(leg):
    """Mean stances of two runners of the norm, moments in N·m of this body."""

    def one(row):
        curves = load_norms()[0].curves
        weights = np.zeros(len(curves))
        weights[row] = 1.0
        mean = mean_stance(curves, weights)
        return mean._replace(moments=mean.moments * leg.size.mass_kg * leg.size.length_m)

    return one(3), one(8)


def only(group, runner, reference):
    """The reference with one group of inputs taken from the runner."""
    angles = [name in group.coordinates for name in COORDINATES]
    loads = [name in group.moments for name in COORDINATES]
    return reference._replace(
        q=np.where(angles, runner.q, reference.q),
        slope=np.where(angles, runner.slope, reference.slope),
        moments=np.where(loads, runner.moments, reference.moments),
        duration_s=runner.duration_s if group.timing else reference.duration_s,
    )


def all_parts(shares):
    return {(path, name): values[0] for path, parts in shares.parts.items() for name, values in parts.items()}


def test_every_input_that_an_outcome_depends_on_stands_in_exactly_one_group():
    angles = [name for group in GROUPS for name in group.coordinates]
    loads = [name for group in GROUPS for name in group.moments]

    assert sorted(angles) == sorted(COORDINATES)
    assert len(loads) == len(set(loads))
    assert set(BALANCED) <= set(loads)
    assert sum(group.timing for group in GROUPS) == 1


def test_shares_sum_to_the_difference(leg, people, bare, zero):
    found = shares_of(leg, *people, GROUPS, bare, zero)

    assert set(found.difference) == set(OUTCOMES)
    for path, difference in found.difference.items():
        total = sum(values[0] for values in found.parts[path].values())
        assert total == pytest.approx(difference[0], rel=1e-9, abs=1e-9)
        assert np.isfinite(total)


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_a_runner_who_differs_in_one_group_gets_exactly_that_group(leg, people, bare, zero, group):
    runner, reference = only(group, *people), people[1]
    found = shares_of(leg, runner, reference, GROUPS, bare, zero)
    moved = 0.0
    for path, difference in found.difference.items():
        for name, values in found.parts[path].items():
            expected = difference[0] if name == group.name else 0.0
            assert values[0] == pytest.approx(expected, rel=1e-9, abs=1e-9)
        moved = max(moved, abs(difference[0]))

    assert moved > 0.0


def test_swapping_runner_and_reference_turns_every_sign(leg, people, bare, zero):
    there, back = (shares_of(leg, *pair, GROUPS, bare, zero) for pair in (people, people[::-1]))
    turned = all_parts(back)

    for key, share in all_parts(there).items():
        assert share == pytest.approx(-turned[key], rel=1e-9, abs=1e-9)


def test_a_left_leg_is_a_right_leg_in_a_mirror(body, leg, people, bare, zero):
    """The body is the same on both sides to a hundredth of a millimetre, so outcomes agree to a thousandth."""
    left = ComparedLeg(body, "left", leg.size, None)
    mirrored = all_parts(shares_of(left, *people, GROUPS, bare, zero_length(body, "left", None, bare)))
    for (path, name), share in all_parts(shares_of(leg, *people, GROUPS, bare, zero)).items():
        scale = abs(share) + 1.0

        assert mirrored[path, name] == pytest.approx(share, abs=1e-3 * scale)


@pytest.mark.parametrize("number", [0, 511, 37, 300, 250])
def test_a_hybrid_is_what_the_band_gives_for_the_stance_put_together_by_hand(body, leg, people, bare, zero, number):
    """The fast way (lines once per pose, capacities once per pace) against one stance computed from scratch."""
    stance = people[1]
    for bit, group in enumerate(GROUPS):
        stance = only(group, people[0], stance) if number >> bit & 1 else stance
    rows = [np.zeros((len(stance.q), len(body.coordinates))) for _ in range(3)]
    for column, name in enumerate(COORDINATES):
        full = body.coordinate_index(name if name.startswith("pelvis") else f"{name}_r")
        for row, part in zip(rows, (stance.q, stance.slope / stance.duration_s, stance.moments), strict=True):
            row[:, full] = part[:, column]
    when = np.linspace(0.0, stance.duration_s, len(stance.q))[None]
    slow, _ = outcomes_at(body, "right", AtStances(when, *rows), bare, zero)
    fast = coalition_outcomes(body, "right", *people, GROUPS, bare, zero)
    for path in OUTCOMES:
        assert fast[path][number] == pytest.approx(slow[path][0], rel=1e-9, abs=1e-9)


def test_the_velocity_of_a_hybrid_is_the_derivative_of_its_pose(people):
    """Slopes are per stance: the trapezoid of the slope over stance gives the change of angle, whoever's it is."""
    for stance in people:
        turned = np.trapezoid(stance.slope, dx=1.0 / (len(stance.q) - 1), axis=0)
        change = stance.q[-1] - stance.q[0]
        for column, name in enumerate(COORDINATES):
            assert turned[column] == pytest.approx(change[column], abs=np.radians(1.5)), name


def test_angles_of_the_pelvis_move_no_muscle_and_no_strand_by_themselves(body, people, bare, zero):
    runner, reference = people
    tilted = reference._replace(q=reference.q + np.where([n.startswith("pelvis") for n in COORDINATES], 0.2, 0.0))
    plain, moved = (coalition_outcomes(body, "right", runner, r, GROUPS, bare, zero) for r in (reference, tilted))
    for path in OUTCOMES:
        assert moved[path] == pytest.approx(plain[path], rel=1e-9, abs=1e-9)


def test_geometry_knows_no_moments(leg, people, bare, zero):
    with_forces = shares_of(leg, *people, GROUPS, bare, zero)
    without = [one._replace(moments=None) for one in people]
    geometry = shares_of(leg, *without, [group for group in GROUPS if not group.is_force], bare, zero)

    assert set(geometry.difference) == set(GEOMETRY_OUTCOMES)
    for path in GEOMETRY_OUTCOMES:
        assert set(with_forces.parts[path]) == set(geometry.parts[path])
        for name, share in geometry.parts[path].items():
            assert with_forces.parts[path][name] == pytest.approx(share, rel=1e-9, abs=1e-9)


def test_merged_groups_get_together_what_only_they_differ_in(leg, people, bare, zero):
    hip = merged("hip", *GROUPS[:3])
    runner = only(hip, *people)
    found = shares_of(leg, runner, people[1], [hip, *GROUPS[3:]], bare, zero)
    for path, difference in found.difference.items():
        assert found.parts[path]["hip"] == pytest.approx(difference, rel=1e-9, abs=1e-9)


def test_lines_are_found_once_per_pose_and_moments_shared_once_per_coalition():
    """Six groups pose the leg, seven move it, nine make a coalition: 2^6, 2^7 and 2^9 times the points."""
    assert work_of(GROUPS, 24) == (64 * 24, 128 * 24, 512 * 24)


def reference_of(curves, markers="anew"):
    return Reference(
        kind="runner", name="another", curves=curves, markers=markers, method="", speed_m_s=3.5, sex="male"
    )


def rows_of(*numbers):
    curves = load_norms()[0].curves
    rows = list(numbers)
    return StanceCurves(curves.q[rows], curves.slope[rows], curves.moments[rows], curves.duration_s[rows])


def test_a_group_that_was_not_recorded_has_no_share_and_says_so(leg, draws):
    blind, without_forces = rows_of(1, 2), replace(rows_of(3, 4), moments=None)
    blind.q[:, :, COORDINATES.index("subtalar_angle")] = np.nan
    document = attribute(leg, blind, reference_of(without_forces), draws[:2]).to_json()

    assert set(document["missing"]) == {"ankle_subtalar", "hip_moments", "knee_ankle_moments", STRENGTH}
    assert all(why.startswith("not recorded") for why in document["missing"].values())
    for path in FORCE_OUTCOMES:
        assert document["difference"][path] is None
        assert set(document["outcomes"][path].values()) == {None}
    for path in GEOMETRY_OUTCOMES:
        parts = document["outcomes"][path]
        assert parts["ankle_subtalar"] is None
        assert "hip_moments" not in parts, "geometry has no share of moments: not applicable, so not named"
        assert parts["frontal_hip"]["draws"] == 2


def test_the_same_markers_on_the_same_skin_err_alike(leg, draws):
    """A runner against himself on the same markers differs by nothing, whatever the session's error was."""
    one = rows_of(4)
    same = attribute(leg, one, reference_of(one, "same"), draws[:4])
    anew = attribute(leg, one, reference_of(one, "anew"), draws[:4])

    assert all(np.all(values == 0.0) for values in same.shares.difference.values())
    assert all(np.any(values != 0.0) for values in anew.shares.difference.values())


def test_shares_of_every_draw_sum_to_the_difference_of_that_draw(leg, draws):
    found = attribute(leg, rows_of(1, 2, 3), reference_of(rows_of(5, 6)), draws[:4]).shares
    for path, difference in found.difference.items():
        assert sum(found.parts[path].values()) == pytest.approx(difference, rel=1e-9, abs=1e-9)


def test_the_same_runner_gives_the_same_shares_again(leg, draws):
    once, again = (attribute(leg, rows_of(1, 2), reference_of(rows_of(5, 6)), draws[:2]).to_json() for _ in range(2))

    assert once == again


def test_weights_of_stances_scatter_as_the_mean_of_as_many_does():
    """The variance of a mean is the sample variance over n; 4000 draws know it to 5 %."""
    values = np.random.default_rng(5).normal(size=12)
    weights = stance_weights(12, 4000, np.random.default_rng(6))
    means = weights @ values

    assert weights.sum(axis=1) == pytest.approx(1.0)
    assert means.mean() == pytest.approx(values.mean(), abs=0.02)
    assert means.var() == pytest.approx(values.var(ddof=1) / 12, rel=0.07)


def test_one_stance_shows_no_scatter():
    assert np.all(stance_weights(1, 5, np.random.default_rng(0)) == 1.0)


def test_the_errors_of_two_sessions_are_independent_and_as_large_as_stated(body):
    """`house_band.offset_sd` says 4 degrees for hip rotation, `house_compare.session_sd` 3 for dorsiflexion."""
    pairs = session_errors(draw_bands(body, 256))
    own, other = (np.degrees([error.offset_rad for error in errors]) for errors in zip(*pairs, strict=True))
    hip, ankle = COORDINATES.index("hip_rotation"), COORDINATES.index("ankle_angle")
    for offsets in (own, other):
        assert offsets[:, hip].std() == pytest.approx(4.0, rel=0.1)
        assert offsets[:, ankle].std() == pytest.approx(3.0, rel=0.1)
        assert np.all(offsets[:, : COORDINATES.index("hip_flexion")] == 0.0)
    assert abs(np.corrcoef(own[:, hip], other[:, hip])[0, 1]) < 0.2


def test_a_wrong_joint_centre_changes_a_moment_in_the_middle_of_stance_and_not_at_its_ends(leg):
    """At contact and toe-off no force is on the centre; by `house_compare` 0.05 N·m/kg is the least in between."""
    curves = rows_of(2)
    error = session_errors(draw_bands(leg.body, 2))[0][0]
    true = mean_stance(curves).moments * leg.size.mass_kg * leg.size.length_m
    wrong = believed(curves, np.ones(1), error, leg.size).moments - true
    column = COORDINATES.index("hip_adduction")

    assert wrong[[0, -1]] == pytest.approx(0.0, abs=1e-9)
    assert np.abs(wrong[:, column]).max() >= 0.95 * 0.05 * MASS_KG * abs(error.moment[column])


def test_an_interval_of_ten_draws_or_sixty_four_holds_a_further_draw_nine_times_of_ten():
    """Order statistics of any continuous distribution; 4000 trials know 0.9 to 0.015."""
    rng = np.random.default_rng(1)
    for many in (19, 64):
        inside = 0
        for _ in range(4000):
            *seen, further = rng.normal(size=many + 1)
            found = share_interval(np.array(seen))
            inside += found["p5"] <= further <= found["p95"]

        assert inside / 4000 == pytest.approx(0.9, abs=0.015)


def test_where_nothing_was_computed_there_is_no_interval():
    assert share_interval(None) is None
    assert share_interval(np.full(4, np.nan)) is None
