"""A folder that ``gerdy analyze --out`` wrote, read back as far as a comparison needs it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from gerdy.errors import FileUnreadable
from gerdy.pipelines.analysis import SCHEMA
from gerdy.pipelines.npz import read_npz
from gerdy.quantities import SIDES, Spread

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from gerdy.motion.stances import Method
    from gerdy.quantities import Array, SideName

__all__ = ["Occasion", "OccasionSide", "read_occasion"]

DOCUMENT: Final = "analysis.json"
DRAWS: Final = "band_draws.npz"


@dataclass(frozen=True, slots=True, eq=False)
class OccasionSide:
    """One side of one analysis.

    Parameters
    ----------
    measures : key → mean, spread, n; stride quantities and joint measures together
    band : dotted path → (draws,) ; empty without a band
    zero : where elongation is zero, in words; empty without a band
    missing : dotted path → why there is no value
    """

    measures: Mapping[str, Spread]
    band: Mapping[str, Array]
    zero: str
    missing: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Occasion:
    """One analysis, as far as a comparison needs it.

    Parameters
    ----------
    name : of the folder
    runner_id : whose
    painful_side : where it is known
    files : names of the recording
    standing : hash of the standing trial, None without one; the same trial means the same markers on the same skin
    speed_m_s : as found
    method : where contacts come from
    sides : side → what was found; a side that was not asked for is left out
    """

    name: str
    runner_id: str
    painful_side: SideName | None
    files: tuple[str, ...]
    standing: str | None
    speed_m_s: float | None
    method: Method
    sides: Mapping[SideName, OccasionSide]

    def to_json(self) -> dict[str, Any]:
        """Return the ``a`` or ``b`` entry of ``gerdy/comparison/1``."""
        return {
            "folder": self.name,
            "runner_id": self.runner_id,
            "files": list(self.files),
            "speed_m_s": self.speed_m_s,
            "events_from": self.method,
        }


def read_occasion(folder: Path) -> Occasion:
    """Read one folder.

    Raises
    ------
    FileUnreadable : the folder holds no analysis of this version of gerdy, or its draws cannot be read
    """
    document = _document(folder / DOCUMENT)
    draws = read_npz(folder / DRAWS) if (folder / DRAWS).exists() else {}
    recording, standing = document["recording"], document["recording"]["static"]
    return Occasion(
        name=folder.name,
        runner_id=document["subject"]["runner_id"],
        painful_side=document["subject"].get("painful_side"),
        files=tuple(file["name"] for file in recording["files"]),
        standing=standing["sha256"] if standing else None,
        speed_m_s=recording["speed_m_s"]["mean"],
        method=cast("Method", recording["events_from"]),
        sides={side: _side(document["sides"][side], side, draws) for side in SIDES if document["sides"][side]},
    )


def _document(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FileUnreadable(
            f"{file} could not be read ({error}); expected a folder that 'gerdy analyze FILE --out FOLDER' wrote."
        ) from error
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:
        seen = found.get("schema") if isinstance(found, dict) else type(found).__name__
        raise FileUnreadable(
            f"{file} holds '{seen}', expected '{SCHEMA}'. Analyse the recording again with this gerdy."
        )
    return found


def _side(found: dict[str, Any], side: SideName, draws: dict[str, Array]) -> OccasionSide:
    stored = found["spread"] | (found["measures"] or {})
    band = {path.removeprefix(f"{side}."): values for path, values in draws.items() if path.startswith(f"{side}.")}
    return OccasionSide(
        measures={key: _spread(value) for key, value in stored.items() if value["n"]},
        band=band,
        zero=found["band"]["zero_elongation"] if found["band"] else "",
        missing=found["missing"],
    )


def _spread(stored: dict[str, Any]) -> Spread:
    sd = float("nan") if stored["sd"] is None else stored["sd"]
    return Spread(stored["mean"], sd, stored["n"], stored["unit"])
