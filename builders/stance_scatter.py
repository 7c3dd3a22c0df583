"""Print how much one stance differs from the next: ``python builders/stance_scatter.py ../shared/data``.

The figures of ``evidence/sets/fukuchi2017_stances.toml``, from the runners of the norm (see ``builders/norms.py``).
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from gerdy.motion.stance_curves import COORDINATES
from norms import legs_of, uninjured


def main(shared: Path) -> None:
    """Print the root mean square over legs and points of the standard deviation over stances."""
    legs = [leg for folder, row in uninjured(shared) for leg in legs_of(folder, row)]
    angle = np.degrees(np.sqrt(np.mean([curves.q.var(axis=0, ddof=1).mean(axis=0) for curves, _ in legs], axis=0)))
    moment = np.sqrt(np.mean([length**2 * _variance(curves.moments) for curves, length in legs], axis=0))
    duration = 1000 * np.sqrt(np.mean([curves.duration_s.var(ddof=1) for curves, _ in legs]))
    for name, degrees, nm_kg in zip(COORDINATES, angle, moment, strict=True):
        print(f"{name:<16} {degrees:6.2f} deg {nm_kg:7.3f} N·m/kg")
    print(f"duration of stance {duration:.1f} ms, {len(legs)} legs")


def _variance(moments: np.ndarray | None) -> np.ndarray:
    if moments is None:
        sys.exit("A trial gave no joint moments; the scatter needs them.")
    return np.asarray(moments.var(axis=0, ddof=1).mean(axis=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
