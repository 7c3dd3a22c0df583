"""OpenSim as the oracle: the same questions that gerdy's kernels answer, asked of the model itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from gerdy.body.compiler import opensim
from gerdy.body.compiler.muscles import read_muscles
from gerdy.body.compiler.skeleton import items
from gerdy.body.kinematics import BodyPoses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gerdy.body.model import CompiledBody
    from gerdy.quantities import Array


class Oracle:
    """An OpenSim model that takes poses in a compiled body's order.

    Parameters
    ----------
    model : an `opensim.Model`; its locks are opened
    body : compiled from it; only names, order and couplers are used
    """

    def __init__(self, model: Any, body: CompiledBody) -> None:
        self.model, self.body = model, body
        for coordinate in items(model.getCoordinateSet()):
            coordinate.set_locked(False)
            coordinate.set_clamped(False)
        self.state = model.initSystem()
        self.muscles = read_muscles(model)
        self._coordinates = {c.getName(): c for c in items(model.getCoordinateSet())}
        turned = body.certificate.get("turned_coordinates", ())
        self._sign = {name: -1.0 if name in turned else 1.0 for name in self._coordinates}

    def poses(self, q: Array) -> BodyPoses:
        """Pose of every body, as `gerdy.body.forward` gives it."""
        found = [[self._pose(name) for name in self.body.bodies] for _ in self._frames(q)]
        rotation = np.array([[R for R, _ in frame] for frame in found])
        return BodyPoses(rotation, np.array([[p for _, p in frame] for frame in found]))

    def lengths(self, q: Array) -> Array:
        """Path lengths (frames, muscles), m."""
        return np.array([[m.getLength(self.state) for m in self.muscles] for _ in self._frames(q)])

    def moment_arms(self, q: Array, coordinates: tuple[str, ...]) -> Array:
        """Moment arms (frames, muscles, coordinates), m per rad."""
        return np.array(
            [
                [
                    [
                        self._sign[c] * m.computeMomentArm(self.state, self._coordinates[c])
                        if m.getName()[-2:] == c[-2:]
                        else 0.0
                        for c in coordinates
                    ]
                    for m in self.muscles
                ]
                for _ in self._frames(q)
            ]
        )

    def capacities(self, q: Array, velocity: Array) -> Array:
        """Active force at full activation with a rigid tendon (frames, muscles), N, as static optimisation uses it."""
        rows = []
        for _ in self._frames(q, velocity):
            self.model.realizeVelocity(self.state)
            rows.append([m.calcInextensibleTendonActiveFiberForce(self.state, 1.0) for m in self.muscles])
        return np.array(rows)

    def generalised_forces(self, q: Array, velocity: Array, acceleration: Array) -> Array:
        """Generalised forces without loads (frames, coordinates); a dependent coordinate's joins its driver's."""
        solver = opensim().InverseDynamicsSolver(self.model)
        for muscle in self.muscles:
            muscle.set_appliesForce(False)
        self.state = self.model.initSystem()
        order = self._mobility_order()
        rows = []
        for f, _ in enumerate(self._frames(q, velocity)):
            full = self._with_dependents(q[f], velocity[f], acceleration[f])
            udot = opensim().Vector(len(order), 0.0)
            for i, name in enumerate(order):
                udot[i] = full[name][2]
            found = solver.solve(self.state, udot)
            tau = {name: self._sign[name] * found.get(i) for i, name in enumerate(order)}
            rows.append(self._joined(tau, full))
        return np.array(rows)

    def each(self, q: Array) -> Iterator[None]:
        """Set the state to each pose in turn, for questions of the caller's own."""
        return self._frames(q)

    def _mobility_order(self) -> list[str]:
        """Coordinates in the order of OpenSim's own speeds, found by setting one speed at a time."""
        place = {}
        for name, coordinate in self._coordinates.items():
            self.state.updU().setToZero()
            coordinate.setSpeedValue(self.state, 1.0)
            speeds = self.state.getU()
            place[name] = next(i for i in range(speeds.size()) if speeds.get(i) != 0.0)
        return sorted(place, key=lambda name: place[name])

    def _joined(self, tau: dict[str, float], full: dict[str, tuple[float, float, float, float]]) -> list[float]:
        names = self.body.coordinate_names
        total = [tau[name] for name in names]
        for d, name in enumerate(self.body.dependents):
            total[self.body.skeleton.driver[d]] += full[name][3] * tau[name]
        return total

    def _frames(self, q: Array, velocity: Array | None = None) -> Iterator[None]:
        """Set the state to each pose in turn."""
        for f, pose in enumerate(q):
            rates = np.zeros_like(pose) if velocity is None else velocity[f]
            for name, (x, u, _, _) in self._with_dependents(pose, rates, np.zeros_like(pose)).items():
                self._coordinates[name].setValue(self.state, x, False)
                if velocity is not None:
                    self._coordinates[name].setSpeedValue(self.state, u)
            if velocity is None:
                self.model.realizePosition(self.state)
            else:
                self.model.realizeVelocity(self.state)
            yield

    def _with_dependents(
        self, q: Array, velocity: Array, acceleration: Array
    ) -> dict[str, tuple[float, float, float, float]]:
        """Value, velocity, acceleration and slope to its driver of every coordinate, in the model's own sign."""
        skeleton = self.body.skeleton
        full: dict[str, tuple[float, float, float, float]] = {}
        for name, x, u, a in zip(self.body.coordinate_names, q, velocity, acceleration, strict=True):
            sign = self._sign[name]
            full[name] = (sign * float(x), sign * float(u), sign * float(a), 1.0)
        for d, name in enumerate(self.body.dependents):
            j = skeleton.driver[d]
            y, dy, ddy = _derivatives(skeleton, int(skeleton.driver_function[d]), float(q[j]))
            u, a = float(velocity[j]), float(acceleration[j])
            full[name] = (y, dy * u, ddy * u**2 + dy * a, dy)
        return full

    def _pose(self, name: str) -> tuple[Array, Array]:
        transform = self.model.getBodySet().get(name).getTransformInGround(self.state)
        rotation, position = transform.R(), transform.p()
        matrix = rotation.asMat33()
        R = np.array([[matrix.get(i, j) for j in range(3)] for i in range(3)])
        return R, np.array([position.get(i) for i in range(3)])


def _derivatives(skeleton: Any, row: int, x: float) -> tuple[float, float, float]:
    piece = int((x >= skeleton.function_break[row]).sum())
    u = x - skeleton.function_base[row, piece]
    p = np.polynomial.Polynomial(skeleton.function_coefficient[row, piece])
    return float(p(u)), float(p.deriv(1)(u)), float(p.deriv(2)(u))
