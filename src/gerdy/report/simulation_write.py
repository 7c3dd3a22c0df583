"""The folder of ``gerdy simulate --out``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gerdy.pipelines.simulation import to_json
from gerdy.report.outlook_write import plain
from gerdy.report.simulation_page import simulation_html
from gerdy.report.write import whole_folder

if TYPE_CHECKING:
    from pathlib import Path

    from gerdy.pipelines.simulation import Illustration

MARK: Final = "simulation.json"


def write_simulation(found: Illustration, out: Path) -> None:
    """Write page and numbers; the same seed gives the same bytes.

    Raises
    ------
    OutputBlocked : the place cannot be written, or holds something that gerdy did not make
    """
    with whole_folder(out, MARK) as folder:
        folder.joinpath(MARK).write_text(plain(to_json(found)), encoding="utf-8")
        folder.joinpath("simulation.html").write_text(simulation_html(found), encoding="utf-8")
