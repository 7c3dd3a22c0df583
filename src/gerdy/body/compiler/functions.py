"""The table of functions: everything a joint axis can do, as piecewise polynomials."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.polynomial import polynomial

from gerdy.body.compiler import opensim
from gerdy.errors import BodyError


class Piecewise(NamedTuple):
    """Polynomial pieces: breaks (pieces - 1,), base (pieces,), coefficients per piece, lowest power first."""

    breaks: tuple[float, ...]
    base: tuple[float, ...]
    coefficients: tuple[tuple[float, ...], ...]

    def reflected(self) -> Piecewise:
        """Return the function of -x."""
        flipped = [tuple(c * (-1) ** k for k, c in enumerate(piece)) for piece in self.coefficients]
        return Piecewise(
            tuple(-x for x in reversed(self.breaks)),
            tuple(-x for x in reversed(self.base)),
            tuple(reversed(flipped)),
        )


ZERO = Piecewise((), (0.0,), ((0.0,),))
IDENTITY = Piecewise((), (0.0,), ((0.0, 1.0),))


@dataclass
class FunctionTable:
    """Collects the functions of a model; equal ones share a row."""

    rows: list[Piecewise] = field(default_factory=lambda: [ZERO])

    def add(self, function: Piecewise) -> int:
        """Return the row of a function, appended where it is new."""
        if function not in self.rows:
            self.rows.append(function)
        return self.rows.index(function)

    def arrays(self) -> dict[str, np.ndarray]:
        """Pad the table to common pieces and order."""
        pieces = max(len(f.base) for f in self.rows)
        order = max(len(c) for f in self.rows for c in f.coefficients)
        breaks = np.full((len(self.rows), pieces - 1), np.inf)
        base = np.zeros((len(self.rows), pieces))
        coefficient = np.zeros((len(self.rows), pieces, order))
        for i, f in enumerate(self.rows):
            breaks[i, : len(f.breaks)] = f.breaks
            base[i, : len(f.base)] = f.base
            for k, piece in enumerate(f.coefficients):
                coefficient[i, k, : len(piece)] = piece
        return {"function_break": breaks, "function_base": base, "function_coefficient": coefficient}


def read_function(function: Any) -> tuple[Piecewise, float]:
    """Turn an OpenSim function of one variable into pieces and an outer scale.

    Raises
    ------
    BodyError
        The function is of a kind that models of the Rajagopal family do not use.
    """
    osim = opensim()
    kind = function.getConcreteClassName()
    if kind == "MultiplierFunction":
        outer = osim.MultiplierFunction.safeDownCast(function)
        inner, scale = read_function(outer.getFunction())
        return inner, scale * outer.getScale()
    if kind == "Constant":
        return Piecewise((), (0.0,), ((_value(function, 0.0),),)), 1.0
    if kind == "LinearFunction":
        intercept = _value(function, 0.0)
        return Piecewise((), (0.0,), ((intercept, _value(function, 1.0) - intercept),)), 1.0
    if kind == "PolynomialFunction":
        stored = osim.PolynomialFunction.safeDownCast(function).getCoefficients()
        powers = tuple(float(stored.get(i)) for i in reversed(range(stored.size())))
        return Piecewise((), (0.0,), (powers,)), 1.0
    if kind == "MultivariatePolynomialFunction":
        return _first_variable(osim.MultivariatePolynomialFunction.safeDownCast(function)), 1.0
    if kind == "SimmSpline":
        return _spline(osim.SimmSpline.safeDownCast(function)), 1.0
    raise BodyError(
        f"A joint uses the function {kind}; gerdy compiles Constant, Linear, Polynomial, SimmSpline and "
        "Multiplier functions. Replace it in the model, for example by a polynomial fit."
    )


def fitted_polynomial(function: Piecewise, low: float, high: float, degree: int) -> tuple[Piecewise, float]:
    """Replace pieces by one polynomial over [low, high]; return it and the largest difference."""
    x = np.linspace(low, high, 400)
    y = np.array([evaluate(function, value) for value in x])
    fit = polynomial.Polynomial.fit(x, y, degree).convert().coef
    worst = float(np.abs(polynomial.polyval(x, fit) - y).max())
    return Piecewise((), (0.0,), (tuple(float(c) for c in fit),)), worst


def evaluate(function: Piecewise, x: float) -> float:
    """Value of a piecewise polynomial at x; the readable twin of the kernel."""
    piece = sum(x >= b for b in function.breaks)
    return float(polynomial.polyval(x - function.base[piece], function.coefficients[piece]))


def _spline(spline: Any) -> Piecewise:
    """Cubic pieces between the knots and straight lines beyond them, as OpenSim continues a SimmSpline."""
    x = [spline.getX(i) for i in range(spline.getNumberOfPoints())]
    y = [_value(spline, v) for v in x]
    slope = [_slope(spline, v) for v in x]
    inner = []
    for i in range(len(x) - 1):
        h, secant = x[i + 1] - x[i], (y[i + 1] - y[i]) / (x[i + 1] - x[i])
        inner.append(
            (
                y[i],
                slope[i],
                (3 * secant - 2 * slope[i] - slope[i + 1]) / h,
                (slope[i] + slope[i + 1] - 2 * secant) / h**2,
            )
        )
    pieces = ((y[0], slope[0]), *inner, (y[-1], slope[-1]))
    return Piecewise(tuple(x), (x[0], *x[:-1], x[-1]), tuple(tuple(map(float, p)) for p in pieces))


def _first_variable(function: Any) -> Piecewise:
    """Find p of f(x, y) = p(x) + s y from samples, exact for a polynomial of its order."""
    order = max(int(function.getOrder()), 1)
    x = np.cos(np.pi * (np.arange(order + 1) + 0.5) / (order + 1))
    y = [function.calcValue(_vector(v, 0.0)) for v in x]
    fit = polynomial.polyfit(x, y, order)
    return Piecewise((), (0.0,), (tuple(float(c) for c in fit),))


def _vector(*values: float) -> Any:
    vector = opensim().Vector(len(values), 0.0)
    for i, v in enumerate(values):
        vector[i] = float(v)
    return vector


def _value(function: Any, x: float) -> float:
    return float(function.calcValue(_vector(x)))


def _slope(function: Any, x: float) -> float:
    first = opensim().StdVectorInt()
    first.push_back(0)
    return float(function.calcDerivative(first, _vector(x)))
