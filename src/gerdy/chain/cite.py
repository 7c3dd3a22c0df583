"""A source in two words, as it stands in running text."""

from __future__ import annotations

from itertools import takewhile

from gerdy.evidence import registry


def short_citation(key: str) -> str:
    """Return first author and year of the source behind an evidence key.

    Examples
    --------
    >>> short_citation("vanderworp2012.weakness_unclear"), short_citation("brown2019.fatigue")
    ('van der Worp 2012', 'Brown 2019')
    """
    source = registry().source_of(key)
    first = source.author.split(",")[0]
    surname = takewhile(lambda word: word != "and" and not word.isupper(), first.split())
    return f"{' '.join(surname)} {source.year}"
