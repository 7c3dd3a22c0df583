"""Where the journal lies on this machine."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path


@dataclass(frozen=True, slots=True)
class Home:
    """The data folder and its parts; nothing of a runner lies anywhere else.

    Parameters
    ----------
    root : the folder
    """

    root: Path

    @property
    def database(self) -> Path:
        """The journal itself."""
        return self.root / "journal.sqlite"

    @property
    def copies(self) -> Path:
        """Automatic copies, made before a migration or a restore."""
        return self.root / "copies"

    @property
    def erase_mark(self) -> Path:
        """Stands while an erasure is under way, so that a killed one is finished at the next start."""
        return self.root / "erase-under-way"

    def originals(self, runner_id: str) -> Path:
        """Files as they came, named by their SHA-256."""
        return self.root / "originals" / runner_id

    def quarantine(self, runner_id: str) -> Path:
        """Files that could not be used, under their own names."""
        return self.root / "quarantine" / runner_id

    def cache(self, runner_id: str) -> Path:
        """Folder of what can be computed again at any time."""
        return self.root / "cache" / runner_id

    def of_runner(self, runner_id: str) -> tuple[Path, ...]:
        """Every folder that holds something of one runner."""
        return self.originals(runner_id), self.quarantine(runner_id), self.cache(runner_id)


def default_home(chosen: Path | None = None) -> Home:
    """Return the chosen folder, else ``GERDY_HOME``, else the platform's data folder."""
    named = os.environ.get("GERDY_HOME", "")
    return Home(chosen or (Path(named) if named else user_data_path("gerdy", appauthor=False)))
