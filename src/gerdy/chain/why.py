"""``gerdy why`` in plain words: what may load the band, how sure, what is unknown, which test would tell most."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from gerdy.assess.catalogue import contributors, tests
from gerdy.assess.say import show
from gerdy.chain.cite import short_citation
from gerdy.chain.fill import Chain, fill
from gerdy.chain.learn import most_telling
from gerdy.chain.walk import Way, loading_ways, slackening_ways
from gerdy.evidence import registry, value
from gerdy.quantities import SIDES
from gerdy.records import Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gerdy.assess.contributors import Standing
    from gerdy.assess.judge import Judgement
    from gerdy.quantities import SideName


_GAIN: Final = {"gain": "median", "low": "p5", "high": "p95"}


def why_text(judgement: Judgement, sides: Iterable[SideName] = SIDES) -> str:
    """Return the walk through the chain as paragraphs; where a verdict is refused, only what is missing."""
    if judgement.verdict == "locked":
        return _say("locked", referral=judgement.safety.referral())
    lines: list[str] = []
    if judgement.verdict == "refused":
        share = judgement.completeness
        limit = round(100 * value("house_assess.completeness"))
        lines += [_say("refused", share=int(100 * share.share), limit=limit)]
        lines += [_say("missing", missing="; ".join(share.missing))]
    else:
        for side in sides:
            lines += list(_side_text(judgement, side))
    lines += list(_closing(judgement))
    return "\n".join(lines)


def why_json(judgement: Judgement, sides: Iterable[SideName] = SIDES) -> dict[str, Any]:
    """Return the same walk as the JSON shape ``gerdy/why/1``."""
    chains = {side: fill(judgement, side) for side in sides} if judgement.verdict != "locked" else {}
    return {
        "schema": "gerdy/why/1",
        "verdict": judgement.verdict,
        "referral": judgement.safety.referral(),
        "sides": {
            side: _side_json(chain) | {"vicious_circle": _circle(judgement, side)} for side, chain in chains.items()
        },
        "contributors": [_standing_json(item) for item in judgement.standings],
        "next_tests": [
            {"test": gain.test, "side": gain.side.value, "expected_change": round(gain.expected, 4)}
            for gain in (most_telling(judgement) if judgement.verdict != "locked" else ())
        ],
        "sources": _sources(chains.values()),
        "text": why_text(judgement, sides),
    }


def _side_text(judgement: Judgement, side: SideName) -> Iterator[str]:
    chain = fill(judgement, side)
    yield _say("title", side=side)
    loud = [
        item
        for item in judgement.standings
        if item.side in {Side(side), Side.NOT_APPLICABLE} and item.status in {"stands out", "possible"}
    ]
    if not loud:
        yield _say("nothing")
    if any(item.contributor == "C10" for item in loud):
        yield _say("load_first")
    for number, item in enumerate(loud, start=1):
        yield from _contributor_text(number, item)
    for way in loading_ways(chain):
        yield from _way_text(way)
    for way in slackening_ways(chain):
        if way.start not in [other.start for other in loading_ways(chain)]:
            slack = next(edge for edge in way.edges if edge.sign == "-")
            yield _say("slack", plain=way.start.node.plain, mechanism=slack.mechanism)
    for left in judgement.reserves:
        if left.side is Side(side) and left.value is not None:
            words = {name: show(getattr(left, name)) for name in ("name", "value", "low", "high", "unit")}
            yield _say(f"reserve_{left.state.replace(' ', '_')}", **words)
    yield from _circle_text(judgement, side)
    if unknown := [link.node.name for link in chain.unknown()]:
        yield _say("unknown", names="; ".join(unknown))


def _circle_text(judgement: Judgement, side: SideName) -> Iterator[str]:
    if (circle := _circle(judgement, side)) is not None:
        ends = {name: f"{circle['gain'][key]:.3f}" for name, key in _GAIN.items()}
        yield _say("circle_dies" if circle["gain"]["p95"] < 1.0 else "circle_open", **ends)


def _circle(judgement: Judgement, side: SideName) -> Mapping[str, Any] | None:
    """Return the vicious circle of a motion analysis, a hypothesis; None without one."""
    here = (judgement.readings.motion.get("sides") or {}).get(side) or {}
    found: Mapping[str, Any] | None = here.get("vicious_circle")
    return found if found is not None and found.get("gain") else None


def _contributor_text(number: int, item: Standing) -> Iterator[str]:
    card = contributors()[item.contributor]
    name = card.name[0].upper() + card.name[1:]
    yield _say(
        "contributor", number=number, name=name, status=_word(item.status), plain=card.plain, counter=card.counter
    )
    yield _say("gets_by", compensation=card.compensation, counterpart=card.counterpart)
    if item.borderline:
        yield _say("repeat", names="; ".join(_name(test) for test in item.borderline))


def _way_text(way: Way) -> Iterator[str]:
    yield " ".join([_say("start", plain=way.start.node.plain), *(edge.mechanism for edge in way.edges)])
    weakest = way.weakest
    certainty = {"A": "good", "B": "moderate", "C": "low", "E": "very low"}[weakest.grade]
    yield _say("sure", certainty=_word(certainty), label=_word(weakest.label), grade=weakest.grade)
    if against := [key for edge in way.edges for key in edge.against]:
        yield _say("against", names="; ".join(dict.fromkeys(short_citation(key) for key in against)))


def _closing(judgement: Judgement) -> Iterator[str]:
    gains = most_telling(judgement)
    if gains:
        card = tests()[gains[0].test]
        side = "" if gains[0].side is Side.NOT_APPLICABLE else f" ({gains[0].side.value})"
        yield _say("next", name=card.name + side, minutes=f"{card.minutes:g}")
    else:
        yield _say("no_next")
    yield _say("hedge")


def _side_json(chain: Chain) -> dict[str, Any]:
    return {
        "links": {
            key: {
                "name": link.node.name,
                "state": link.state,
                "severity": link.severity,
                "tests": list(link.tests),
                "texts": list(link.texts),
                "measure": dict(link.measure) or None,
            }
            for key, link in chain.links.items()
        },
        "loading": [_way_json(way) for way in loading_ways(chain)],
        "slackening": [_way_json(way) for way in slackening_ways(chain)],
        "unknown": [link.node.key for link in chain.unknown()],
    }


def _way_json(way: Way) -> dict[str, Any]:
    return {
        "start": way.start.node.key,
        "strength": round(way.strength, 4),
        "steps": [
            {
                "edge": edge.key,
                "sign": edge.sign,
                "mechanism": edge.mechanism,
                "label": edge.label,
                "grade": edge.grade,
                "directness": edge.directness,
                "sources": list(edge.sources),
                "against": list(edge.against),
            }
            for edge in way.edges
        ],
    }


def _standing_json(item: Standing) -> dict[str, Any]:
    return {
        "contributor": item.contributor,
        "name": item.name,
        "side": item.side.value,
        "status": item.status,
        "certainty": item.certainty,
        "score": item.score,
    }


def _sources(chains: Iterable[Chain]) -> list[str]:
    keys = [
        key
        for chain in chains
        for way in (*loading_ways(chain), *slackening_ways(chain))
        for edge in way.edges
        for key in (*edge.sources, *edge.against)
    ]
    return [registry().source_of(key).citation() for key in dict.fromkeys(keys)]


def _name(test: str) -> str:
    return tests()[test].name if test in tests() else test.replace("_", " ")


def _say(sentence: str, /, **words: object) -> str:
    return _texts()["text"][sentence].format(**words)


def _word(key: str) -> str:
    return _texts()["words"][key]


@cache
def _texts() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files("gerdy.chain").joinpath("words.toml").read_text(encoding="utf-8"))
