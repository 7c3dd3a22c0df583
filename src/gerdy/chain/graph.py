"""The chain as data: nodes that can be measured, edges that are mechanisms with source, grade and sign."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, TypeVar

from gerdy.errors import CatalogueInvalid, nearest
from gerdy.evidence import entry

if TYPE_CHECKING:
    from collections.abc import Mapping

SIGNS: Final = {"+": 1, "-": -1, "0": 0}
LABELS: Final = ("geometry", "measured in runners", "measured in ITBS", "hypothesis")
END: Final = "pain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One link of the chain, named by what raises the load.

    Parameters
    ----------
    families : findings that fill it, as ``<contributor>/<family>``
    measures : measures of a motion or band analysis that show its value, the first that is there
    place : where it stands in the picture, 0-1 from left and from below
    """

    key: str
    name: str
    plain: str
    place: tuple[float, float]
    families: tuple[str, ...]
    measures: tuple[str, ...]

    @property
    def measurable(self) -> bool:
        """Whether any test or measure can fill it."""
        return bool(self.families or self.measures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One mechanism.

    Parameters
    ----------
    sign : ``+`` raises, ``-`` lowers, ``0`` has no effect
    article : which of the two articles claims it, ``A``, ``B`` or empty
    label : how it is known
    against : evidence keys that contradict it
    """

    start: str
    end: str
    sign: str
    mechanism: str
    article: str
    grade: str
    directness: str
    label: str
    sources: tuple[str, ...]
    against: tuple[str, ...]

    @property
    def key(self) -> str:
        """Return ``<start> → <end>``."""
        return f"{self.start} → {self.end}"

    @property
    def weight(self) -> float:
        """Return how much the mechanism weighs in the walk: grade × directness, half where contradicted."""
        weight = _table("grade_weight")[self.grade] * _table("directness_weight")[self.directness]
        contradicted = entry("house_chain.contradicted").value
        return weight * (float(contradicted) if self.against and isinstance(contradicted, float) else 1.0)


@dataclass(frozen=True, slots=True)
class Graph:
    """All nodes by key, and all edges."""

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]

    def leaving(self, node: str) -> tuple[Edge, ...]:
        """Return the edges that start at a node."""
        return tuple(edge for edge in self.edges if edge.start == node)


@cache
def graph() -> Graph:
    """Return the chain that ships with gerdy."""
    return parse_graph(files("gerdy.chain").joinpath("graph.toml").read_text(encoding="utf-8"))


def parse_graph(text: str) -> Graph:
    """Return the chain of one TOML text.

    Raises
    ------
    CatalogueInvalid : an unknown field, an edge to a node that is not there, or an illegal sign or label
    """
    tables = tomllib.loads(text)
    nodes = {key: _row(Node, {"key": key} | row, key) for key, row in tables.get("nodes", {}).items()}
    edges = tuple(_edge(row, nodes) for row in tables.get("edges", []))
    return Graph(nodes, edges)


Row = TypeVar("Row", Node, Edge)


def _edge(row: dict[str, Any], nodes: Mapping[str, Node]) -> Edge:
    named = {"from": "start", "to": "end"}
    edge = _row(Edge, {named.get(key, key): item for key, item in row.items()}, str(row.get("from")))
    for end in (edge.start, edge.end):
        if end not in nodes:
            near = ", ".join(nearest(end, nodes))
            raise CatalogueInvalid(f"The edge {edge.key} names a node '{end}' that is not there; nearest: {near}.")
    if edge.sign not in SIGNS or edge.label not in LABELS:
        raise CatalogueInvalid(
            f"The edge {edge.key} has sign '{edge.sign}' and label '{edge.label}'; "
            f"legal: {', '.join(SIGNS)} and {', '.join(LABELS)}."
        )
    return edge


def _row(kind: type[Row], row: dict[str, Any], where: str) -> Row:
    legal = {item.name for item in fields(kind)}
    for field in row:
        if field not in legal:
            near = ", ".join(nearest(field, legal))
            raise CatalogueInvalid(f"graph.toml [{where}]: unknown field '{field}'; did you mean {near}?")
    frozen: dict[str, Any] = {name: tuple(item) if isinstance(item, list) else item for name, item in row.items()}
    try:
        return kind(**frozen)
    except TypeError as error:
        raise CatalogueInvalid(f"graph.toml [{where}]: {error}; every field must be given.") from error


def _table(name: str) -> dict[str, float]:
    table = entry(f"house_chain.{name}").value
    if not isinstance(table, dict):
        raise CatalogueInvalid(f"house_chain.{name} is not a table of weights.")
    return {key: float(item) for key, item in table.items() if isinstance(item, float)}
