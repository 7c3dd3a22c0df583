"""What to say about the knee: by the way it leaves the line, never 'knees out' to a knee that goes out (R-051)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from gerdy.errors import ProgrammeError
from gerdy.evidence import entry
from gerdy.records import Decision, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gerdy.programme.exercises.exercise import Exercise

SOURCES: Final = ("noehren2014.knee_adduction", "suarez2018.less_valgus")
KNEE_WORDS: Final = ("knee", "kneecap")


@dataclass(frozen=True, slots=True, kw_only=True)
class KneeWords:
    """What may be said about one pattern, and the sentence that explains it."""

    say: tuple[str, ...]
    run: tuple[str, ...]
    why: str


def knee_cue(direction: str | None) -> Decision:
    """Decide which words about the knee fit the way it leaves the line on one leg.

    Parameters
    ----------
    direction : ``in``, ``out``, ``none`` (seen and straight), or None where nobody has looked

    Returns
    -------
    Decision : outcome is the pattern; its reasons are the cues

    Raises
    ------
    ProgrammeError : another word

    References
    ----------
    [noehren2014]_ Men with this pain adduct the knee more, they do not let it fall in.
    """
    words = _words()
    pattern = direction or "unknown"
    if pattern not in words:
        raise ProgrammeError(f"The knee goes '{direction}'; say in, out or none, or leave it away where not seen.")
    texts = words[pattern].say + ((words[pattern].why,) if words[pattern].why else ())
    return Decision(
        outcome=pattern,
        rule="R-051",
        reasons=tuple(Reason(text=text, evidence=SOURCES) for text in texts),
        inputs_seen={"knee direction": direction or "not recorded"},
        sources=tuple(dict.fromkeys(entry(key).source for key in SOURCES)),
    )


def cues_for(item: Exercise, direction: str | None) -> tuple[str, ...]:
    """Return the cues of an exercise for a runner whose knee goes that way.

    A knee that goes out gets the words of its pattern in place of the exercise's own words about the knee.
    """
    if direction != "out":
        return item.cues
    kept = tuple(cue for cue in item.cues if not any(word in cue.lower() for word in KNEE_WORDS))
    out = _words()["out"]
    about_the_knee = len(kept) < len(item.cues)
    own = out.run if item.track == "T8" else out.say if about_the_knee else ()
    return tuple(dict.fromkeys((*kept, *own)))


@cache
def _words() -> Mapping[str, KneeWords]:
    text = files("gerdy.programme.exercises").joinpath("catalogue", "cues.toml").read_text(encoding="utf-8")
    return {
        name: KneeWords(say=tuple(row["say"]), run=tuple(row["run"]), why=row["why"])
        for name, row in tomllib.loads(text).items()
    }
