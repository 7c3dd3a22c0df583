"""Believable bands: every unknown drawn from its prior in the registry.

Draws are points of a scrambled Sobol sequence with a fixed seed, so that the same body gives the same bands, and two
recordings, two sides or a what-if are compared on the same draws.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from scipy.stats import norm, qmc

from gerdy import evidence
from gerdy.band.design import COMPARTMENTS, JOINT_COORDINATES, Design, Draw
from gerdy.band.epicondyle import cross
from gerdy.band.landmarks import landmark, path_points, runners_gerdy, runners_landmark, size
from gerdy.body.kinematics import forward
from gerdy.errors import BodyError
from gerdy.quantities import SIDES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gerdy.body.model import CompiledBody
    from gerdy.quantities import Array, SideName

SEED: Final = 2006
"""Any fixed number makes the draws repeatable; this is the year of Fairclough's paper."""

_PLACES: Final = ("epicondyle", "anterior guide", "posterior guide", "crest guide", "gerdy", "gluteus", "tfl", "crest")
_SCALARS: Final = ("prominence", "radius", "travel", *COMPARTMENTS, "stiffness", *JOINT_COORDINATES)
_DIMENSIONS: Final = 3 * len(_PLACES) + len(_SCALARS)


class Legs(NamedTuple):
    """What all draws of one body share, for one side.

    Attributes
    ----------
    scale : length of the thigh against the generic body's
    rotation, position : (3, 3), (3,) m, the tibia in the femur at ``house_band.travel_flexion``
    """

    scale: float
    rotation: Array
    position: Array


def central_draw(body: CompiledBody) -> Draw:
    """Return the band as it is believed: every unknown at the middle of its prior.

    Parameters
    ----------
    body : a runner's body with the band attached
    """
    return _draw(body, _legs(body), np.full(_DIMENSIONS, 0.5))


def draw_bands(body: CompiledBody, count: int | None = None, seed: int = SEED) -> tuple[Draw, ...]:
    """Draw believable bands of a runner; the same body, count and seed give the same draws.

    Parameters
    ----------
    body : a runner's body with the band attached
    count : a power of two; None takes ``house_band.draws``
    seed : another one gives draws that know nothing of these, for studies
    """
    many = int(evidence.value("house_band.draws")) if count is None else count
    points = qmc.Sobol(_DIMENSIONS, scramble=True, rng=seed).random(many)
    legs = _legs(body)
    return tuple(_draw(body, legs, point) for point in points)


def _legs(body: CompiledBody) -> dict[SideName, Legs]:
    flexion = np.radians(evidence.value("house_band.travel_flexion"))
    return {side: Legs(size(body, side), *tibia_in_femur(body, side, flexion)) for side in SIDES}


def _draw(body: CompiledBody, legs: Mapping[SideName, Legs], point: Array) -> Draw:
    places = point[: 3 * len(_PLACES)].reshape(-1, 3)
    moves = dict(zip(_PLACES, evidence.value("house_band.landmark_sd") * norm.ppf(places), strict=True))
    u = dict(zip(_SCALARS, map(float, point[3 * len(_PLACES) :]), strict=True))
    share = np.array([_triangle(_table("gluteus_maximus_share")[name], u[name]) for name in COMPARTMENTS])
    offset = [float(_table("offset_sd")[name]) * norm.ppf(u[name]) for name in JOINT_COORDINATES]
    return Draw(
        {side: _design(body, side, legs[side], moves, u) for side in SIDES},
        share,
        _triangle(_corners("house_band.axial_stiffness"), u["stiffness"]),
        np.radians(offset),
    )


