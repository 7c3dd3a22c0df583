"""A compiled musculoskeletal body: skeleton, muscle paths, muscle forces.

Everything takes and returns plain arrays, frames first. A usual run::

    generic = body.load()
    rates = body.differentiate(time, q)
    moments = body.inverse_dynamics(generic, q, rates, loads)
    right = body.static_optimisation(generic, q, rates.velocity, moments, side="right")
"""

from gerdy.body.dynamics import Loads, MotionRates, differentiate, inverse_dynamics
from gerdy.body.hill import Capacity, muscle_capacity
from gerdy.body.kinematics import BodyJacobian, BodyPoses, forward, jacobian
from gerdy.body.model import CompiledBody, Coordinate, Place, load, save
from gerdy.body.muscles import MuscleGeometry, muscle_geometry
from gerdy.body.optimise import MuscleForces, static_optimisation
from gerdy.body.paths import path_lengths, path_moment_arms
from gerdy.body.scaled_body import scaled_body
from gerdy.body.sharing import Sharing, share_load

__all__ = [
    "BodyJacobian",
    "BodyPoses",
    "Capacity",
    "CompiledBody",
    "Coordinate",
    "Loads",
    "MotionRates",
    "MuscleForces",
    "MuscleGeometry",
    "Place",
    "Sharing",
    "differentiate",
    "forward",
    "inverse_dynamics",
    "jacobian",
    "load",
    "muscle_capacity",
    "muscle_geometry",
    "path_lengths",
    "path_moment_arms",
    "save",
    "scaled_body",
    "share_load",
    "static_optimisation",
]
