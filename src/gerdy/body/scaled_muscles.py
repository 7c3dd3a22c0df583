"""Muscles of a scaled body, by the rules of OpenSim's ScaleTool.

Attachments and cylinders move with their segments, a cylinder's radius scales with the two directions across it;
optimal fibre length and tendon slack length keep their ratio to the path's length in the default pose; strength and
pennation stay. The length polynomials are fitted again, to the scaled body's own exact paths: a scaled body needs
no scaling law of polynomials and no OpenSim.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from gerdy.body.paths import muscles_of, path_lengths
from gerdy.body.surrogates import with_surrogates

if TYPE_CHECKING:
    from gerdy.body.model import CompiledBody
    from gerdy.body.muscle_arrays import Paths
    from gerdy.quantities import Array


def with_scaled_muscles(scaled: CompiledBody, generic: CompiledBody, factors: Array) -> CompiledBody:
    """Give a scaled body the muscles of the generic one, scaled alike.

    Parameters
    ----------
    scaled : skeleton scaled already, as `gerdy.body.scaled_body.scaled_skeleton` does
    generic : the body before scaling, with its muscles
    factors : (bodies, 3) along each segment's x, y, z

    Returns
    -------
    CompiledBody with paths, fibre and tendon lengths, and polynomials of its own; some seconds

    References
    ----------
    .. [Delp2007] Delp et al. (2007). OpenSim: open-source software to create and analyze dynamic simulations of
       movement. IEEE Transactions on Biomedical Engineering 54:1940-1950.
    """
    muscles = muscles_of(generic)
    paths = _scaled_paths(muscles.paths, factors)
    with_paths = scaled.replace(muscles=replace(muscles, paths=paths))
    before = path_lengths(generic, generic.default_pose(), as_opensim=True)[0]
    after = path_lengths(with_paths, with_paths.default_pose(), as_opensim=True)[0]
    ratio = after / before
    hill = muscles.hill._replace(
        optimal_fibre=muscles.hill.optimal_fibre * ratio, tendon_slack=muscles.hill.tendon_slack * ratio
    )
    return with_surrogates(with_paths.replace(muscles=replace(muscles, paths=paths, hill=hill)))


def _scaled_paths(paths: Paths, factors: Array) -> Paths:
    by = factors[paths.cylinder_body]
    # Each axis of the cylinder stretches by the length of its image under the segment's factors.
    stretch = np.linalg.norm(paths.cylinder_rotation * by[:, :, None], axis=1)
    return paths._replace(
        point=paths.point * factors[paths.point_body],
        cylinder_position=paths.cylinder_position * by,
        cylinder_radius=paths.cylinder_radius * 0.5 * (stretch[:, 0] + stretch[:, 1]),
        cylinder_length=paths.cylinder_length * stretch[:, 2],
    )
