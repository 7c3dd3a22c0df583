"""A muscle's line over a cylinder, solved as OpenSim 4.6 solves it.

Why a copy of OpenSim's procedure and not a better one: a scaled body must give the lengths that OpenSim gives
for the same scaled model, to the micrometre, without OpenSim at run time. The procedure picks two tangent
points in the cross-section, slides them along the cylinder into the plane of the two ends and an apex, and
measures the spiral between them.

References
----------
.. [Delp1995] Delp, Loan (1995). A graphics-based software system to develop and analyze models of
   musculoskeletal structures. Computers in Biology and Medicine 25:21-34.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gerdy.body.kernels import kernel

if TYPE_CHECKING:
    from gerdy.quantities import Array

MISSES, INSIDE, WRAPS, MUST_WRAP = 0, 1, 2, 3
IN_PLANE, SLID, GEODESIC = 0, 1, 2
TANGENT = 0.1 * np.pi / 180.0
MOST_SLIDES = 100
CHORD_M = 0.002
AXIAL_REACH_M = 10.0
PARALLEL = 1e-5 / 20.0
SMALLEST = 2.220446049250313e-16


@kernel
def wrap_cylinder(
    p1: Array, p2: Array, radius: float, length: float, side: int, sign: float, how: int, r1: Array, r2: Array
) -> tuple[int, float]:
    """Wrap the segment p1-p2 over a cylinder about z, all in the cylinder's frame.

    Parameters
    ----------
    p1, p2 : (3,) m, ends of the segment
    radius, length : m
    side, sign : axis and sign of the half of the cylinder that may be touched; sign 0 is all of it
    how : what to do once the tangent points lie in their plane: IN_PLANE leaves them there (OpenSim, where the path
        has one cylinder), SLID slides them step by step (OpenSim, where it has several), GEODESIC puts them where the
        unrolled path is straight
    r1, r2 : (3,) m, filled with the tangent points

    Returns
    -------
    status (MISSES, INSIDE, WRAPS, MUST_WRAP) and the length on the surface, m
    """
    d1, d2 = np.hypot(p1[0], p1[1]), np.hypot(p2[0], p2[1])
    if d1 < radius or d2 < radius:
        return INSIDE, 0.0
    crosses, near_side = _crossing(p1, p2, radius, side)
    status = WRAPS
    if sign == 0.0:
        if not crosses:
            return MISSES, 0.0
        status = MUST_WRAP
    elif _sign(p1[side]) == sign or _sign(p2[side]) == sign:
        if crosses:
            status = MUST_WRAP
        elif not (_sign(p1[side]) != _sign(p2[side]) and _sign(near_side) != sign):
            return MISSES, 0.0
    far, long_way = _tangent_points(p1, p2, d1, d2, radius, side, sign, r1, r2)
    _slide_into_plane(p1, p2, d1, d2, radius, far, r1, r2)
    half = 0.5 * length
    if abs(r1[2]) > half and abs(r2[2]) > half:
        return MISSES, 0.0
    return status, _spiral(p1, p2, d1, d2, radius, long_way, how, r1, r2)


@kernel
def _sign(x: float) -> float:
    return 1.0 if x >= 0.0 else -1.0


@kernel
def _crossing(p1: Array, p2: Array, radius: float, side: int) -> tuple[bool, float]:
    """Whether the segment passes through the cylinder, and the nearest point's coordinate along `side`."""
    v0, v1 = p2[0] - p1[0], p2[1] - p1[1]
    across = v0**2 + v1**2
    if across < 1e-12 * (across + (p2[2] - p1[2]) ** 2):
        return False, p1[side]
    t = -(p1[0] * v0 + p1[1] * v1) / across
    near0, near1 = p1[0] + t * v0, p1[1] + t * v1
    return near0**2 + near1**2 < radius**2 and 0.0 < t < 1.0, p1[side] + t * (p2[side] - p1[side])


