"""Look at a folder again and again, and import what has settled there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gerdy.journal.sources import named_below, settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from gerdy.journal.importing import Importer
    from gerdy.journal.verdicts import Verdict


def watch(importer: Importer, folder: Path, *, wait: Callable[[], bool]) -> Iterator[list[Verdict]]:
    """Yield the verdicts of each file that has come to rest in `folder`; each file once.

    Parameters
    ----------
    wait : lets time pass; False ends the watch
    """
    before: dict[Path, tuple[int, float]] = {}
    done: dict[Path, tuple[int, float]] = {}
    while True:
        quiet, now = settled(before, folder)
        fresh = [path for path in quiet if done.get(path) != now[path]]
        yield from importer.files(named_below(folder, path) for path in fresh)
        done |= {path: now[path] for path in fresh}
        before = now
        if not wait():
            return
