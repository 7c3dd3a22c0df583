"""The compiled body: frozen arrays that a versioned `.npz` holds."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass, field, fields, replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from gerdy.errors import BodyError, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gerdy.body.muscle_arrays import Muscles

FORMAT_VERSION = 1
GENERIC = "laiuhlrich2022.npz"


class Skeleton(NamedTuple):
    """The joint tree as plain arrays; Numba kernels take it whole.

    Body b hangs on body `parent[b]` (-1 is ground; parents come first) by one joint. The joint frame sits at
    `parent_position`, `parent_rotation` in the parent and at `child_position`, `child_rotation` in the body.
    Between them lie three body-fixed rotations and three translations about and along `axis[b, k]`
    (k = 0-2 rotations, 3-5 translations), each of value
    `axis_scale * function(coordinate) + offset_sign * offset_coordinate`.
    A coordinate index below `n` is independent (a column of q); the ones above are dependent (the patella).
    """

    parent: np.ndarray  # (bodies,) int
    parent_rotation: np.ndarray  # (bodies, 3, 3)
    parent_position: np.ndarray  # (bodies, 3) m
    child_rotation: np.ndarray  # (bodies, 3, 3)
    child_position: np.ndarray  # (bodies, 3) m
    axis: np.ndarray  # (bodies, 6, 3) unit vectors in the joint frame
    axis_function: np.ndarray  # (bodies, 6) int, row of the function table
    axis_scale: np.ndarray  # (bodies, 6)
    axis_coordinate: np.ndarray  # (bodies, 6) int, -1 where the function is constant
    offset_coordinate: np.ndarray  # (bodies, 6) int, -1 where there is none
    offset_sign: np.ndarray  # (bodies, 6)
    driver: np.ndarray  # (dependents,) int, independent coordinate that drives it
    driver_function: np.ndarray  # (dependents,) int
    function_break: np.ndarray  # (functions, pieces - 1), +inf past the last piece
    function_base: np.ndarray  # (functions, pieces)
    function_coefficient: np.ndarray  # (functions, pieces, order), lowest power first, about the base
    mass: np.ndarray  # (bodies,) kg
    mass_center: np.ndarray  # (bodies, 3) m
    inertia: np.ndarray  # (bodies, 3, 3) kg m2 about the mass centre, in the body frame
    gravity: np.ndarray  # (3,) m/s2


@dataclass(frozen=True)
class Coordinate:
    """One independent coordinate, in OpenSim's name and sign."""

    name: str
    kind: str  # "rotation" (rad) or "translation" (m)
    minimum: float
    maximum: float
    default: float
    locked: bool


@dataclass(frozen=True)
class Place:
    """A named point fixed to a body: a marker of the model or a bony landmark."""

    name: str
    body: str
    position: tuple[float, float, float]  # m, in the body frame
    fixed: bool = False
    source: str = ""


@dataclass(frozen=True, eq=False)
class CompiledBody:
    """A whole body, compiled: everything gerdy needs of a model, without OpenSim.

    Attributes
    ----------
    name : the model's name
    skeleton : joint tree and inertias
    bodies : names, in the order of the skeleton's rows
    coordinates : the independent coordinates, in the order of the columns of q
    dependents : names of coordinates that follow another one
    markers, landmarks : named points fixed to bodies
    muscles : geometry, capacity and path declarations; None for a bare skeleton
    certificate : how the file was made and how far it is from OpenSim
    """

    name: str
    skeleton: Skeleton
    bodies: tuple[str, ...]
    coordinates: tuple[Coordinate, ...]
    dependents: tuple[str, ...] = ()
    markers: tuple[Place, ...] = ()
    landmarks: tuple[Place, ...] = ()
    muscles: Muscles | None = None
    certificate: Mapping[str, Any] = field(default_factory=dict)

    @property
    def coordinate_names(self) -> tuple[str, ...]:
        """Names of the columns of q, in order."""
        return tuple(c.name for c in self.coordinates)

    @property
    def mass(self) -> float:
        """Mass of the whole body, kg."""
        return float(self.skeleton.mass.sum())

    def body_index(self, name: str) -> int:
        """Row of a body; raises BodyError with the nearest names."""
        return _position(name, self.bodies, "body")

    def coordinate_index(self, name: str) -> int:
        """Column of a coordinate in q; raises BodyError with the nearest names."""
        return _position(name, self.coordinate_names, "coordinate")

    def default_pose(self, frames: int = 1) -> np.ndarray:
        """Return the model's own default pose, (frames, coordinates), rad and m."""
        return np.tile([c.default for c in self.coordinates], (frames, 1))

    def replace(self, **changes: Any) -> CompiledBody:
        """Return a copy with some fields changed."""
        return replace(self, **changes)


