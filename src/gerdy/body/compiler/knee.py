"""Give the knee its adduction and its tibial rotation.

Rajagopal's knee has one coordinate: adduction and rotation follow flexion. Here both get an offset coordinate,
`knee_adduction_*` (varus positive) and `knee_rotation_*` (tibial internal rotation positive), so that zero is
the published knee exactly. The change is made in the model's own XML, so that OpenSim can open and check it.
"""

from __future__ import annotations

import copy
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, ElementTree, SubElement

import numpy as np
from defusedxml.ElementTree import parse

from gerdy.body.compiler import opensim
from gerdy.body.compiler.functions import Piecewise, fitted_polynomial
from gerdy.body.compiler.skeleton import read_joint
from gerdy.errors import BodyError
from gerdy.evidence import span, value

if TYPE_CHECKING:
    from gerdy.body.compiler.skeleton import Joint

OFFSETS = {"knee_adduction": (1.0, 0.0, 0.0), "knee_rotation": (0.0, 1.0, 0.0)}


def with_free_knee(model: Any) -> tuple[Any, list[str]]:
    """Return a copy of an OpenSim model whose knees also adduct and rotate.

    Parameters
    ----------
    model : an `opensim.Model` whose knees have one coordinate each

    Returns
    -------
    model, notes : the changed copy, and what was changed, in sentences

    Raises
    ------
    BodyError
        A knee's second and third rotation are not about its adduction and rotation axes.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.osim"
        model.printToXML(str(path))
        tree: ElementTree = parse(path)
        notes = [note for side in "rl" for note in _free(tree, model, side)]
        tree.write(path)
        return opensim().Model(str(path)), notes


def _free(tree: ElementTree, model: Any, side: str) -> list[str]:
    element = _knee_element(tree, side)
    joint = read_joint(model.getJointSet().get(str(element.get("name"))))
    _add_coordinates(element, side)
    notes = []
    for name, anatomical in OFFSETS.items():
        k, sign = _matching_axis(joint, model, anatomical, side)
        note = _add_offset(element, joint, k, sign, f"{name}_{side}")
        notes += [f"{name}_{side} added to {joint.name} as an offset; zero is the published knee.", *note]
    return notes


def _knee_element(tree: ElementTree, side: str) -> Element:
    for element in tree.iter("CustomJoint"):
        if any(c.get("name") == f"knee_angle_{side}" for c in element.iter("Coordinate")):
            return element
    raise BodyError(f"No CustomJoint carries knee_angle_{side}; expected a model of the Rajagopal family.")


def _add_coordinates(element: Element, side: str) -> None:
    block = element.find("coordinates")
    assert block is not None  # noqa: S101 - found through one of its coordinates
    for name in OFFSETS:
        coordinate = copy.deepcopy(block[0])
        coordinate.set("name", f"{name}_{side}")
        low, high = np.radians(span(f"house_body.{name}_range"))
        for tag, text in (("default_value", "0"), ("range", f"{low} {high}")):
            found = coordinate.find(tag)
            if found is None:
                found = SubElement(coordinate, tag)
            found.text = text
        block.append(coordinate)


def _matching_axis(joint: Joint, model: Any, anatomical: tuple[float, float, float], side: str) -> tuple[int, float]:
    """Which rotation axis is meant, and the sign that makes varus and internal rotation positive on this side."""
    state = model.initSystem()
    frame = model.getJointSet().get(joint.name).getParentFrame().getTransformInGround(state)
    rotation = frame.R()
    matrix = rotation.asMat33()
    R = np.array([[matrix.get(i, j) for j in range(3)] for i in range(3)])
    mirrored = 1.0 if side == "r" else -1.0
    along = {k: float(R @ np.array(joint.axes[k].direction) @ np.array(anatomical)) for k in (1, 2)}
    k = max(along, key=lambda i: abs(along[i]))
    if abs(along[k]) < value("house_body.knee_axis_alignment"):
        raise BodyError(
            f"Joint {joint.name} has no rotation axis near {anatomical} (best {along[k]:.2f} of 1); the knee "
            "cannot be freed. Compile it as published: gerdy compile --knee published."
        )
    return k, mirrored * float(np.sign(along[k]))


def _add_offset(element: Element, joint: Joint, k: int, sign: float, name: str) -> list[str]:
    axis = joint.axes[k]
    notes = []
    function = axis.function
    if len(function.base) > 1:
        low, high = np.radians(span("house_body.knee_angle_range"))
        function, worst = fitted_polynomial(function, low, high, int(value("house_body.knee_spline_degree")))
        notes.append(
            f"{joint.name} rotation{k + 1} spline replaced by a polynomial, largest difference "
            f"{np.degrees(worst):.4f} degrees."
        )
    transform = next(t for t in element.iter("TransformAxis") if t.get("name") == f"rotation{k + 1}")
    for child in [c for c in transform if c.tag != "axis"]:
        transform.remove(child)
    names = Element("coordinates")
    names.text = " ".join((*axis.coordinates, name))
    transform.insert(0, names)
    transform.append(_plane(function, axis.scale, sign))
    return notes


def _plane(function: Piecewise, scale: float, sign: float) -> Element:
    """Write p(x) + sign * y as OpenSim's two-variable polynomial."""
    powers = [scale * c for c in function.coefficients[0]]
    order = max(len(powers) - 1, 1)
    powers += [0.0] * (order + 1 - len(powers))
    terms = [
        powers[i] if j == 0 else (sign if (i, j) == (0, 1) else 0.0)
        for i in range(order + 1)
        for j in range(order + 1 - i)
    ]
    element = Element("MultivariatePolynomialFunction", {"name": "function"})
    for tag, text in (
        ("coefficients", " ".join(repr(float(t)) for t in terms)),
        ("dimension", "2"),
        ("order", str(order)),
    ):
        SubElement(element, tag).text = text
    return element
