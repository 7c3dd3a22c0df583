"""The same input gives the same bytes, whatever the number of threads and however frames are batched."""

from __future__ import annotations

import numba
import numpy as np
import pytest

from gerdy.body import MotionRates, forward, inverse_dynamics, load, static_optimisation
from gerdy.body.surrogates import sample_poses


@pytest.fixture(scope="module")
def generic():
    return load()


def everything(body, q):
    rng = np.random.default_rng(0)
    rates = MotionRates(rng.normal(size=q.shape), rng.normal(size=q.shape))
    moments = inverse_dynamics(body, q, rates)
    forces = static_optimisation(body, q, rates.velocity, moments, side="left")
    return forward(body, q).position, moments, forces.force, forces.reserve


def test_one_thread_and_many_give_the_same_bytes(generic):
    q = sample_poses(generic, 70, 4)
    most = numba.get_num_threads()
    results = []
    try:
        for threads in {1, most}:
            numba.set_num_threads(threads)
            results.append([a.tobytes() for a in everything(generic, q)])
    finally:
        numba.set_num_threads(most)
    assert all(result == results[0] for result in results)


def test_a_frame_does_not_know_its_neighbours(generic):
    q = sample_poses(generic, 40, 6)
    still = MotionRates(np.zeros_like(q), np.zeros_like(q))
    together = inverse_dynamics(generic, q, still)
    alone = inverse_dynamics(generic, q[23:24], MotionRates(still.velocity[:1], still.acceleration[:1]))
    assert alone.tobytes() == together[23:24].tobytes()
