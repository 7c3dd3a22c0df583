"""Where every number about bodies comes from: keyed values with unit, source and certainty.

``value("orchard1996.zone_knee_flexion")`` gives a number and remembers that its source was used;
`collect` lists what a run relied on.
"""

from __future__ import annotations

from gerdy.evidence.collect import Used, collect
from gerdy.evidence.entry import Entry, Source
from gerdy.evidence.registry import Registry, entry, registry, span, value

__all__ = ["Entry", "Registry", "Source", "Used", "collect", "entry", "registry", "span", "value"]