def _design(body: CompiledBody, side: SideName, leg: Legs, moves: dict[str, Array], u: dict[str, float]) -> Design:
    outward, scale = (1.0 if side == "right" else -1.0), leg.scale
    moved = {name: scale * move * np.array([1.0, 1.0, outward]) for name, move in moves.items()}
    tfl = path_points(body, f"tfl_{side[0]}")
    gluteus = [path_points(body, f"{name}_{side[0]}")[:2] + moved["gluteus"] for name in COMPARTMENTS]
    crest = landmark(body, "iliac_tubercle", side) + moved["crest"]
    trochanter = runners_landmark(body, "greater_trochanter", side)
    behind = scale * np.array(evidence.entry("house_band.posterior_guide").value) * np.array([1.0, 1.0, outward])
    tissue = np.array([0.0, 0.0, outward * scale * _between("house_band.prominence", u["prominence"])])
    design = Design(
        origin=np.stack([np.stack([tfl[0] + moved["tfl"]] * 2), *gluteus, np.stack([crest] * 2)]),
        guide=np.stack(
            [
                tfl[1] + moved["anterior guide"],
                trochanter + behind + moved["posterior guide"],
                trochanter + moved["crest guide"],
            ]
        ),
        apex=runners_landmark(body, "lateral_epicondyle", side) + moved["epicondyle"] + tissue,
        curvature=1.0 / (scale * _between("house_band.epicondyle_radius", u["radius"])),
        travel=scale * _measured_travel(u["travel"]),
        centre=np.zeros(3),
        gerdy=runners_gerdy(body, side) + moved["gerdy"],
        outward=outward,
        margin=scale * evidence.value("house_band.deep_flexion_margin"),
    )
    return design._replace(centre=unhindered_crossing(design, leg.rotation, leg.position))


def unhindered_crossing(design: Design, rotation: Array, position: Array) -> Array:
    """Return where each strand crosses the epicondyle's level with no anchor and no bone in its way.

    Parameters
    ----------
    rotation, position : (3, 3), (3,) m of the tibia in the femur

    Returns
    -------
    (3,) m, x in the femur's frame

    Raises
    ------
    BodyError : the tubercle does not lie below the epicondyle
    """
    flip = np.array([1.0, 1.0, design.outward])
    end, apex = (rotation @ design.gerdy + position) * flip, design.apex * flip
    rest = (*map(float, end), *map(float, apex), 0.0, 1.0, -1.0, design.margin)
    found = [_level_crossing(start * flip, rest) for start in design.guide]
    if not np.isfinite(found).all():
        raise BodyError(
            "Gerdy's tubercle does not lie below the lateral epicondyle of this body, so no band can cross it; "
            "expected legs of human proportions. Check the segments' scale in the fit report."
        )
    return np.array(found)


def _level_crossing(start: Array, rest: tuple[float, ...]) -> float:
    x, y, z = map(float, start)
    crossing: tuple[float, float, bool, bool] = cross(x, y, z, *rest, False)  # type: ignore[call-arg, arg-type]
    return crossing[0]


def tibia_in_femur(body: CompiledBody, side: SideName, knee_flexion: float) -> tuple[Array, Array]:
    """Return (3, 3) and (3,) m, the tibia's frame in the femur's at a knee flexion in rad, other joints at zero."""
    pose = body.default_pose() * 0.0
    pose[0, body.coordinate_index(f"knee_angle_{side[0]}")] = knee_flexion
    posed = forward(body, pose)
    femur, tibia = body.body_index(f"femur_{side[0]}"), body.body_index(f"tibia_{side[0]}")
    turned = posed.rotation[0, femur].T
    return turned @ posed.rotation[0, tibia], turned @ (posed.position[0, tibia] - posed.position[0, femur])


def _table(name: str) -> dict[str, Any]:
    found = evidence.entry(f"house_band.{name}").value
    if not isinstance(found, dict):
        raise BodyError(f"house_band.{name} must be a table of priors by name.")
    return found


def _corners(key: str) -> tuple[float, float, float]:
    low, high = _interval(key)
    return low, evidence.value(key), high


def _interval(key: str) -> tuple[float, float]:
    found = evidence.entry(key).interval
    if found is None:
        raise BodyError(f"{key} needs an interval: it is drawn from.")
    return found


def _between(key: str, u: float) -> float:
    """Quantile of an even spread over the interval."""
    low, high = _interval(key)
    return low + u * (high - low)


def _measured_travel(u: float) -> float:
    """Quantile of an even spread between the travel measured lying and standing, m."""
    lying, standing = (evidence.value(f"jelsing2013.band_travel_{posture}") for posture in ("supine", "standing"))
    return (lying + u * (standing - lying)) / 100


def _triangle(corners: Sequence[float], u: float) -> float:
    """Quantile of a triangular distribution between its ends, highest at the middle corner."""
    low, mode, high = (float(corner) for corner in corners)
    if u * (high - low) < mode - low:
        return float(low + np.sqrt(u * (high - low) * (mode - low)))
    return float(high - np.sqrt((1 - u) * (high - low) * (high - mode)))
