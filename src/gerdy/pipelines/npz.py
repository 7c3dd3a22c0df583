"""Arrays that gerdy keeps in a folder."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import numpy as np

from gerdy.errors import FileUnreadable

if TYPE_CHECKING:
    from pathlib import Path

    from gerdy.quantities import Array

__all__ = ["read_npz"]


def read_npz(file: Path) -> dict[str, Array]:
    """Read every array of a file.

    Raises
    ------
    FileUnreadable : missing, cut short or damaged
    """
    try:
        # NumPy leaves a file open that it cannot read, so the stream is ours.
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            return {name: stored[name] for name in stored.files}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise FileUnreadable(f"{file} could not be read ({error}). Analyse the recording again.") from error
