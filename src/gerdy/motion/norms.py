"""How other runners move, measured by gerdy's own pipeline, and when a runner may be set against them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from gerdy import evidence
from gerdy.motion.change import session_error
from gerdy.motion.stance_curves import StanceCurves

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from gerdy.quantities import Array, Spread

__all__ = ["AgainstNorm", "Norm", "NormRunner", "against_norm", "load_norms", "match_norm", "method_words"]

DATA: Final = "norm_data"
Sex = Literal["female", "male"]


@dataclass(frozen=True, slots=True)
class NormRunner:
    """One runner of a norm.

    Parameters
    ----------
    name : in the public data set
    sex : ``female`` or ``male``
    files : SHA-256 of the recordings that may show this runner
    """

    name: str
    sex: Sex
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Norm:
    """Runners without a history of injury, one row each, both legs pooled.

    Parameters
    ----------
    name : of the norm
    marker_set, events_from : the method, which a recording must share
    speed_m_s : mean of the runners, as found in their recordings
    runners : in the order of the rows
    curves : mean stance of each runner
    measures : key of ``sides.*.measures`` → (runners,) mean over strides of both legs; NaN where a runner has none
    """

    name: str
    marker_set: str
    events_from: str
    speed_m_s: float
    runners: tuple[NormRunner, ...]
    curves: StanceCurves
    measures: Mapping[str, Array]

    @property
    def n(self) -> int:
        """How many runners."""
        return len(self.runners)

    @property
    def method(self) -> str:
        """The method in words."""
        return method_words(self.marker_set, self.events_from, standing=True)

    @property
    def who(self) -> str:
        """The runners in words, with their number."""
        counts = {word: sum(one.sex == sex for one in self.runners) for sex, word in _WORDS.items()}
        return " and ".join(_counted(many, word) for word, many in counts.items() if many)

    def where(self, keep: Collection[int]) -> Norm:
        """Return the norm of some of its runners."""
        rows = sorted(keep)
        moments = self.curves.moments
        curves = StanceCurves(
            self.curves.q[rows],
            self.curves.slope[rows],
            None if moments is None else moments[rows],
            self.curves.duration_s[rows],
        )
        measures = {key: values[rows] for key, values in self.measures.items()}
        return replace(self, runners=tuple(self.runners[i] for i in rows), curves=curves, measures=measures)


@dataclass(frozen=True, slots=True)
class AgainstNorm:
    """One measure of one side against a norm.

    Parameters
    ----------
    mean, sd, n : of the norm's runners
    difference : runner minus norm
    error : below which the markers alone may make the difference (95 %)
    z : difference over sd; None under `house_norms.fewest_for_z` runners
    unit : of all but n and z
    """

    mean: float
    sd: float
    n: int
    difference: float
    error: float
    z: float | None
    unit: str

    def to_json(self) -> dict[str, Any]:
        """Return one entry of ``sides.*.norm.measures``."""
        return {name: getattr(self, name) for name in self.__slots__}


def method_words(marker_set: str, events_from: str, *, standing: bool) -> str:
    """Return a method in words: marker set, standing trial, and where contacts come from."""
    trial = "with" if standing else "without"
    return f"marker set {marker_set} {trial} a standing trial, contacts from {events_from}"


@cache
def load_norms() -> tuple[Norm, ...]:
    """Return the norms that ship with gerdy."""
    with as_file(files("gerdy.motion").joinpath(DATA)) as folder:
        return tuple(map(_read, sorted(folder.glob("*.npz"))))


def match_norm(
    *, marker_set: str, standing: bool, events_from: str, speed_m_s: float, sex: str | None, files: Collection[str]
) -> Norm | str:
    """Find the norm that a recording may be set against.

    Parameters
    ----------
    marker_set, standing, events_from : the method: which set, whether a standing trial was given, where contacts
        come from
    speed_m_s : as found in the recording
    sex : of the runner; None takes the runners of both
    files : SHA-256 of the runner's recordings: a runner is left out of their own norm

    Returns
    -------
    Norm, or why none fits
    """
    window = evidence.value("house_norms.speed_window")
    same = [norm for norm in load_norms() if (norm.marker_set, norm.events_from) == (marker_set, events_from)]
    if not same or not standing:
        mine = method_words(marker_set, events_from, standing=standing)
        made = "; ".join(norm.method for norm in load_norms())
        return f"not matched: the recording has {mine}; the norm has {made}"
    norm = min(same, key=lambda one: abs(one.speed_m_s - speed_m_s))
    if abs(norm.speed_m_s - speed_m_s) > window:
        return (
            f"not matched: the norm was run at {norm.speed_m_s:.2f} m/s, this recording at {speed_m_s:.2f} m/s; "
            f"at most {window:g} m/s apart are compared"
        )
    rows = [i for i, one in enumerate(norm.runners) if not set(one.files) & set(files) and sex in (None, one.sex)]
    few = evidence.value("house_norms.fewest_runners")
    if len(rows) < few:
        held = _counted(len(rows), _WORDS.get(sex or "", "other runners"))
        return f"not matched: it holds {held} beside this runner; {few:g} of the runner's sex are needed"
    return norm.where(rows)


def against_norm(key: str, value: Spread, norm: Norm) -> AgainstNorm | None:
    """Set one measure against a norm of the same marker set; None where the norm lacks it.

    Parameters
    ----------
    key : of ``sides.*.measures``
    value : of the runner
    """
    seen = norm.measures.get(key, np.array([]))
    seen = seen[np.isfinite(seen)]
    if len(seen) < evidence.value("house_norms.fewest_runners"):
        return None
    mean, sd = float(seen.mean()), float(seen.std(ddof=1))
    error = session_error(key, value, value) / np.sqrt(2.0)
    if key.startswith("contralateral_pelvic_drop"):
        error = max(error, evidence.value("house_norms.pelvic_drop_offset"))
    scored = len(seen) >= evidence.value("house_norms.fewest_for_z") and sd > 0.0
    difference = value.mean - mean
    return AgainstNorm(mean, sd, len(seen), difference, float(error), difference / sd if scored else None, value.unit)


def _read(file: Path) -> Norm:
    with np.load(file, allow_pickle=False) as stored:
        about = json.loads(str(stored["about"]))
        parts = {name: stored[name].astype(float) for name in stored.files if name != "about"}
    return Norm(
        name=about["name"],
        marker_set=about["marker_set"],
        events_from=about["events_from"],
        speed_m_s=about["speed_m_s"],
        runners=tuple(NormRunner(one["name"], one["sex"], tuple(one["files"])) for one in about["runners"]),
        curves=StanceCurves(parts["q"], parts["slope"], parts["moments"], parts["duration_s"]),
        measures=dict(zip(about["measures"], parts["measures"], strict=True)),
    )


_WORDS: Final = {"male": "men", "female": "women"}


def _counted(many: int, word: str) -> str:
    return f"{many} {word[:-2] + 'an' if many == 1 and word.endswith('men') else word}"
