"""The chain from foot to band to pain: mechanisms as a graph, filled with a runner's own values."""

from __future__ import annotations

from gerdy.chain.fill import Chain, fill
from gerdy.chain.graph import graph
from gerdy.chain.walk import loading_ways, slackening_ways
from gerdy.chain.why import why_json, why_text

__all__ = ["Chain", "fill", "graph", "loading_ways", "slackening_ways", "why_json", "why_text"]
