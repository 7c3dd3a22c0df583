"""The claims of the two articles, checked: what they say, what gerdy computes, what others found, the verdict."""

from __future__ import annotations

from gerdy.chain.articles.answers import Answer, answers
from gerdy.chain.articles.claims import VERDICTS, Claim, articles, claims, find

__all__ = ["VERDICTS", "Answer", "Claim", "answers", "articles", "claims", "find"]
