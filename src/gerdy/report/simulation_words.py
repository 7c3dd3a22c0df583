"""The simulation in sentences: what it is, over which share the order holds, and where it turns."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gerdy.outlook.order import Turning
    from gerdy.pipelines.simulation import Illustration


def first_page(found: Illustration) -> tuple[str, ...]:
    """Return what the simulation is, and over which share of the parameter ranges the order holds."""
    order = found.order
    steps = [
        f"{pair}: fewer flare days in {fewer:.0%}, as many in {same:.0%}, more in {more:.0%}."
        for pair, (fewer, same, more) in order.steps.items()
    ]
    return (
        (
            "This is an illustration, not evidence. It plays the story that many runners tell – the work stops when "
            "the pain stops, and the pain returns when volume climbs – with numbers that we chose."
        ),
        "Expected order of flare days: train then maintain, no more than train then stop, no more than rest and roll.",
        (
            f"Over the ranges of all parameters the order holds in {order.holds:.0%}, makes no difference in "
            f"{order.same:.0%} and turns in {order.turns:.0%}."
        ),
        *steps,
        _turn_words(found),
        (
            "No trial has compared these strategies in runners with IT band pain. A share of parameter ranges says "
            "how far the story depends on our choices; it says nothing about any runner."
        ),
    )


def _turn_words(found: Illustration) -> str:
    first = found.order.by_parameter[:3]
    said = [f"{plain(item.key)} ({_from_to(item)})" for item in first]
    return f"The order turns most with {', '.join(said[:-1])} and {said[-1]}."


def _from_to(item: Turning) -> str:
    return (
        f"turns in {item.turns[0]:.0%} at {item.edges[0]:.2g}–{item.edges[1]:.2g}, "
        f"in {item.turns[-1]:.0%} at {item.edges[-2]:.2g}–{item.edges[-1]:.2g}"
    )


def plain(key: str) -> str:
    """Return the name of a registry entry in words."""
    return key.partition(".")[2].replace("_", " ")
