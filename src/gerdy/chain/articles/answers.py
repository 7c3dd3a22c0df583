"""Questions to the model, and the answers that the builder of the articles' page last found."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from gerdy.errors import CatalogueInvalid, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that gerdy can compute.

    Parameters
    ----------
    what, unit : as printed
    over : what the interval spans: ``bands``, ``runners``, another phrase, or empty for one number
    rule : pose or way in which it is found
    """

    key: str
    what: str
    unit: str
    over: str
    rule: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found.

    Parameters
    ----------
    middle : median, in the question's unit
    low, high : ends of the interval; None for one number
    n : how many numbers
    """

    question: Question
    middle: float
    low: float | None
    high: float | None
    n: int

    def printed(self) -> str:
        """Return number, interval, unit and count as a reader sees them.

        Examples
        --------
        >>> Answer(Question(key="arm", what="arm", unit="mm", over="runners", rule=""), 4.851, 4.25, 5.44, 21).printed()
        '4.85 mm (4.25 to 5.44 over 21 runners)'
        """
        if self.low is None or self.high is None:
            return f"{self.middle:.3g} {self.question.unit}"
        counted = {"bands", "runners"}
        spans = f"over {self.n} {asked}" if (asked := self.question.over) in counted else f"{asked}, n = {self.n}"
        return f"{self.middle:.3g} {self.question.unit} ({self.low:.3g} to {self.high:.3g} {spans})"

    def to_json(self) -> dict[str, Any]:
        """Return the answer with its question."""
        asked = self.question
        numbers = {"middle": self.middle, "low": self.low, "high": self.high, "n": self.n}
        return {"key": asked.key, "what": asked.what, "unit": asked.unit, "over": asked.over, "rule": asked.rule} | (
            numbers
        )


@cache
def questions() -> Mapping[str, Question]:
    """Return every question, by key."""
    return {key: Question(key=key, **table) for key, table in _toml("answers.toml").items()}


@cache
def answers() -> Mapping[str, Answer]:
    """Return the answers that ship with gerdy, by key; `builders/articles_page.py` writes them.

    Raises
    ------
    CatalogueInvalid : an answer to a question that nobody asks
    """
    found = {}
    for key, row in _toml("found.toml").items():
        if key not in questions():
            near = ", ".join(nearest(key, questions()))
            raise CatalogueInvalid(f"found.toml answers '{key}', which is not asked; nearest: {near}.")
        found[key] = Answer(questions()[key], row["middle"], row.get("low"), row.get("high"), row["n"])
    return found


def found_toml(answered: Mapping[str, Answer]) -> str:
    """Return answers as the text of ``found.toml``."""
    parts = ["# What builders/articles_page.py found when it last ran; see answers.toml for what was asked.\n"]
    for key, one in answered.items():
        ends = "" if one.low is None else f"low = {one.low:.6g}\nhigh = {one.high:.6g}\n"
        parts.append(f"[{key}]\nmiddle = {one.middle:.6g}\n{ends}n = {one.n}\n".replace("e-", "e-"))
    return "\n".join(parts)


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files("gerdy.chain.articles").joinpath(name).read_text(encoding="utf-8"))
