"""Everything ``--out DIR`` holds: the report, its tables, and the motion for other programs.

The folder is made beside its final place and moved there when it is whole, so that a failure leaves nothing half.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from gerdy.errors import OutputBlocked
from gerdy.pipelines.legs import legs_of, write_legs
from gerdy.pipelines.reference import STANCES, stance_arrays
from gerdy.recordings.storage import write_coordinates, write_forces
from gerdy.recordings.trc import write_trc
from gerdy.report.page import report_html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gerdy.pipelines.analysis import Analysis
    from gerdy.pipelines.ranked_what_ifs import RankedWhatIfs
    from gerdy.quantities import Array

MARK: Final = "analysis.json"
"""A folder that holds this file was made by gerdy and may be replaced by gerdy."""


def write_folder(found: Analysis, out: Path, what_ifs: RankedWhatIfs | None = None) -> None:
    """Write report, tables and motion files into one folder.

    Parameters
    ----------
    what_ifs : ranked, for the report; None where they were not asked for

    Raises
    ------
    OutputBlocked : the place cannot be written, or holds something that gerdy did not make
    """
    with whole_folder(out) as folder:
        folder.joinpath(MARK).write_text(_json(found), encoding="utf-8")
        folder.joinpath("report.html").write_text(report_html(found, what_ifs=what_ifs), encoding="utf-8")
        strides = found.strides.to_dataframe().reset_index()
        strides.to_csv(folder / "strides.csv", index=False, float_format="%.6g")
        strides.to_parquet(folder / "strides.parquet", index=False)
        if found.motion.forces is not None:
            stances = found.stances.to_dataframe().reset_index()
            stances.to_csv(folder / "stances.csv", index=False, float_format="%.6g")
            stances.to_parquet(folder / "stances.parquet", index=False)
            write_forces(folder / "forces.mot", found.motion.forces)
        if found.coordinates is not None:
            write_coordinates(folder / "coordinates.mot", found.coordinates)
        if found.bands:
            np.savez_compressed(folder / "band_draws.npz", allow_pickle=False, **_draws(found))
        if found.curves:
            np.savez_compressed(folder / STANCES, allow_pickle=False, **stance_arrays(found.curves))
        write_legs(legs_of(found), folder)
        write_trc(folder / "markers.trc", found.markers)


def _draws(found: Analysis) -> dict[str, Array]:
    """Return every band outcome of every draw, so that two analyses can be compared draw by draw."""
    return {f"{side}.{path}": values for side, band in found.bands.items() for path, values in band.outcomes.items()}


@contextmanager
def whole_folder(out: Path, mark: str = MARK) -> Iterator[Path]:
    """Give a fresh folder that takes the place of `out` only when the block ends well.

    Parameters
    ----------
    out : where it shall stand
    mark : name of a file by which gerdy knows a folder that it made

    Raises
    ------
    OutputBlocked : the place cannot be written, or holds something that gerdy did not make
    """
    if out.exists() and not (out.is_dir() and (_is_empty(out) or out.joinpath(mark).exists())):
        raise OutputBlocked(
            f"{out} exists and was not made by gerdy; it is left as it is. Name a new or empty folder with --out."
        )
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as error:
        raise OutputBlocked(f"{out} cannot be written: {error.strerror}. Choose another folder with --out.") from error
    try:
        draft.chmod(0o755)
        yield draft
        _replace(out, draft)
    except OSError as error:
        raise OutputBlocked(f"{out} cannot be written: {error.strerror}. Nothing was changed.") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _replace(out: Path, draft: Path) -> None:
    """Put the new folder in place; the old one is only deleted once the new one stands."""
    old = draft.with_name(f"{draft.name}-old")
    if out.exists():
        out.rename(old)
    draft.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def _is_empty(folder: Path) -> bool:
    return next(folder.iterdir(), None) is None


def _json(found: Analysis) -> str:
    return json.dumps(found.to_json(), indent=2, ensure_ascii=False) + "\n"
