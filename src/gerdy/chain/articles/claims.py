"""What the two articles claim, what gerdy computes for it, what the literature says, and the verdict."""

from __future__ import annotations

import operator
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from gerdy.chain.articles.answers import answers
from gerdy.chain.cite import short_citation
from gerdy.errors import CatalogueInvalid, UnknownClaim, nearest
from gerdy.evidence import registry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

VERDICTS: Final = {
    "supported": "Model and literature agree with it, as far as they go.",
    "limited": "Part of it holds, or it holds in part of the runners.",
    "contradicted": "Model or literature say the opposite.",
    "not testable here": "Neither the shared recordings nor the model can show it; only the literature is given.",
}
"""Verdicts, and what each is worth."""

_COMPARE: Final[dict[str, Callable[[float, float], bool]]] = {
    "<": operator.lt,
    ">": operator.gt,
    "==": operator.eq,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """Where a claim comes from."""

    author: str
    title: str
    site: str
    date: str

    def citation(self) -> str:
        """Return one line for a reader."""
        return ", ".join(filter(None, (self.author, self.title, self.site, self.date)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim of one article.

    Parameters
    ----------
    key, title : unique name, and a heading
    article : ``A`` or ``B``
    quote, own : one sentence of the article, or the claim in our words; exactly one of the two
    ours : gerdy's own answer, with names of answers in braces
    reading : what to make of both
    verdict : one of `VERDICTS`
    grade : of the evidence, A to E
    literature, against : keys of the registry that speak for it, and against it
    shows : comparisons of answers that must hold for the verdict to stand
    """

    key: str
    title: str
    article: str
    ours: str
    reading: str
    verdict: str
    grade: str
    literature: tuple[str, ...]
    against: tuple[str, ...]
    shows: tuple[str, ...]
    quote: str = ""
    own: str = ""

    def said(self) -> str:
        """Return the claim as printed: a quotation in marks, or our words."""
        return f"“{self.quote}”" if self.quote else self.own

    def asked(self) -> tuple[str, ...]:
        """Return the names of the answers it prints."""
        return tuple(dict.fromkeys(re.findall(r"\{(\w+)\}", self.ours)))

    def answer(self) -> str:
        """Return gerdy's own answer with its numbers."""
        return self.ours.format_map({key: answers()[key].printed() for key in self.asked()})

    def cited(self) -> dict[str, tuple[str, ...]]:
        """Return ``for`` and ``against`` with short citations; what was read second-hand says so."""
        return {"for": _short(self.literature), "against": _short(self.against)}

    def to_json(self) -> dict[str, Any]:
        """Return one entry of ``gerdy/claims/1``."""
        return {
            "key": self.key,
            "title": self.title,
            "article": articles()[self.article].citation(),
            "quote": self.quote or None,
            "in_own_words": self.own or None,
            "answer": self.answer(),
            "answers": [answers()[key].to_json() for key in self.asked()],
            "reading": self.reading,
            "verdict": self.verdict,
            "grade": self.grade,
            "evidence": list(self.literature),
            "against": list(self.against),
        }


def articles() -> Mapping[str, Article]:
    """Return the two articles by letter."""
    return _book()[0]


def claims() -> Mapping[str, Claim]:
    """Return every claim by key.

    Raises
    ------
    CatalogueInvalid : a claim without quotation or words, or with both, or with an unknown verdict
    """
    return _book()[1]


def find(word: str) -> tuple[Claim, ...]:
    """Return the claims that hold a word in key, title, text or reading; all of them for an empty word.

    Raises
    ------
    UnknownClaim : none holds it, with the nearest keys
    """
    wanted = word.strip().lower()
    found = tuple(claim for claim in claims().values() if wanted in _text(claim))
    if not found:
        raise UnknownClaim(word, claims())
    return found


def holds(comparison: str) -> bool:
    """Whether a comparison of answers and numbers is true, for example ``20 < posterior_crossing < 40``.

    Raises
    ------
    CatalogueInvalid : an unknown answer or sign
    """
    words = comparison.split()
    numbers, signs = [_number(word) for word in words[::2]], words[1::2]
    for sign in signs:
        if sign not in _COMPARE:
            raise CatalogueInvalid(f"'{comparison}' compares with '{sign}'; legal: {', '.join(_COMPARE)}.")
    return all(_COMPARE[sign](a, b) for a, sign, b in zip(numbers[:-1], signs, numbers[1:], strict=True))


def _number(word: str) -> float:
    try:
        return float(word)
    except ValueError:
        if word not in answers():
            near = ", ".join(nearest(word, answers()))
            raise CatalogueInvalid(f"claims.toml names the answer '{word}'; nearest: {near}.") from None
        return answers()[word].middle


def _text(claim: Claim) -> str:
    return f"{claim.key} {claim.title} {claim.quote}{claim.own} {claim.reading} {claim.ours}".lower()


def _short(keys: tuple[str, ...]) -> tuple[str, ...]:
    second = {"secondary": " (as reported by others)"}
    return tuple(short_citation(key) + second.get(registry()[key].certainty, "") for key in keys)


@cache
def _book() -> tuple[Mapping[str, Article], Mapping[str, Claim]]:
    tables = tomllib.loads(files("gerdy.chain.articles").joinpath("claims.toml").read_text(encoding="utf-8"))
    written = {key: Article(**row) for key, row in tables["articles"].items()}
    return written, {key: _claim(key, row) for key, row in tables["claims"].items()}


def _claim(key: str, row: dict[str, Any]) -> Claim:
    frozen: dict[str, Any] = {name: tuple(item) if isinstance(item, list) else item for name, item in row.items()}
    claim = Claim(key=key, **frozen)
    if bool(claim.quote) == bool(claim.own) or claim.verdict not in VERDICTS:
        raise CatalogueInvalid(
            f"claims.toml, {key}: expected either 'quote' or 'own', and a verdict of {', '.join(VERDICTS)}; "
            f"seen verdict '{claim.verdict}'."
        )
    return claim
