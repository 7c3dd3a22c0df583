"""``gerdy evidence``: every number with its source and certainty, and the claims of the two articles, checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from gerdy.cli.output import print_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gerdy.chain.articles import Claim


def evidence(
    key: str = typer.Argument(
        "", help="One key or the beginning of several, for example 'orchard1996'; with --claims a word, such as 'tilt'."
    ),
    claims: bool = typer.Option(
        False, "--claims", help="The claims of the two articles: gerdy's own answer, the literature, the verdict."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """List what gerdy knows about bodies: value, unit, source, grade and what it does not say."""
    if claims:
        _print_claims(key, as_json=as_json)
    else:
        _print_entries(key, as_json=as_json)


def _print_claims(word: str, *, as_json: bool) -> None:
    from gerdy.chain.articles import find

    found = find(word)
    if as_json:
        print_json({"schema": "gerdy/claims/1", "claims": [claim.to_json() for claim in found]})
        return
    for claim in found:
        for line in _claim_lines(claim):
            typer.echo(line)


def _claim_lines(claim: Claim) -> Iterator[str]:
    yield f"{claim.title}: {claim.verdict}  [article {claim.article}, grade {claim.grade}]"
    yield f"    they say: {claim.said()}"
    yield f"    gerdy: {claim.answer()}"
    yield f"    so: {claim.reading}"
    for way, sources in claim.cited().items():
        if sources:
            yield f"    {way}: {'; '.join(sources)}"
    yield f"    keys: {claim.key}; {', '.join((*claim.literature, *claim.against)) or 'no entry of the registry'}"


def _print_entries(key: str, *, as_json: bool) -> None:
    from dataclasses import asdict

    from gerdy.errors import UnknownKey
    from gerdy.evidence import registry

    book = registry()
    found = [item for name, item in book.entries.items() if name.startswith(key)]
    if not found:
        raise UnknownKey(key, book.entries)
    if as_json:
        print_json({"schema": "gerdy/evidence/1", "entries": [asdict(item) for item in found]})
        return
    for item in found:
        typer.echo(f"{item.key} = {item.printed()}  [grade {item.grade}, {item.directness}, {item.certainty}]")
        reported = "as reported by others: " if item.certainty == "secondary" else ""
        where = f" ({item.where})" if item.where else ""
        typer.echo(f"    {reported}{book.sources[item.source].citation()}{where}")
        if item.reason:
            typer.echo(f"    reason: {item.reason}")
        typer.echo(f"    does not say: {item.does_not_say}")
