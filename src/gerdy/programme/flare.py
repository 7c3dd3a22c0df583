"""What a signal of the watch asks for: hold, step back, or start again (R-087)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.outlook.wording import colour_rank
from gerdy.programme.phases import orange_stages
from gerdy.running.say import decide

if TYPE_CHECKING:
    from gerdy.outlook.watch_days import WatchDay
    from gerdy.records import Decision

KEYS: Final = ("house_signals.hold_days", "house_phases.yellow_cut", "house_phases.orange_stages")


def response(today: WatchDay) -> Decision:
    """R-087: what the strongest signal of the last week asks for.

    Parameters
    ----------
    today : what the watch says about the day

    Returns
    -------
    outcome ``none``; ``yellow`` (hold a build, a fifth less running, no downhill, one more session, retest); ``orange``
    (back to short runs in one go, with the strength work of P2); ``red`` (P1, and the safety screen again)
    """
    low, high = orange_stages()
    cut = evidence.value(KEYS[1])
    says = {
        "quiet": ("none", "No signal of the last week asks for a change."),
        "yellow": (
            "yellow",
            (
                f"Hold any build for {evidence.value(KEYS[0]):g} days, run {cut:.0%} less, nothing downhill, add one "
                "strength or endurance session, and repeat the tests."
            ),
        ),
        "orange": ("orange", f"Back to runs as in {low}-{high}, with the strength work of P2."),
        "red": ("red", "Back to P1, and answer the safety screen before anything else."),
    }
    outcome, text = says[today.colour]
    seen = {"colour": today.colour, "raised today": ", ".join(d.rule for d in today.raised if colour_rank(d.outcome))}
    return decide("R-087", outcome, text, seen, KEYS)


def week_after(km: float, decision: Decision) -> float:
    """Return the kilometres of the week that a yellow signal leaves of a planned week."""
    return km * (1 - evidence.value(KEYS[1])) if decision.outcome == "yellow" else km
