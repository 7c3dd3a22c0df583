"""Hip joint centres that no marker shows, predicted from the pelvis.

References
----------
.. [Harrington2007] Harrington ME et al. (2007). Prediction of the hip joint centre in adults, children, and patients
   with cerebral palsy based on magnetic resonance imaging. Journal of Biomechanics 40:595-602.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from gerdy.errors import BodyError
from gerdy.evidence import value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.body.marker_maps import MarkerMap
    from gerdy.quantities import Array

__all__ = ["hip_joint_centres", "with_hip_centres"]


def hip_joint_centres(asis_r: Array, asis_l: Array, psis_r: Array, psis_l: Array) -> tuple[Array, Array]:
    """Predict the right and left hip joint centre from four pelvic markers.

    Parameters
    ----------
    asis_r, asis_l, psis_r, psis_l : (..., 3) m, any right-handed frame; NaN gives NaN

    Returns
    -------
    right, left : (..., 3) m, in the same frame

    Notes
    -----
    The equations were found on bone; markers stand off it by skin and half a marker, which is not corrected.

    References
    ----------
    [Harrington2007]_ single-variable equations.
    """
    front, back = (asis_r + asis_l) / 2.0, (psis_r + psis_l) / 2.0
    z = _unit(asis_r - asis_l)
    up = _unit(np.cross(z, front - back))
    x = np.cross(up, z)
    width = np.linalg.norm(asis_r - asis_l, axis=-1, keepdims=True)
    depth = np.linalg.norm(front - back, axis=-1, keepdims=True)
    along = {
        axis: value(f"harrington2007.hip_{axis}_per_{of}") * size + value(f"harrington2007.hip_{axis}_offset") / 1000.0
        for axis, of, size in (("x", "pelvic_depth", depth), ("y", "pelvic_width", width), ("z", "pelvic_width", width))
    }
    middle = front + along["x"] * x + along["y"] * up
    return middle + along["z"] * z, middle - along["z"] * z


def with_hip_centres(marker_map: MarkerMap, labels: Sequence[str], xyz_m: Array) -> tuple[tuple[str, ...], Array]:
    """Add predicted hip centres to a recording whose marker map asks for them.

    Parameters
    ----------
    marker_map : a map with `hip_centres` *harrington2007* names its pelvic markers ``R.ASIS`` … and gets ``R.HJC``
    labels, xyz_m : labels and (frames, markers, 3) m

    Returns
    -------
    labels, xyz_m : with two more markers, or unchanged where the map measures hip centres

    Raises
    ------
    BodyError : a pelvic marker is missing
    """
    labels = tuple(labels)
    if marker_map.hip_centres == "measured":
        return labels, xyz_m
    need = ("R.ASIS", "L.ASIS", "R.PSIS", "L.PSIS")
    if absent := [label for label in need if label not in labels]:
        raise BodyError(
            f"The static trial lacks {', '.join(absent)}; both ASIS and both PSIS are needed to place the hip joints. "
            "Use a static trial that shows them, or scale from height."
        )
    right, left = hip_joint_centres(*(xyz_m[:, labels.index(label)] for label in need))
    return (*labels, "R.HJC", "L.HJC"), np.concatenate([xyz_m, right[:, None], left[:, None]], axis=1)


def _unit(vector: Array) -> Array:
    unit: Array = vector / np.linalg.norm(vector, axis=-1, keepdims=True)
    return unit
