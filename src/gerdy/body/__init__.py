"""A compiled musculoskeletal body: skeleton, muscle paths, muscle forces.

Everything takes and returns plain arrays, frames first. A usual run::

    generic = body.load()
    rates = body.differentiate(time, q)
    moments = body.inverse_dynamics(generic, q, rates, loads)
    right = body.static_optimisation(generic, q, rates.velocity, moments, side="right")
"""

from gerdy.body.dynamics import Loads, MotionRates, differentiate, inverse_dynamics
from gerdy.body.fit_report import FitReport, fit_report
from gerdy.body.hill import Capacity, muscle_capacity
from gerdy.body.ik import Poses, Prior, inverse_kinematics, knee_priors
from gerdy.body.kinematics import BodyJacobian, BodyPoses, forward, jacobian
from gerdy.body.marker_maps import MarkerMap, load_marker_map, read_marker_map
from gerdy.body.model import CompiledBody, Coordinate, Place, load, save
from gerdy.body.muscles import MuscleGeometry, muscle_geometry
from gerdy.body.optimise import MuscleForces, static_optimisation
from gerdy.body.paths import path_lengths, path_moment_arms
from gerdy.body.placement import PlacedMarkers, place_from_map, place_from_static, poses_of
from gerdy.body.scaled_body import scaled_body as scale
from gerdy.body.scaling import Scaling, scale_from_static, scale_from_stature
from gerdy.body.sharing import Sharing, share_load

__all__ = [
    "BodyJacobian",
    "BodyPoses",
    "Capacity",
    "CompiledBody",
    "Coordinate",
    "FitReport",
    "Loads",
    "MarkerMap",
    "MotionRates",
    "MuscleForces",
    "MuscleGeometry",
    "Place",
    "PlacedMarkers",
    "Poses",
    "Prior",
    "Scaling",
    "Sharing",
    "differentiate",
    "fit_report",
    "forward",
    "inverse_dynamics",
    "inverse_kinematics",
    "jacobian",
    "knee_priors",
    "load",
    "load_marker_map",
    "muscle_capacity",
    "muscle_geometry",
    "path_lengths",
    "path_moment_arms",
    "place_from_map",
    "place_from_static",
    "poses_of",
    "read_marker_map",
    "save",
    "scale",
    "scale_from_static",
    "scale_from_stature",
    "share_load",
    "static_optimisation",
]
