"""The two JSON shapes that the section *What is loading it* reads, as small records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gerdy.report.why_words import GROUPS, OUTCOMES, OutcomeWord, group_word, outcome_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SAME = "cannot be told apart"


@dataclass(frozen=True, slots=True)
class Share:
    """One number with its interval over draws.

    Parameters
    ----------
    name : what it is the share of, in words
    median, p5, p95 : in the outcome's unit
    draws : how many believable bands stand behind it
    """

    name: str
    median: float
    p5: float
    p95: float
    draws: int

    @property
    def told_apart(self) -> bool:
        """Whether nine draws in ten agree on its sign: the interval does not include zero."""
        return self.p5 > 0.0 or self.p95 < 0.0

    def printed(self, word: OutcomeWord) -> str:
        """Return median and interval, and *cannot be told apart* where the interval includes zero."""
        low, middle, high = (f"{word.scale * x:+.{word.digits}f}" for x in (self.p5, self.median, self.p95))
        return f"{middle} ({low} to {high})" + ("" if self.told_apart else f", {SAME}")


@dataclass(frozen=True, slots=True)
class Difference:
    """How one outcome differs from the reference, and what makes it differ.

    Parameters
    ----------
    path : of the outcome
    total : the whole difference
    shares : by group, in the order of `GROUPS`; None where the group was not recorded
    """

    path: str
    total: Share
    shares: tuple[tuple[str, Share | None], ...]

    @property
    def word(self) -> OutcomeWord:
        """Words of the outcome."""
        return outcome_word(self.path)


@dataclass(frozen=True, slots=True)
class Why:
    """What loads one side, against one reference.

    Parameters
    ----------
    reference : in one sentence, with its n
    differences : in the order of `OUTCOMES`
    missing : group in words → why it has no share
    sentences : as the attribution wrote them
    """

    reference: str
    differences: tuple[Difference, ...]
    missing: dict[str, str]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One what-if: what is changed, what follows, how it is known.

    Parameters
    ----------
    changes : as typed
    change : outcome path → change with its interval
    agreement : outcome path → share of draws that agree on the sign
    label, rule : how it is known, and what is kept fixed
    """

    changes: str
    change: dict[str, Share]
    agreement: dict[str, float]
    label: str
    rule: str


def why_of(attribution: Mapping[str, Any]) -> Why:
    """Read ``sides.*.attribution`` of ``gerdy/analysis/1``.

    Parameters
    ----------
    attribution : see ``docs/reference/json.md``; a group that is null was not recorded
    """
    found = attribution["outcomes"]
    paths = [path for path in found if attribution["difference"].get(path)]
    rank = {path: place for place, path in enumerate(OUTCOMES)}
    ordered = sorted(paths, key=lambda path: rank.get(path, len(rank)))
    return Why(
        _reference(attribution["reference"]),
        tuple(_difference(path, attribution["difference"][path], found[path]) for path in ordered),
        {group_word(key): str(why) for key, why in attribution.get("missing", {}).items()},
        tuple(attribution.get("sentences", ())),
    )


def what_ifs_of(answers: Sequence[Mapping[str, Any]]) -> tuple[WhatIf, ...]:
    """Read answers of ``gerdy/what-if/1`` in the order in which they were ranked."""
    return tuple(
        WhatIf(
            " and ".join(answer["changes"]),
            {path: _share(path, one["change"]) for path, one in answer["outcomes"].items() if one.get("change")},
            {path: float(one["sign_agreement"]) for path, one in answer["outcomes"].items() if one.get("change")},
            answer["label"],
            answer["rule"],
        )
        for answer in answers
    )


def _difference(path: str, total: Mapping[str, Any], groups: Mapping[str, Any]) -> Difference:
    rank = {key: place for place, key in enumerate(GROUPS)}
    keys = sorted(groups, key=lambda key: rank.get(key, len(rank)))
    shares = ((group_word(key), None if groups[key] is None else _share(group_word(key), groups[key])) for key in keys)
    return Difference(path, _share("Altogether", total), tuple(shares))


def _share(name: str, one: Mapping[str, Any]) -> Share:
    return Share(name, float(one["median"]), float(one["p5"]), float(one["p95"]), int(one["draws"]))


def _reference(one: Mapping[str, Any]) -> str:
    parts = [f"Set against: {one.get('name') or one.get('kind')}"]
    if one.get("n") is not None:
        parts.append(f"n = {one['n']}")
    if one.get("sex"):
        parts.append(str(one["sex"]))
    if one.get("speed_m_s") is not None:
        parts.append(f"{one['speed_m_s']:.1f} metres per second")
    note = f" {one['note']}" if one.get("note") else ""
    return ", ".join(parts) + "." + note