def save(body: CompiledBody, path: str | Path) -> None:
    """Write a compiled body as one compressed, versioned `.npz` (no pickles inside).

    Parameters
    ----------
    body : what to write
    path : file to write; replaced whole or not at all
    """
    path = Path(path)
    arrays = {f"skeleton.{k}": v for k, v in body.skeleton._asdict().items()}
    if body.muscles is not None:
        arrays |= {f"muscles.{k}": v for k, v in body.muscles.to_arrays().items()}
    partial = path.with_name(path.name + ".partial")
    with partial.open("wb") as stream:
        np.savez_compressed(stream, meta=np.array(_meta(body)), **arrays)
    partial.replace(path)


def load(path: str | Path | None = None) -> CompiledBody:
    """Read a compiled body.

    Parameters
    ----------
    path : a file that `gerdy compile` wrote; None is the generic body that gerdy ships

    Returns
    -------
    CompiledBody

    Raises
    ------
    BodyError
        The file is not a compiled body or was written by a newer gerdy.

    Examples
    --------
    >>> from gerdy import body
    >>> generic = body.load()
    >>> generic.coordinate_names[:3]
    ('pelvis_tilt', 'pelvis_list', 'pelvis_rotation')
    """
    if path is None:
        with resources.as_file(resources.files("gerdy.body") / "data" / GENERIC) as shipped:
            return _read(shipped)
    return _read(Path(path))


def _read(path: Path) -> CompiledBody:
    try:
        # NumPy leaves a file open that it cannot read, so the stream is ours.
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        meta = json.loads(str(arrays.pop("meta")))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as problem:
        raise BodyError(
            f"{path} could not be read as a compiled body ({problem}); expected a .npz written by gerdy. "
            "Make one with: gerdy compile model.osim --out body.npz"
        ) from problem
    if meta["format"] != FORMAT_VERSION:
        raise BodyError(
            f"{path} has body format {meta['format']}; this gerdy reads format {FORMAT_VERSION}. "
            "Compile the model again, or update gerdy."
        )
    return _assemble(meta, arrays)


def _assemble(meta: dict[str, Any], arrays: dict[str, np.ndarray]) -> CompiledBody:
    def part(prefix: str) -> dict[str, np.ndarray]:
        return {k.removeprefix(prefix): v for k, v in arrays.items() if k.startswith(prefix)}

    muscles = part("muscles.")
    return CompiledBody(
        name=meta["name"],
        skeleton=Skeleton(**part("skeleton.")),
        bodies=tuple(meta["bodies"]),
        coordinates=tuple(Coordinate(**c) for c in meta["coordinates"]),
        dependents=tuple(meta["dependents"]),
        markers=_places(meta["markers"]),
        landmarks=_places(meta["landmarks"]),
        muscles=_muscles(muscles) if muscles else None,
        certificate=meta["certificate"],
    )


def _muscles(arrays: dict[str, np.ndarray]) -> Muscles:
    from gerdy.body.muscle_arrays import Muscles  # noqa: PLC0415 - muscles know the body, not the reverse

    return Muscles.from_arrays(arrays)


def _meta(body: CompiledBody) -> str:
    return json.dumps(
        {
            "format": FORMAT_VERSION,
            "name": body.name,
            "bodies": body.bodies,
            "coordinates": [_record(c) for c in body.coordinates],
            "dependents": body.dependents,
            "markers": [_record(m) for m in body.markers],
            "landmarks": [_record(m) for m in body.landmarks],
            "certificate": body.certificate,
        },
        sort_keys=True,
    )


def _record(thing: Coordinate | Place) -> dict[str, Any]:
    return {f.name: getattr(thing, f.name) for f in fields(thing)}


def _places(stored: Sequence[dict[str, Any]]) -> tuple[Place, ...]:
    return tuple(Place(**{**m, "position": tuple(m["position"])}) for m in stored)


def _position(name: str, names: tuple[str, ...], kind: str) -> int:
    if name not in names:
        raise BodyError(
            f"The body has no {kind} named '{name}'; nearest: {', '.join(nearest(name, names)) or 'none'}. "
            f"It has: {', '.join(names)}."
        )
    return names.index(name)
