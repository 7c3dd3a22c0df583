"""The targets as records: what others found, and what counts as met."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal, TypeAlias

from gerdy.errors import EvidenceInvalid
from gerdy.evidence import registry

Needs: TypeAlias = Literal["body", "bundled run", "recordings", "nothing"]

BLOCKS: Final = {
    "published": "Others measured or modelled it; nothing in gerdy was set to meet it.",
    "calibrated": "The model was given this number; meeting it shows only that the code does what it should.",
    "same as the source model": "Compared with the open models that the body comes from: guards against errors of "
    "code, not of nature.",
    "plausibility, source not re-read": "The figure was remembered or reported by others; orders of magnitude.",
    "not testable with these data": "Listed so that nobody thinks it was tested.",
}
"""Blocks in the order they are printed, and what each is worth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One finding that the model is asked for.

    Parameters
    ----------
    key, id : unique name, and the number in the list of targets that one or more rows share
    block : one of `BLOCKS`
    what, published, unit : in words, as printed
    keys : entries of the evidence registry behind it
    low, high : limits of the judged number; None leaves that side open
    rule : pose, and how ours is found
    needs : what the check runs on
    judge : the middle of all numbers, or every one of them
    average : which middle is printed and judged
    why_not : why it is not tested; empty where it is
    reason : what is known of why ours lies outside; printed only then
    """

    key: str
    id: str
    block: str
    what: str
    published: str
    unit: str
    keys: tuple[str, ...]
    low: float | None = None
    high: float | None = None
    rule: str = ""
    needs: Needs = "body"
    judge: Literal["middle", "every"] = "middle"
    average: Literal["median", "mean"] = "median"
    why_not: str = ""
    reason: str = ""

    def holds(self, number: float) -> bool:
        """Whether a number lies inside the limits; at a limit itself only where both limits are the same."""
        if self.low is not None and self.low == self.high:
            return number == self.low
        return (self.low is None or number > self.low) and (self.high is None or number < self.high)

    def tolerance(self) -> str:
        """Return the limits as printed."""
        if self.low is not None and self.high is not None:
            return f"{self.low:g}" if self.low == self.high else f"{self.low:g} to {self.high:g}"
        if self.low is not None:
            return f"> {self.low:g}"
        return "–" if self.high is None else f"< {self.high:g}"

    def source(self) -> str:
        """Return authors and years behind the target, each with its certainty."""
        book = registry()
        found = {book.source_of(key): book[key].certainty for key in self.keys}
        named = (f"{_short(source.author)} {source.year} ({certainty})" for source, certainty in found.items())
        return "; ".join(named) or "–"


@cache
def targets() -> tuple[Target, ...]:
    """Return every target, block by block.

    Raises
    ------
    EvidenceInvalid : a target names an unknown block or field
    """
    text = files("gerdy.band.validation").joinpath("targets.toml").read_text(encoding="utf-8")
    found = [_target(key, table) for key, table in tomllib.loads(text).items()]
    return tuple(sorted(found, key=lambda target: list(BLOCKS).index(target.block)))


def _target(key: str, table: dict[str, object]) -> Target:
    if table.get("block") not in BLOCKS:
        raise EvidenceInvalid(f"targets.toml, {key}: block '{table.get('block')}' is none of {', '.join(BLOCKS)}.")
    needs = {"needs": "nothing"} if "why_not" in table else {}
    keys = tuple(table.get("keys", ()))  # type: ignore[arg-type, var-annotated]
    try:
        return Target(key=key, **(needs | table | {"keys": keys}))  # type: ignore[arg-type]
    except TypeError as error:
        raise EvidenceInvalid(f"targets.toml, {key}: {error}; see the fields of Target.") from error


def _short(author: str) -> str:
    first, *others = author.split(",")
    name = first.split(" and ")[0]
    return f"{name} et al." if others and len(name) < 40 else name
