"""Rows of numbers in text files, parsed array-wise."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from gerdy.errors import FileUnreadable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gerdy.quantities import Array

_NOT_A_NUMBER: Final = ("nan", "-nan", "+nan", "1.#qnan", "-1.#qnan", "1.#ind", "-1.#ind", "na", "n/a")
_TAB_RUN: Final = re.compile(r"[ \t]*\t[ \t]*")


def parse_rows(lines: Sequence[str], width: int, path: Path, first_line: int) -> Array:
    """Return the numbers of a text table.

    Parameters
    ----------
    lines : rows of text; blank ones are skipped, cells are separated by tabs, or by blanks where no tab is
    width : cells per row; a row may end early where its last cells are blank
    path, first_line : for messages; `first_line` is the line number of ``lines[0]``

    Returns
    -------
    (rows, width); NaN for a blank cell and for NaN in any case

    Raises
    ------
    FileUnreadable : a row has too many cells, or a cell holds no number
    """
    rows = [_row(line, width, path, first_line + i) for i, line in enumerate(lines) if line.strip()]
    if not rows:
        return np.empty((0, width))
    try:
        frame = pd.read_csv(
            io.StringIO("\n".join(rows)),
            sep="\t",
            header=None,
            names=range(width),
            index_col=False,
            dtype=np.float64,
            na_values=list(_NOT_A_NUMBER),
            skipinitialspace=True,
        )
    except ValueError as error:
        raise FileUnreadable(
            f"{path.name}: after line {first_line} a cell holds no number ({error}); "
            "expected numbers, blanks or NaN. Export the file again, with a point as the decimal mark."
        ) from error
    return frame.to_numpy()


def header_words(line: str) -> list[str]:
    """Return the filled cells of a header line, parted by tabs, or by blanks where no tab is."""
    cells = line.split("\t") if "\t" in line else line.split()
    return [cell.strip() for cell in cells if cell.strip()]


def header_number(text: str) -> float:
    """Return the number that a header entry holds, NaN where it holds none."""
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _row(line: str, width: int, path: Path, number: int) -> str:
    text = line.rstrip().lower()
    if "\t" not in text:
        text = "\t".join(text.split())
    if text.count("\t") >= width:
        text = _TAB_RUN.sub("\t", text).strip("\t ")
    if text.count("\t") >= width:
        raise FileUnreadable(
            f"{path.name}, line {number} has {text.count(chr(9)) + 1} cells; expected {width}. Export the file again."
        )
    return text