@kernel
def _tangents(p: Array, d: float, radius: float, a: Array, b: Array) -> None:
    """Find the two tangent points of p in its own cross-section, counter-clockwise first."""
    x, y = p[0] / d, p[1] / d
    along = radius * radius / d
    across = np.sqrt(max(radius**2 - along**2, 0.0))
    a[0], a[1], a[2] = along * x - across * y, along * y + across * x, p[2]
    b[0], b[1], b[2] = along * x + across * y, along * y - across * x, p[2]


@kernel
def _angle(a: Array, b: Array) -> float:
    cosine = (a[0] * b[0] + a[1] * b[1]) / (np.hypot(a[0], a[1]) * np.hypot(b[0], b[1]))
    return np.arccos(min(1.0, max(-1.0, cosine)))


@kernel
def _closest_pair(a1: Array, b1: Array, a2: Array, b2: Array, r1: Array, r2: Array) -> None:
    """Take the pair of tangent points that lie least far apart around the cylinder."""
    aa, ab, ba, bb = _angle(a1, a2), _angle(a1, b2), _angle(b1, a2), _angle(b1, b2)
    if aa < ab and aa < ba and aa < bb:
        r1[:], r2[:] = a1, a2
    elif ab < ba and ab < bb:
        r1[:], r2[:] = a1, b2
    elif ba < bb:
        r1[:], r2[:] = b1, a2
    else:
        r1[:], r2[:] = b1, b2


@kernel
def _tangent_points(
    p1: Array, p2: Array, d1: float, d2: float, radius: float, side: int, sign: float, r1: Array, r2: Array
) -> tuple[bool, bool]:
    """Choose among the four pairs of tangent points; return whether the wrap is on the far side, and long."""
    a1, b1, a2, b2 = np.empty(3), np.empty(3), np.empty(3), np.empty(3)
    _tangents(p1, d1, radius, a1, b1)
    _tangents(p2, d2, radius, a2, b2)
    if sign == 0.0:
        _closest_pair(a1, b1, a2, b2, r1, r2)
        return False, False
    wider_ab = _angle(a1, b2) > _angle(b1, a2)
    on_a1, on_b1 = _sign(a1[side]) == sign, _sign(b1[side]) == sign
    on_a2, on_b2 = _sign(a2[side]) == sign, _sign(b2[side]) == sign
    some = on_a1 or on_b1 or on_a2 or on_b2
    take_ab = on_a1 if on_a1 != on_b1 else not on_a2 if some else wider_ab
    if take_ab:
        r1[:], r2[:] = a1, b2
    else:
        r1[:], r2[:] = b1, a2
    far = take_ab == wider_ab or not some
    along = 0.0
    for i in range(3):
        axis = 1.0 if i < 2 else 0.0
        along += axis * (r1[i] + r2[i]) * (r1[i] - p1[i] + r2[i] - p2[i])
    return far, along < 0.0


@kernel
def _unit(x: float, y: float, z: float) -> tuple[float, float, float]:
    size = np.sqrt(x * x + y * y + z * z)
    if size < SMALLEST:
        return 0.0, 0.0, 0.0
    return x / size, y / size, z / size


@kernel
def _normal(p1: Array, p2: Array, x: float, y: float, z: float) -> tuple[float, float, float]:
    """Return the unit normal of the plane through p1, p2 and (x, y, z)."""
    a0, a1, a2 = _unit(p1[0] - x, p1[1] - y, p1[2] - z)
    b0, b1, b2 = _unit(p2[0] - x, p2[1] - y, p2[2] - z)
    return _unit(a1 * b2 - a2 * b1, a2 * b0 - a0 * b2, a0 * b1 - a1 * b0)


