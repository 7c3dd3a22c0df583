"""Tables for other programs: Parquet or CSV, written whole or not at all."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Final

from gerdy.errors import OutputBlocked

if TYPE_CHECKING:
    import pandas as pd

SUFFIXES: Final = (".parquet", ".csv")


def check_table(out: Path) -> None:
    """Refuse a table that could not be written, before any work is done.

    Raises
    ------
    OutputBlocked : an unknown ending, or a folder that is not there
    """
    if out.suffix not in SUFFIXES:
        raise OutputBlocked(f"{out} ends in '{out.suffix}'; a table ends in {' or '.join(SUFFIXES)}.")
    if not out.resolve().parent.is_dir():
        raise OutputBlocked(f"{out} lies in a folder that does not exist; make it first, or choose another place.")


def write_table(table: pd.DataFrame, out: Path) -> None:
    """Write a table beside its place and move it there.

    Raises
    ------
    OutputBlocked : the place cannot be written
    """
    try:
        with NamedTemporaryFile(dir=out.resolve().parent, suffix=out.suffix, delete=False) as draft:
            temporary = Path(draft.name)
        if out.suffix == ".parquet":
            table.to_parquet(temporary, index=False)
        else:
            table.to_csv(temporary, index=False, float_format="%.8g")
        temporary.chmod(0o644)
        temporary.replace(out)
    except OSError as error:
        raise OutputBlocked(f"{out} cannot be written: {error.strerror}.") from error
