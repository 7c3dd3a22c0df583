"""The two JSON shapes that the section *What is loading it* reads, as small records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gerdy.report.why_words import GROUP_WORDS, PANELS, OutcomeWord, group_word, outcome_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SAME: Final = "cannot be told apart"
PER_KM: Final = "per_km."
NAMED: Final = 3
"""How many shares a sentence names."""


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

    def ends(self, word: OutcomeWord) -> tuple[float, float, float]:
        """Return lower end, median and upper end in the printed unit."""
        low, middle, high = sorted(word.scale * x for x in (self.p5, self.median, self.p95))
        return low, middle, high

    def interval(self, word: OutcomeWord, digits: int) -> str:
        """Return median and interval in the printed unit, with so many decimals."""
        low, middle, high = (f"{x:+.{digits}f}" for x in self.ends(word))
        return f"{middle} ({low} to {high})"

    def printed(self, word: OutcomeWord, digits: int) -> str:
        """Return median and interval, and *cannot be told apart* where the interval includes zero."""
        return self.interval(word, digits) + ("" if self.told_apart else f", {SAME}")


@dataclass(frozen=True, slots=True)
class Difference:
    """How one outcome differs from the reference, and what makes it differ.

    Parameters
    ----------
    path : of the outcome
    total : the whole difference
    shares : by group, in the order of `GROUP_WORDS`; None where the group was not recorded
    """

    path: str
    total: Share
    shares: tuple[tuple[str, Share | None], ...]

    @property
    def word(self) -> OutcomeWord:
        """Words of the outcome."""
        return outcome_word(self.path)

    @property
    def digits(self) -> int:
        """Decimals that the width of the whole difference's interval is worth: three digits of that width."""
        return decimals(self.total, self.word)

    def sentence(self, reference: str) -> str:
        """Say the difference, and the largest shares that can be told apart from none."""
        word, total = self.word, self.total
        unit = f" {word.unit}".rstrip()
        said = f"{total.interval(word, self.digits)}{unit}"
        whole = (
            f"{word.name}: {said} against {reference}."
            if total.told_apart
            else f"{word.name} {SAME} from {reference}: {said}."
        )
        clear = [share for _, share in self.shares if share is not None and share.told_apart]
        largest = sorted(clear, key=lambda share: -abs(share.median))[:NAMED]
        named = "; ".join(
            f"{share.name.lower()} {word.scale * share.median:+.{self.digits}f}{unit}" for share in largest
        )
        return f"{whole} " + (f"Largest clear shares: {named}." if named else "No share can be told apart from none.")


@dataclass(frozen=True, slots=True)
class Why:
    """What loads one side, against one reference.

    Parameters
    ----------
    reference : in words, with its n
    note : what else is to be known of the reference, or empty
    differences : those of `PANELS` first
    missing : group in words → why it has no share
    """

    reference: str
    note: str
    differences: tuple[Difference, ...]
    missing: dict[str, str]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One what-if: what is changed, what follows, how it is known.

    Parameters
    ----------
    changes : as typed
    change : outcome path → change with its interval, per step; `PER_KM` before the path for that of a kilometre
    agreement : the same → share of draws that agree on the sign
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
    rank = {path: place for place, path in enumerate(PANELS)}
    ordered = sorted(paths, key=lambda path: rank.get(path, len(rank)))
    return Why(
        _reference(attribution["reference"]),
        attribution["reference"].get("note") or "",
        tuple(_difference(path, attribution["difference"][path], found[path]) for path in ordered),
        {group_word(key): str(why) for key, why in attribution.get("missing", {}).items()},
    )


def what_ifs_of(answers: Sequence[Mapping[str, Any]]) -> tuple[WhatIf, ...]:
    """Read answers of ``gerdy/what-if/1`` in the order in which they were ranked."""
    return tuple(_what_if(answer) for answer in answers)


def _what_if(answer: Mapping[str, Any]) -> WhatIf:
    found = {path: one for path, one in answer["outcomes"].items() if one.get("change")}
    found |= {PER_KM + path: one["per_km"] for path, one in found.items() if one.get("per_km")}
    return WhatIf(
        " and ".join(answer["changes"]),
        {path: _share(path, one["change"]) for path, one in found.items()},
        {path: float(one["sign_agreement"]) for path, one in found.items()},
        answer["label"],
        answer["rule"],
    )


def _difference(path: str, total: Mapping[str, Any], groups: Mapping[str, Any]) -> Difference:
    rank = {key: place for place, key in enumerate(GROUP_WORDS)}
    keys = sorted(groups, key=lambda key: rank.get(key, len(rank)))
    shares = ((group_word(key), None if groups[key] is None else _share(group_word(key), groups[key])) for key in keys)
    return Difference(path, _share("Altogether", total), tuple(shares))


def _share(name: str, one: Mapping[str, Any]) -> Share:
    return Share(name, float(one["median"]), float(one["p5"]), float(one["p95"]), int(one["draws"]))


def _reference(one: Mapping[str, Any]) -> str:
    name = str(one.get("name") or one.get("kind"))
    return name if one.get("n") is None else f"{name} (n = {one['n']})"


def decimals(share: Share, word: OutcomeWord) -> int:
    """Return how many decimals show three digits of an interval's width.

    Examples
    --------
    >>> decimals(Share("", 0.0, -100.0, 235.0, 64), OutcomeWord("tension", "N"))
    0
    >>> decimals(Share("", 0.0, -1.0, 2.0, 64), OutcomeWord("press", "N·s"))
    2
    """
    low, _, high = share.ends(word)
    return int(max(0, 2 - np.floor(np.log10(max(high - low, 1e-9)))))