@kernel
def _slide_into_plane(
    p1: Array, p2: Array, d1: float, d2: float, radius: float, far: bool, r1: Array, r2: Array
) -> None:
    """Slide both tangent points along the cylinder into the plane of p1, p2 and the apex of the wrap."""
    share = d1 / (d1 + d2)
    m0, m1 = p1[0] + share * (p2[0] - p1[0]), p1[1] + share * (p2[1] - p1[1])
    height = p1[2] + share * (p2[2] - p1[2])
    n0, n1, _ = _normal(p1, p2, 0.0, 0.0, height)
    o0, o1, _ = _unit(-n1, n0, 0.0)
    along = m0 * o0 + m1 * o1
    if (along > 0.0) == far:
        o0, o1 = -o0, -o1
    n0, n1, n2 = _normal(p1, p2, radius * o0, radius * o1, height)
    if abs(n2) < PARALLEL:
        return
    offset = p1[0] * n0 + p1[1] * n1 + p1[2] * n2
    z1 = (offset - n0 * r1[0] - n1 * r1[1]) / n2
    z2 = (offset - n0 * r2[0] - n1 * r2[1]) / n2
    apart = abs(p1[2] - p2[2])
    if abs(z1 - r1[2]) <= AXIAL_REACH_M and abs(z1 - p2[2]) < apart:
        r1[2] = z1
    if abs(z2 - r2[2]) <= AXIAL_REACH_M and abs(z2 - p1[2]) < apart:
        r2[2] = z2


@kernel
def _spiral(
    p1: Array, p2: Array, d1: float, d2: float, radius: float, long_way: bool, how: int, r1: Array, r2: Array
) -> float:
    """Length of the spiral r1-r2, after r1 and r2 were moved along the cylinder as `how` says."""
    sense = -1.0 if long_way else 1.0
    theta = np.arctan2(r1[0] * r2[1] - r1[1] * r2[0], r1[0] * r2[0] + r1[1] * r2[1])
    if long_way:
        theta = 2.0 * np.pi - theta
    if how == GEODESIC:
        before, after = np.sqrt(d1**2 - radius**2), np.sqrt(d2**2 - radius**2)
        around = radius * abs(theta)
        climb = (p2[2] - p1[2]) / (before + around + after)
        r1[2], r2[2] = p1[2] + climb * before, p2[2] - climb * after
    chords_before = -1
    x1 = y1 = x2 = y2 = 0.0
    for slides in range(MOST_SLIDES + 1):
        axial = r2[2] - r1[2]
        length = np.sqrt((radius * theta) ** 2 + axial**2)
        chords = int(length / CHORD_M)
        if how != SLID or chords < 2 or slides == MOST_SLIDES:
            break
        t = 1.0 / chords
        if chords != chords_before:
            c, s = np.cos(sense * t * theta), np.sin(sense * t * theta)
            x1, y1 = c * r1[0] - s * r1[1], s * r1[0] + c * r1[1]
            c, s = np.cos(sense * (1.0 - t) * theta), np.sin(sense * (1.0 - t) * theta)
            x2, y2 = c * r1[0] - s * r1[1], s * r1[0] + c * r1[1]
            chords_before = chords
        moved = _slide(p1, r1, x1, y1, r1[2] + t * axial)
        moved = _slide(p2, r2, x2, y2, r1[2] + (1.0 - t) * axial) or moved
        if not moved:
            break
    return length


@kernel
def _slide(p: Array, r: Array, x: float, y: float, z: float) -> bool:
    """Slide r along the cylinder until p-r and r-(x, y, z) meet the axis at one angle; False where they do."""
    _, _, before = _unit(r[0] - p[0], r[1] - p[1], r[2] - p[2])
    _, _, after = _unit(x - r[0], y - r[1], z - r[2])
    if abs(np.arccos(before) - np.arccos(after)) <= TANGENT:
        return False
    v0, v1, v2 = x - p[0], y - p[1], z - p[2]
    s = ((r[0] - p[0]) * v0 + (r[1] - p[1]) * v1) / (v0 * v0 + v1 * v1)
    r[2] += 1.5 * (p[2] + s * v2 - r[2])
    return True
