"""Write docs/validation/band.md: what others found about the band, beside what gerdy computes.

``python builders/validation_page.py ../shared/data/rbds-running`` (some minutes; the table of `gerdy validate`)
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gerdy.pipelines.validate import validate
from gerdy.report.validation import summary, validation_markdown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.recordings.data import Problem

PAGE = Path(__file__).parents[1] / "docs" / "validation" / "band.md"
HEAD = """# The band against what others found

Made by `python builders/validation_page.py ../shared/data/rbds-running`; `gerdy validate --recordings DIR` prints the
same table from your own recordings. Recordings here: runners of the RBDS data at two or three speeds (Fukuchi, Fukuchi
and Duarte 2017, CC BY 4.0). Nothing was tuned to meet a target; what fails stays in the table.

*Ours* is the median over believable bands of the shipped body with its 5th and 95th percentile, and the share of bands
that lie inside the tolerance. Over recordings it is the middle over runners, or over sides of trials, with the smallest
and the largest. A target is met when that middle lies inside the tolerance; where the target says *every*, when every
number does. A row that is met with few bands inside is met by the middle of our belief, not by all of it.
"""


def main(recordings: Path) -> None:
    """Run every check and write the page."""
    rows, problems = validate(recordings, lambda what: print(what, flush=True))
    PAGE.write_text(f"{HEAD}\n{summary(rows)}\n\n{validation_markdown(rows)}{_left_out(problems)}", encoding="utf-8")


def _left_out(problems: Sequence[Problem]) -> str:
    lines = [f"* {problem.where}: {problem.message}" for problem in problems]
    return "\n## Recordings left out\n\n" + "\n".join(lines) + "\n" if lines else ""


if __name__ == "__main__":
    main(Path(sys.argv[1]))
