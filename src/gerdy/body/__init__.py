"""A compiled musculoskeletal body: skeleton, muscle paths, muscle forces."""

from gerdy.body.kinematics import BodyJacobian, BodyPoses, forward, jacobian
from gerdy.body.model import CompiledBody, Coordinate, load, save

__all__ = [
    "BodyJacobian",
    "BodyPoses",
    "CompiledBody",
    "Coordinate",
    "forward",
    "jacobian",
    "load",
    "save",
]
