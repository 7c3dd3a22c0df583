"""The folder of ``gerdy outlook --out`` and ``gerdy simulate --out``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from gerdy.pipelines.outlook import to_json
from gerdy.report.outlook_page import outlook_html
from gerdy.report.outlook_picture import outlook_svg
from gerdy.report.write import whole_folder

if TYPE_CHECKING:
    from pathlib import Path

    from gerdy.pipelines.outlook import Answer

MARK: Final = "outlook.json"


def write_outlook(answer: Answer, out: Path) -> None:
    """Write page, picture and numbers.

    Raises
    ------
    OutputBlocked : the place cannot be written, or holds something that gerdy did not make
    """
    svg = outlook_svg(answer.found)
    with whole_folder(out, MARK) as folder:
        folder.joinpath(MARK).write_text(plain(to_json(answer)), encoding="utf-8")
        folder.joinpath("outlook.html").write_text(outlook_html(answer, svg), encoding="utf-8")
        folder.joinpath("outlook.svg").write_text(svg, encoding="utf-8")


def plain(data: Any) -> str:
    """Return JSON text that ends with a line break."""
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
