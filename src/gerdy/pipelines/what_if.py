"""``gerdy what-if``: what would change the load on this runner's band, and by how much."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gerdy import evidence
from gerdy.band.priors import draw_bands
from gerdy.band.what_if import answer, parse_changes
from gerdy.band.what_if import search as search_changes
from gerdy.errors import WhatIfInvalid, WhatIfRefused
from gerdy.pipelines.analysis import sources
from gerdy.pipelines.analyze import analyze
from gerdy.pipelines.legs import legs_of, read_legs
from gerdy.pipelines.occasion import read_occasion

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gerdy.band.what_if import Answer, Case
    from gerdy.evidence import Entry
    from gerdy.pipelines.subject import Subject
    from gerdy.quantities import SideName

__all__ = ["Recording", "WhatIf", "open_recording", "what_if", "what_if_search"]

SCHEMA: Final = "gerdy/what-if/1"
SEARCH_SCHEMA: Final = "gerdy/what-if-search/1"


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """A recording as a what-if needs it.

    Parameters
    ----------
    name : of the folder or of the first file
    runner_id : whose
    painful_side : where it is known
    legs : side → stances
    """

    name: str
    runner_id: str
    painful_side: SideName | None
    legs: dict[SideName, Case]

    def leg(self, side: SideName | None) -> Case:
        """Return the leg that was asked for; by default the painful one, else the right.

        Raises
        ------
        WhatIfInvalid : that leg has no band
        """
        wanted = side or self.painful_side or "right"
        chosen = wanted if side is not None or wanted in self.legs else next(iter(self.legs), wanted)
        if chosen not in self.legs:
            raise WhatIfInvalid(
                f"{self.name} has no band of the {chosen} side; sides with one: {', '.join(self.legs) or 'none'}. "
                "A band needs joint angles: a marker set that gerdy knows, and --static FILE or --height."
            )
        return self.legs[chosen]


@dataclass(frozen=True, slots=True, eq=False)
class WhatIf:
    """One answer, or a ranked list of them.

    Parameters
    ----------
    recording : what was asked about
    side : whose leg
    answers : one, or largest lowering of the load first
    ranked : whether it was a search
    refused : why some changes of a search were not tried
    used : registry entries relied on
    """

    recording: Recording
    side: SideName
    answers: tuple[Answer, ...]
    ranked: bool
    refused: tuple[str, ...]
    used: dict[str, Entry]

    def to_json(self) -> dict[str, Any]:
        """Return the document that ``gerdy what-if --json`` prints."""
        head = {
            "schema": SEARCH_SCHEMA if self.ranked else SCHEMA,
            "recording": self.recording.name,
            "runner_id": self.recording.runner_id,
            "side": self.side,
        }
        body: dict[str, Any] = self.answers[0].to_json() if not self.ranked else {}
        if self.ranked:
            body = {"ranked": [one.to_json() for one in self.answers], "refused": list(self.refused)}
        return head | body | {"used": sources(self.used)}


def open_recording(
    files: Path | Sequence[Path],
    *,
    static: Path | None = None,
    forces: Path | None = None,
    markers: Path | None = None,
    subject: Subject | None = None,
    mass_from_forces: bool = False,
    speed_m_s: float | None = None,
) -> Recording:
    """Open a folder of ``gerdy analyze --out``, or analyse files.

    Parameters
    ----------
    files : one folder, or files as `gerdy.analyze` takes them
    static, forces, markers, subject, mass_from_forces, speed_m_s : as in `gerdy.analyze`; not with a folder

    Raises
    ------
    GerdyError : nothing can be read, or nobody runs in it
    """
    paths = [files] if isinstance(files, Path) else list(files)
    if len(paths) == 1 and paths[0].is_dir():
        occasion = read_occasion(paths[0])
        return Recording(occasion.name, occasion.runner_id, occasion.painful_side, read_legs(paths[0]))
    found = analyze(
        paths,
        static=static,
        forces=forces,
        markers=markers,
        subject=subject,
        mass_from_forces=mass_from_forces,
        speed_m_s=speed_m_s,
        depth="muscles",
    )
    return Recording(paths[0].name, found.subject.runner_id, found.subject.painful_side, legs_of(found))


def what_if(
    recording: Recording,
    changes: Sequence[str],
    *,
    side: SideName | None = None,
    tell: Callable[[], None] = lambda: None,
) -> WhatIf:
    """Answer one what-if.

    Parameters
    ----------
    recording : from `open_recording`
    changes : in the language, for example ``"hip adduction -4 deg"``; they apply together
    side : whose leg; None is the painful one, else the right
    tell : called after each believable band, for progress

    Returns
    -------
    WhatIf

    Raises
    ------
    WhatIfInvalid : a change cannot be read
    WhatIfRefused : a change that no runner can make, or that nobody has measured
    """
    with evidence.collect() as used:
        asked = parse_changes(changes)
        leg = recording.leg(side)
        found = answer(leg, asked, draw_bands(leg.body), tell)
    return WhatIf(recording, leg.side, (found,), False, (), used)


def what_if_search(
    recording: Recording, *, side: SideName | None = None, tell: Callable[[], None] = lambda: None
) -> WhatIf:
    """Rank the single changes within a runner's reach by how much they lower the load.

    Raises
    ------
    WhatIfRefused : no change could be tried
    """
    with evidence.collect() as used:
        leg = recording.leg(side)
        ranked, refused = search_changes(
            leg, draw_bands(leg.body, int(evidence.value("house_what_if.search_draws"))), tell
        )
    if not ranked:
        raise WhatIfRefused(f"No change could be tried on {recording.name}: {' '.join(refused)}")
    return WhatIf(recording, leg.side, tuple(ranked), True, tuple(refused), used)
