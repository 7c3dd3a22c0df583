"""Values as a person sees them; gates compare these and never a hidden digit."""

from __future__ import annotations

from gerdy import evidence


def shown_percent(share: float) -> int:
    """Return a share as the whole percentage that is printed.

    Examples
    --------
    >>> shown_percent(0.896), shown_percent(0.894)
    (90, 89)
    """
    return int(f"{100 * share:.0f}")


def shown_kg(load: float) -> float:
    """Return a load in half kilograms, as it is printed and put on a bar.

    Examples
    --------
    >>> shown_kg(20.3), shown_kg(20.2)
    (20.5, 20.0)
    """
    plate = evidence.value("house_gates.load_shown")
    return round(load / plate) * plate


def shown_score(score: float) -> float:
    """Return a score of 0-10 with the one decimal that is printed."""
    return round(score, 1)
