"""``gerdy export-model``: a body with its band as an OpenSim model, opened again and measured."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gerdy.band.export import add_band, strand_names
from gerdy.band.geometry import band_geometry
from gerdy.band.priors import central_draw
from gerdy.body import load
from gerdy.body.compiler import opensim
from gerdy.body.compiler.oracle import Oracle
from gerdy.body.compiler.wraps import check_curves
from gerdy.body.compiler.writer import opensim_model
from gerdy.body.kinematics import forward
from gerdy.body.marker_maps import load_marker_map
from gerdy.body.paths import muscles_of, path_lengths
from gerdy.errors import OutputBlocked, RecordingError
from gerdy.motion.joint_motion import fit_body
from gerdy.pipelines.sources_of_motion import open_static
from gerdy.pipelines.validate import bundled_motion
from gerdy.quantities import SIDES
from gerdy.recordings import read
from gerdy.recordings.marker_sets import recognise

if TYPE_CHECKING:
    from gerdy.band.design import Draw
    from gerdy.body.model import CompiledBody
    from gerdy.quantities import Array, Flags

__all__ = ["Agreement", "export_model", "runners_body"]

EVERY: Final = 5
"""Every fifth frame of the bundled run is compared: more than 200 poses of whole strides."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far one quantity of the written model is from ours, in millimetres.

    Parameters
    ----------
    quantity : in words
    largest_mm, rms_mm : over poses
    poses : in how many it was so
    """

    quantity: str
    largest_mm: float
    rms_mm: float
    poses: int

    def to_json(self) -> dict[str, Any]:
        """Return one entry of ``gerdy/exported-model/1``."""
        return {
            "quantity": self.quantity,
            "largest_mm": self.largest_mm,
            "rms_mm": self.rms_mm,
            "poses": self.poses,
        }


def export_model(body: CompiledBody, out: Path) -> tuple[Agreement, ...]:
    """Write a body with the band it is believed to have, open the file in OpenSim, and measure.

    Parameters
    ----------
    body : with muscles
    out : file to write (.osim); replaced whole or not at all

    Returns
    -------
    What was compared, on poses of the bundled run

    Raises
    ------
    MissingExtra : the library opensim is not installed
    BodyError : the body cannot be written without changing it
    OutputBlocked : the place cannot be written
    """
    if not out.resolve().parent.is_dir():
        raise OutputBlocked(f"{out.parent} is not a folder; make it first, or choose another --out.")
    draw = central_draw(body)
    model = opensim_model(body)
    add_band(model, body, draw)
    try:
        with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.resolve().parent) as folder:
            draft = Path(folder) / out.name
            model.printToXML(str(draft))
            found = agreement(draft, body, draw, bundled_motion()[1].poses.q[::EVERY])
            draft.replace(out)
    except OSError as error:
        raise OutputBlocked(f"{out} cannot be written: {error.strerror}. Nothing was changed.") from error
    return found


def agreement(file: Path, body: CompiledBody, draw: Draw, q: Array) -> tuple[Agreement, ...]:
    """Open a written model and compare segments, muscle paths and strands with ours.

    Parameters
    ----------
    file : the model
    body, draw : what it was written from
    q : (poses, coordinates)
    """
    model = opensim().Model(str(file))
    oracle = Oracle(model, body)
    check_curves(model, body)
    q = q[np.isfinite(q).all(axis=1)]
    places = 1000 * (oracle.poses(q).position - forward(body, q).position)
    theirs = _lengths(oracle, q)
    through_strand = {name for side in SIDES for name in strand_names(side)}
    plain = tuple(name for name in muscles_of(body).names if name not in through_strand)
    ours = path_lengths(body, q, plain, as_opensim=True)
    muscles = 1000 * (np.stack([theirs[name] for name in plain], axis=1) - ours)
    rows = [_row("place of segments", places), _row("length of muscle paths", muscles)]
    strand, contact = _strand_errors(theirs, body, draw, q)
    rows += [
        _row(f"length of strands, {words}", strand[where], int(where.any(axis=1).sum()))
        for words, where in (("lying on the epicondyle", contact), ("free of it", ~contact))
        if where.any()
    ]
    return tuple(rows)


def _strand_errors(theirs: dict[str, Array], body: CompiledBody, draw: Draw, q: Array) -> tuple[Array, Flags]:
    """Errors in mm, and whether the strand lies on the epicondyle, both (poses, sides x paths)."""
    errors, contacts = [], []
    for side in SIDES:
        band = band_geometry(body, q, draw.designs[side], side)
        lengths = np.stack([theirs[name] for name in strand_names(side)], axis=1)
        errors.append(1000 * (lengths - band.length))
        contacts.append(band.contact[:, [0, 1, 1, 1, 2]])
    return np.concatenate(errors, axis=1), np.concatenate(contacts, axis=1)


def _lengths(oracle: Oracle, q: Array) -> dict[str, Array]:
    """Path lengths by name, (poses,) m each: muscles, and the crest strands, which are springs."""
    found = dict(zip((muscle.getName() for muscle in oracle.muscles), oracle.lengths(q).T, strict=True))
    for name in (strand_names(side)[-1] for side in SIDES):
        spring = opensim().PathSpring.safeDownCast(oracle.model.getForceSet().get(name))
        found[name] = np.array([spring.getLength(oracle.state) for _ in oracle.each(q)])
    return found


def _row(quantity: str, error_mm: Array, poses: int | None = None) -> Agreement:
    flat = np.abs(error_mm)
    return Agreement(quantity, float(flat.max()), float(np.sqrt((flat**2).mean())), poses or len(error_mm))


def runners_body(static: Path, mass_kg: float | None) -> CompiledBody:
    """Return the shipped body scaled to a runner, muscles too, from a standing trial.

    Parameters
    ----------
    static : C3D or TRC with a known marker set
    mass_kg : None keeps the generic mass

    Raises
    ------
    RecordingError : the file holds no markers, or no marker set that gerdy can scale from
    """
    markers = read(static).data.markers
    if markers is None:
        raise RecordingError(
            f"{static.name} holds no markers; a standing trial (C3D or TRC) is needed to scale a body."
        )
    standing = open_static(static, recognise(markers.labels)).markers
    marker_map = load_marker_map(recognise(markers.labels).name)
    runner = fit_body(load(), marker_map, standing.labels, static=standing, mass_kg=mass_kg, muscles=True)
    return runner.body
