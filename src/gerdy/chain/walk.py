"""Walking the chain: from each link that stands out, along the strongest mechanisms, to the pain."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

from gerdy.chain.graph import END, SIGNS, Edge, Graph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gerdy.chain.fill import Chain, Link

GRADES = "ABCE"


@dataclass(frozen=True, slots=True)
class Way:
    """One way through the chain.

    Parameters
    ----------
    start : the link it starts from
    edges : its mechanisms, in order
    sign : 1 raises the load, -1 lowers it, 0 has no effect
    strength : severity of the start × product of the weights of the mechanisms; orders, decides nothing
    """

    start: Link
    edges: tuple[Edge, ...]
    sign: int
    strength: float

    @property
    def weakest(self) -> Edge:
        """Return the mechanism that weighs least."""
        return min(self.edges, key=lambda edge: edge.weight)


def loading_ways(chain: Chain) -> tuple[Way, ...]:
    """Return, for every link that stands out, its strongest way that raises the load; strongest first."""
    return _ranked(chain, wanted=1)


def slackening_ways(chain: Chain) -> tuple[Way, ...]:
    """Return, for every link that stands out, its strongest way that lowers the load; strongest first."""
    return _ranked(chain, wanted=-1)


def loops(graph: Graph) -> tuple[tuple[Edge, ...], ...]:
    """Return the loops of the chain, each once, starting at its first node by name."""
    found = {
        frozenset(edge.key for edge in way): way for node in sorted(graph.nodes) for way in _ways(graph, node, node)
    }
    return tuple(found.values())


def _ranked(chain: Chain, wanted: int) -> tuple[Way, ...]:
    best = []
    for link in chain.standing_out():
        ways = [_way(link, edges) for edges in _ways(chain.graph, link.node.key, END)]
        fitting = [way for way in ways if way.sign == wanted]
        if fitting:
            best.append(max(fitting, key=lambda way: (way.strength, -len(way.edges))))
    return tuple(sorted(best, key=lambda way: (-way.strength, way.start.node.key)))


def _way(link: Link, edges: tuple[Edge, ...]) -> Way:
    sign = prod(SIGNS[edge.sign] for edge in edges)
    return Way(link, edges, sign, (link.severity or 0) * prod(edge.weight for edge in edges))


def _ways(graph: Graph, start: str, end: str, passed: tuple[Edge, ...] = ()) -> Iterator[tuple[Edge, ...]]:
    """Yield every way from start to end that passes no node twice; the pain is never passed through."""
    visited = {edge.start for edge in passed}
    for edge in graph.leaving(start):
        if edge.end == end:
            yield (*passed, edge)
        elif edge.end not in visited and edge.end not in {start, END}:
            yield from _ways(graph, edge.end, end, (*passed, edge))
