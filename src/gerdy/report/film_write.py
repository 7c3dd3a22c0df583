"""The folder of ``gerdy analyze FILM --out``: report, stills, annotated films, tables and key points."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from gerdy.quantities import SIDES
from gerdy.report.film_page import film_html
from gerdy.report.film_stills import stills
from gerdy.report.film_video import write_annotated
from gerdy.report.outlook_write import plain
from gerdy.report.write import MARK, whole_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gerdy.motion.film.film_study import FilmMotion
    from gerdy.pipelines.film_analysis import FilmAnalysis
    from gerdy.report.film_stills import Still


def write_film_folder(
    found: FilmAnalysis,
    out: Path,
    *,
    tell: Callable[[str, int], None] = lambda _name, _total: None,
    keep_faces: bool = False,
) -> None:
    """Write report, stills, annotated films, tables and key points into one folder.

    Parameters
    ----------
    tell : called after each picture with what is being written and how many pictures there are, for progress
    keep_faces : leave faces as they are

    Raises
    ------
    OutputBlocked : the place cannot be written, or holds something that gerdy did not make
    """
    with whole_folder(out) as folder:
        drawn: list[Still] = []
        for film in found.films:
            count = film.film.expected_frames if film.film else 1
            step = partial(tell, f"Drawing on {film.path.name}", 2 * count)
            drawn += stills(film, keep_faces=keep_faces, tell=step)
            target = folder / f"{film.path.stem}-annotated.mp4"
            write_annotated(film, target, keep_faces=keep_faces, tell=step)
            points = film.motion.points
            np.savez_compressed(
                folder / f"{film.path.stem}-key-points.npz",
                allow_pickle=False,
                time_s=points.time_s,
                xy_px=points.xy,
                confidence=points.confidence,
                spread_px=points.spread,
                joints=np.array(points.joints),
            )
        for still in drawn:
            folder.joinpath(f"{still.key}-{still.side}.jpg").write_bytes(still.jpeg)
        folder.joinpath(MARK).write_text(plain(_without_nan(found.to_json())), encoding="utf-8")
        folder.joinpath("report.html").write_text(film_html(found, drawn), encoding="utf-8")
        _tables(found, folder)


def _tables(found: FilmAnalysis, folder: Path) -> None:
    strides = pd.concat([_stride_rows(film.path.name, film.motion) for film in found.films], ignore_index=True)
    measures = pd.DataFrame(
        [
            {"side": side, "measure": key, **{k: v for k, v in m.to_json().items() if k != "frames"}}
            for side in SIDES
            for key, m in found.measures(side).items()
        ]
    )
    for name, table in (("strides", strides), ("measures", measures)):
        table.to_csv(folder / f"{name}.csv", index=False, float_format="%.6g")
        table.to_parquet(folder / f"{name}.parquet", index=False)


def _stride_rows(name: str, motion: FilmMotion) -> pd.DataFrame:
    strides = motion.strides
    return pd.DataFrame(
        {
            "film": name,
            "side": np.where(strides.right, "right", "left"),
            "verdict": list(strides.verdict),
            "contact_s": strides.contact_s,
            "toe_off_s": strides.toe_off_s,
            "end_s": strides.end_s,
            "flight_s": strides.flight_s,
        }
    )


def _without_nan(data: Any) -> Any:
    """JSON has no NaN; what is missing is null."""
    if isinstance(data, float):
        return data if np.isfinite(data) else None
    if isinstance(data, dict):
        return {key: _without_nan(item) for key, item in data.items()}
    if isinstance(data, list | tuple):
        return [_without_nan(item) for item in data]
    return data
