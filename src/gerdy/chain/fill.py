"""A runner's own values on the chain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from gerdy.assess.say import show
from gerdy.chain.graph import END, Graph, Node, graph
from gerdy.records import Side

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gerdy.assess.findings import Finding
    from gerdy.assess.judge import Judgement
    from gerdy.assess.readings import Readings
    from gerdy.quantities import SideName


@dataclass(frozen=True, slots=True)
class Link:
    """One node with what is known about it on one side.

    Parameters
    ----------
    state : ``stands out``, ``nothing stands out``, ``measured`` (a value without a mark), ``unknown`` or
        ``not measurable``
    severity : 0-2; None where there is no finding
    tests : the tests behind it
    measure : ``{mean, sd, n, unit}`` of a motion or band analysis, empty where there is none
    shown : the value of the test behind it in words, with ``~`` where it is close to its mark
    """

    node: Node
    state: str
    severity: int | None
    tests: tuple[str, ...]
    texts: tuple[str, ...]
    measure: Mapping[str, Any]
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """The chain of one side of a runner."""

    side: Side
    graph: Graph
    links: Mapping[str, Link]

    def standing_out(self) -> tuple[Link, ...]:
        """Return the links with a finding, the largest first."""
        hits = [link for link in self.links.values() if link.severity]
        return tuple(sorted(hits, key=lambda link: (-(link.severity or 0), link.node.key)))

    def unknown(self) -> tuple[Link, ...]:
        """Return the links that could be measured and are not."""
        return tuple(link for link in self.links.values() if link.state == "unknown")


def fill(judgement: Judgement, side: SideName) -> Chain:
    """Return the chain of one side, filled from findings and from the motion analysis."""
    where = Side(side)
    findings = [item for item in judgement.findings if item.side in {where, Side.NOT_APPLICABLE}]
    links = {
        key: _link(node, findings, judgement.readings.measure(side, *node.measures) or {})
        for key, node in graph().nodes.items()
    }
    links[END] = _pain(links[END], judgement.readings, side)
    return Chain(where, graph(), links)


def _pain(link: Link, readings: Readings, side: SideName) -> Link:
    """Show the pain that the runner reports on this side; it is the end of the chain, never a start."""
    if readings.answer("painful_side") not in {side, "both"} or readings.answer("pain_status") is None:
        return link
    run = readings.answer("pain_run")
    shown = f"{readings.answer('pain_status')}" + ("" if run is None else f", {show(run)} of 10 in the last run")
    return replace(link, state="measured", shown=shown)


def _link(node: Node, findings: list[Finding], measure: Mapping[str, Any]) -> Link:
    mine = [item for item in findings if f"{item.contributor}/{item.family}" in node.families]
    known = [item for item in mine if item.severity is not None]
    severity = max((item.severity or 0 for item in known), default=None)
    loud = [item for item in known if item.severity]
    texts = tuple(dict.fromkeys(item.decision.reasons[0].text for item in loud))
    tests = tuple(dict.fromkeys(item.test for item in (loud or known)))
    if severity is not None:
        state = "stands out" if severity else "nothing stands out"
    elif measure:
        state = "measured"
    else:
        state = "unknown" if node.measurable else "not measurable"
    return Link(node, state, severity, tests, texts, measure, _shown(loud))


def _shown(findings: list[Finding]) -> str:
    if not findings or findings[0].value is None:
        return ""
    worst = max(findings, key=lambda item: item.severity or 0)
    return f"{'~ ' if worst.borderline else ''}{show(worst.value)} {worst.unit}".strip()
