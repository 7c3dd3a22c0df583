"""Crowned roads: which leg runs higher, and why the sides alternate (R-071)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.running.say import decide

if TYPE_CHECKING:
    from gerdy.records import Decision

CAMBER_KEYS: Final = ("house_ladder.camber_share",)
CAMBER_SAID: Final = (*CAMBER_KEYS, "sideslope2017.upslope_leg")


def upslope_leg(road_side: str) -> str:
    """Return the leg that runs higher on a crowned road: the one beside the crown.

    Parameters
    ----------
    road_side : ``left`` or ``right``, the side of the road in the direction of running

    References
    ----------
    [Sideslope2017]_ the up-slope leg's hip adducts and turns inwards more; not the down-slope leg's.

    Examples
    --------
    >>> upslope_leg("left")
    'right'
    """
    return {"left": "right", "right": "left"}[road_side]


def camber(left_share: float | None, sore_side: str | None = None) -> Decision:
    """R-071: alternate the sides of a crowned road; no more than half of the distance on one slant.

    Parameters
    ----------
    left_share : share of the cambered distance on the left side of the road, 0-1; None is not recorded
    sore_side : ``left`` or ``right`` knee; None where neither or both
    """
    most = evidence.value(CAMBER_KEYS[0])
    seen = {"left_share": left_share, "sore_side": sore_side}
    if left_share is None:
        text = "change the side of the road half-way; on the left side the right leg runs up-slope, and vice versa"
        return decide("R-071", "alternate", text, seen, CAMBER_SAID)
    worse = "left" if left_share > 0.5 else "right"
    share = max(left_share, 1 - left_share)
    leg = upslope_leg(worse)
    if round(share, 2) <= most:
        return decide("R-071", "even", "both slants got the same", seen, CAMBER_SAID)
    text = f"{share:.0%} was on the {worse} side of the road, so the {leg} leg ran up-slope"
    why = "on a strong camber the up-slope hip adducts and turns inwards more, which lengthens the band's path"
    sore = [f"the {leg} knee is the sore one: more of the other side next time"] if sore_side == leg else []
    return decide("R-071", "change side", [text, why, *sore], seen, CAMBER_SAID)
