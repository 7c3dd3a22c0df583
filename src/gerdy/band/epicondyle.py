"""Where a taut strand crosses the lateral epicondyle, and what it presses there.

In the femur's frame (x forward, y up, z outwards) a strand runs from its guide at the trochanter to Gerdy's tubercle
and crosses the level of the epicondyle at one point (x, z). Anchoring fibres to the femur let that point travel only
between two limits in x; the bone with the tissue on it lets it lie nowhere medial of

    z = apex - (x - x_apex)^2 / (2 R).

The strand is as short as these two allow. Its length is convex in (x, z); with a contact that is flatter than the
strand's own stiffness the shortest place is unique, and it depends on this pose alone. At that place, the change of
length with any motion of the tubercle is the strand's own direction: energy is conserved.
"""

from __future__ import annotations

import numpy as np

from gerdy.body.kernels import kernel

MOST_STEPS = 60
TOLERANCE_M = 1e-12


@kernel
def cross(
    guide_x: float,
    guide_y: float,
    guide_z: float,
    end_x: float,
    end_y: float,
    end_z: float,
    apex_x: float,
    apex_y: float,
    apex_z: float,
    curvature: float,
    front: float,
    back: float,
    margin: float,
    bone: bool,
) -> tuple[float, float, bool, bool]:
    """Find where one strand crosses the level of the epicondyle.

    Parameters
    ----------
    guide, end : m, where the strand leaves the trochanter and where it ends (Gerdy's tubercle)
    apex : m, most lateral point of the epicondyle with the tissue on it
    curvature : 1/m, 1/R of the epicondyle from front to back
    front, back : m, limits of the travel in x, back < front
    margin : m by which the end must lie below the apex
    bone : False leaves the epicondyle out

    Returns
    -------
    x, z : m in the femur's frame, z outwards; NaN where nothing crosses
    contact : whether the strand lies on the epicondyle
    crosses : False where the end has come up to the epicondyle's level (deep flexion)
    """
    if not (end_y < apex_y - margin and guide_y > apex_y):
        return np.nan, np.nan, False, False
    share = (apex_y - guide_y) / (end_y - guide_y)
    x = min(front, max(back, guide_x + share * (end_x - guide_x)))
    z = _free_height(x, guide_x, guide_y, guide_z, end_x, end_y, end_z, apex_y)
    if not bone or z >= apex_z - 0.5 * curvature * (x - apex_x) ** 2:
        return x, z, False, True
    low, high = back, front
    for _ in range(MOST_STEPS):
        slope, bend, z, contact = _slope(
            x, guide_x, guide_y, guide_z, end_x, end_y, end_z, apex_x, apex_y, apex_z, curvature
        )
        if slope > 0.0:
            high = x
        else:
            low = x
        step = x - slope / bend if bend > 0.0 else 0.5 * (low + high)
        step = step if low < step < high else 0.5 * (low + high)
        # A bound at which the length still falls outwards is itself the answer.
        if slope > 0.0 and high == back:
            break
        if slope < 0.0 and low == front:
            break
        if abs(step - x) < TOLERANCE_M:
            x = step
            break
        x = step
    # A very prominent epicondyle can make two valleys; the ends of the travel are the only other places for one.
    size = _length(x, guide_x, guide_y, guide_z, end_x, end_y, end_z, apex_x, apex_y, apex_z, curvature)
    for bound in (back, front):
        other = _length(bound, guide_x, guide_y, guide_z, end_x, end_y, end_z, apex_x, apex_y, apex_z, curvature)
        if other < size - TOLERANCE_M:
            x, size = bound, other
    slope, bend, z, contact = _slope(
        x, guide_x, guide_y, guide_z, end_x, end_y, end_z, apex_x, apex_y, apex_z, curvature
    )
    return x, z, contact, True


@kernel
def _length(
    x: float,
    gx: float,
    gy: float,
    gz: float,
    ex: float,
    ey: float,
    ez: float,
    apex_x: float,
    apex_y: float,
    apex_z: float,
    curvature: float,
) -> float:
    """Shortest length of the strand over x."""
    z = max(_free_height(x, gx, gy, gz, ex, ey, ez, apex_y), apex_z - 0.5 * curvature * (x - apex_x) ** 2)
    above = np.sqrt((x - gx) ** 2 + (apex_y - gy) ** 2 + (z - gz) ** 2)
    return above + np.sqrt((x - ex) ** 2 + (apex_y - ey) ** 2 + (z - ez) ** 2)


@kernel
def _free_height(x: float, gx: float, gy: float, gz: float, ex: float, ey: float, ez: float, level: float) -> float:
    """Height z at which a strand through (x, level) is shortest: the straight line of the unfolded path."""
    above = np.sqrt((x - gx) ** 2 + (level - gy) ** 2)
    below = np.sqrt((x - ex) ** 2 + (level - ey) ** 2)
    return (gz * below + ez * above) / (above + below)


@kernel
def _slope(
    x: float,
    gx: float,
    gy: float,
    gz: float,
    ex: float,
    ey: float,
    ez: float,
    apex_x: float,
    apex_y: float,
    apex_z: float,
    curvature: float,
) -> tuple[float, float, float, bool]:
    """First and second derivative of the shortest length over x, its z, and whether it lies on the bone."""
    free = _free_height(x, gx, gy, gz, ex, ey, ez, apex_y)
    bone = apex_z - 0.5 * curvature * (x - apex_x) ** 2
    z = max(free, bone)
    ax, ay, az = x - gx, apex_y - gy, z - gz
    bx, by, bz = x - ex, apex_y - ey, z - ez
    above, below = np.sqrt(ax * ax + ay * ay + az * az), np.sqrt(bx * bx + by * by + bz * bz)
    fx, fz = ax / above + bx / below, az / above + bz / below
    fxx = (1 - (ax / above) ** 2) / above + (1 - (bx / below) ** 2) / below
    if bone <= free:
        return fx, fxx, z, False
    tilt = -curvature * (x - apex_x)
    fzz = (1 - (az / above) ** 2) / above + (1 - (bz / below) ** 2) / below
    fxz = -(ax * az) / above**3 - (bx * bz) / below**3
    return fx + fz * tilt, fxx + 2 * fxz * tilt + fzz * tilt**2 - fz * curvature, z, True
