"""Left and right are exchangeable: mirroring a recording swaps the sides and changes nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from gerdy import analyze
from gerdy.pipelines.demo import demo_files
from gerdy.quantities import SIDES, other_side
from gerdy.recordings import Recording, mirror, read, recognise, write_forces, write_trc


@pytest.fixture(scope="module", params=["with forces", "markers alone"])
def pair(request, tmp_path_factory):
    """The bundled run as it is and mirrored, written and read like any file."""
    folder = tmp_path_factory.mktemp("mirror")
    run = demo_files()
    markers, forces = read(run.motion).data.markers, read(run.forces).data.forces
    swapped = mirror(Recording(markers=markers, forces=forces), recognise(markers.labels))
    write_trc(folder / "run.trc", swapped.markers)
    write_forces(folder / "forces.mot", swapped.forces)
    plain = {"subject": run.subject, "depth": "joints"}
    if request.param == "markers alone":
        return analyze(run.motion, **plain), analyze(folder / "run.trc", **plain)
    return (
        analyze(run.motion, forces=run.forces, **plain),
        analyze(folder / "run.trc", forces=folder / "forces.mot", **plain),
    )


def test_each_side_has_the_values_of_the_other(pair):
    straight, mirrored = pair
    for side in SIDES:
        here, there = straight.sides[side], mirrored.sides[other_side(side)]

        assert here.strides == there.strides
        for key, value in here.values.items():
            assert there.values[key].mean == pytest.approx(value.mean, rel=1e-6)
            assert there.values[key].sd == pytest.approx(value.sd, rel=1e-4)


def test_the_differences_between_the_sides_change_their_sign(pair):
    straight, mirrored = pair
    for key, value in straight.symmetry.items():
        assert mirrored.symmetry[key].mean == pytest.approx(-value.mean, rel=1e-4, abs=1e-9)


def test_times_and_verdicts_of_the_strides_stay(pair):
    straight, mirrored = pair

    assert np.allclose(straight.motion.strides.contact_s, mirrored.motion.strides.contact_s, atol=1e-6)
    assert straight.motion.strides.verdict == mirrored.motion.strides.verdict
    assert (straight.motion.strides.right != mirrored.motion.strides.right).all()


def test_everything_else_is_unchanged(pair):
    straight, mirrored = pair
    for key in ("gait", "events_from", "treadmill", "marker_set", "duration_s"):
        assert mirrored.recording[key] == straight.recording[key]
    assert mirrored.recording["speed_m_s"]["mean"] == pytest.approx(straight.recording["speed_m_s"]["mean"], rel=1e-6)
    assert [problem.code for problem in mirrored.problems] == [problem.code for problem in straight.problems]
