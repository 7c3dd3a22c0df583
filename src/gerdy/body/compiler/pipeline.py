"""Compile a model: read, fit, measure; one verb."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import numpy as np

from gerdy.body.compiler import opensim
from gerdy.body.compiler.certificate import KNEE_NOTE, measure
from gerdy.body.compiler.knee import with_free_knee
from gerdy.body.compiler.muscles import read_hill, read_muscles, read_paths
from gerdy.body.compiler.oracle import Oracle
from gerdy.body.compiler.skeleton import read_skeleton
from gerdy.body.model import CompiledBody, Place
from gerdy.body.muscle_arrays import Muscles
from gerdy.body.surrogates import empty_surrogates, with_surrogates
from gerdy.body.tables import place
from gerdy.errors import BodyError
from gerdy.evidence import registry

Knee: TypeAlias = Literal["free", "published"]
KNEES: Final[tuple[Knee, ...]] = ("free", "published")
LANDMARKS: Final = "rajagopal2016_landmarks"


def compile_model(path: str | Path, *, knee: Knee = "free", by: str = "not stated") -> CompiledBody:
    """Compile an OpenSim model of the Rajagopal family into a body, with its error certificate.

    Parameters
    ----------
    path : an .osim file; any scaled subject; Millard muscles, fixed path points, cylinders
    knee : ``free`` adds knee adduction and tibial rotation as offsets to the published knee and unlocks the
        subtalar joint; ``published`` leaves every joint and lock as it is
    by : the version of gerdy, for the certificate

    Returns
    -------
    CompiledBody

    Raises
    ------
    MissingExtra
        The library opensim is not installed.
    BodyError
        The file is not a model, or uses something the family does not.
    """
    if knee not in KNEES:
        raise BodyError(f"Unknown knee '{knee}'; expected one of {', '.join(KNEES)}.")
    source = Path(path)
    model = _open(source)
    read_muscles(model)
    notes: list[str] = []
    if knee == "free":
        _unlock_subtalar(model, notes)
        model, notes = _freed(model, notes)
    model.initSystem()
    body, converted = read_skeleton(model)
    turned = [note.split()[0] for note in converted]
    body = body.replace(
        landmarks=landmarks(body, model),
        certificate={"turned_coordinates": turned},
        muscles=_muscles(model, body),
    )
    body = with_surrogates(body)
    about = _about(source, knee, by, [*notes, *converted, KNEE_NOTE], turned)
    return body.replace(certificate=about | {"checks": measure(body, Oracle(model, body))})


def landmarks(body: CompiledBody, model: Any) -> tuple[Place, ...]:
    """Bony landmarks of the generic meshes, carried with the model's own scale factors from its mesh geometry.

    Both sides are given; the left is the right mirrored.
    """
    places = []
    for key, item in registry().entries.items():
        if not key.startswith(LANDMARKS + "."):
            continue
        bone_r, (x, y, z) = place(key)
        name = key.split(".")[1]
        for side, sign in (("r", 1.0), ("l", -1.0)):
            bone = bone_r.replace("_r", f"_{side}")
            if bone in body.bodies:
                fx, fy, fz = _mesh_scale(model, bone)
                places.append(
                    Place(f"{name}_{side}", bone, (x * fx, y * fy, sign * z * fz), fixed=True, source=item.key)
                )
    return tuple(places)


def _mesh_scale(model: Any, bone: str) -> tuple[float, float, float]:
    """Scale factors of a bone's first mesh: one in a generic model, the segment's in a scaled one."""
    frame = model.getBodySet().get(bone)
    if frame.getPropertyByName("attached_geometry").size() == 0:
        return 1.0, 1.0, 1.0
    factors = frame.get_attached_geometry(0).get_scale_factors()
    return float(factors.get(0)), float(factors.get(1)), float(factors.get(2))


def _open(source: Path) -> Any:
    library = opensim()
    if not source.is_file():
        raise BodyError(f"{source} was not found; expected an OpenSim model (.osim).")
    try:
        model = library.Model(str(source))
        model.initSystem()
    except RuntimeError as problem:
        first = str(problem).splitlines()[0]
        raise BodyError(
            f"{source} could not be opened as an OpenSim model ({first}). Open it in OpenSim to see what is wrong."
        ) from problem
    return model


def _unlock_subtalar(model: Any, notes: list[str]) -> None:
    for side in "rl":
        name = f"subtalar_angle_{side}"
        if model.getCoordinateSet().contains(name) and model.getCoordinateSet().get(name).get_locked():
            model.getCoordinateSet().get(name).set_locked(False)
            notes.append(f"{name} was locked in the model; free here.")


def _freed(model: Any, notes: list[str]) -> tuple[Any, list[str]]:
    model.finalizeConnections()
    changed, more = with_free_knee(model)
    return changed, notes + more


def _muscles(model: Any, body: CompiledBody) -> Muscles:
    muscles = read_muscles(model)
    paths = read_paths(muscles, body.bodies)
    return Muscles(
        names=tuple(m.getName() for m in muscles),
        paths=paths,
        hill=read_hill(muscles),
        surrogates=empty_surrogates(),
        sequential=np.diff(paths.wrap_start) > 1,
        compatible=empty_surrogates(),
    )


def _about(source: Path, knee: Knee, by: str, notes: list[str], turned: list[str]) -> dict[str, Any]:
    return {
        "model_file": source.name,
        "model_sha256": hashlib.sha256(source.read_bytes()).hexdigest(),
        "gerdy": by,
        "opensim": version("opensim"),
        "knee": knee,
        "notes": notes,
        "turned_coordinates": turned,
    }
