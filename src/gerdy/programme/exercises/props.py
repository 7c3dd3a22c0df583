"""What stands, hangs or pulls beside a figure: wall, step, bench, band, weight, ball, stick, arrow."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING, Any, Final

from gerdy.errors import CatalogueInvalid
from gerdy.programme.exercises.ink import SCALE, box, disc, line

if TYPE_CHECKING:
    from collections.abc import Callable

    from gerdy.programme.exercises.skeleton import Point, Skeleton

BLUE: Final = 'stroke="#0369a1" stroke-width="3.5"'
ORANGE: Final = 'stroke="#c2410c" stroke-width="3"'
THIN: Final = 'stroke="#555" stroke-width="3"'
GREY: Final = 'stroke="#555" stroke-width="2"'


def prop_ink(skeleton: Skeleton, kind: str, *words: Any) -> str:
    """Return the ink of one thing.

    Parameters
    ----------
    kind : a key of `PROPS`
    words : joints by name, lengths in body heights

    Raises
    ------
    CatalogueInvalid : no such thing
    """
    if kind not in PROPS:
        raise CatalogueInvalid(f"drawings.toml: '{kind}' cannot be drawn; use one of {', '.join(PROPS)}.")
    return PROPS[kind](lambda name: skeleton.joints[name], *words)


def _wall(at: Callable[[str], Point], joint: str, aside: float) -> str:
    x = at(joint)[0] + aside
    return line((x, 0.0), (x, 1.05), THIN)


def _step(at: Callable[[str], Point], joint: str, height: float, width: float = 0.3, aside: float = 0.0) -> str:
    x = at(joint)[0] + aside
    return box(x - width / 2, 0.0, x + width / 2, height)


def _table(at: Callable[[str], Point], joint: str, below: float, width: float = 0.3, aside: float = 0.0) -> str:
    """Draw a seat, bench or box that ends `below` a joint."""
    x, y, _ = at(joint)
    return box(x + aside - width / 2, 0.0, x + aside + width / 2, max(y - below, 0.02))


def _band(at: Callable[[str], Point], first: str, second: str) -> str:
    return line(at(first), at(second), f'{BLUE} stroke-dasharray="6 4"')


def _pull(at: Callable[[str], Point], joint: str, aside: float, up: float = 0.0) -> str:
    x, y, _ = at(joint)
    end = (x + aside, y + up)
    return line((x, y), end, f'{BLUE} stroke-dasharray="6 4"') + disc(end, 0.015, 'fill="#0369a1" stroke="none"')


def _weight(at: Callable[[str], Point], joint: str) -> str:
    x, y, _ = at(joint)
    ends = (
        line((x + end, y - 0.03), (x + end, y + 0.03), 'stroke="#0369a1" stroke-width="7"') for end in (-0.045, 0.045)
    )
    return line((x - 0.045, y), (x + 0.045, y), BLUE) + "".join(ends)


def _ball(at: Callable[[str], Point], joint: str, radius: float, aside: float = 0.0, up: float = 0.0) -> str:
    x, y, _ = at(joint)
    return disc((x + aside, y + up), radius, f'fill="#dbeafe" {BLUE}')


def _stick(at: Callable[[str], Point], first: str, second: str, aside: float = 0.0) -> str:
    """Draw a stick along two joints, longer at both ends and moved to the left of the way between them."""
    (ax, ay, _), (bx, by, _) = at(first), at(second)
    length = hypot(bx - ax, by - ay)
    ux, uy = (bx - ax) / length, (by - ay) / length
    start = (ax - 0.08 * ux - aside * uy, ay - 0.08 * uy + aside * ux)
    end = (bx + 0.14 * ux - aside * uy, by + 0.14 * uy + aside * ux)
    return line(start, end, BLUE)


def _arrow(at: Callable[[str], Point], joint: str, aside: float, up: float, dx: float, dy: float) -> str:
    """Draw an arrow that begins beside a joint and goes (dx, dy)."""
    x, y, _ = at(joint)
    start, end = (x + aside, y + up), (x + aside + dx, y + up + dy)
    ux, uy = dx / hypot(dx, dy) * 0.035, dy / hypot(dx, dy) * 0.035
    barbs = ((end[0] - ux - uy, end[1] - uy + ux), (end[0] - ux + uy, end[1] - uy - ux))
    return line(start, end, ORANGE) + "".join(line(barb, end, ORANGE) for barb in barbs)


def _mark(at: Callable[[str], Point], joint: str, aside: float, width: float) -> str:
    """Draw a line on the floor, for example to hop over."""
    x = at(joint)[0] + aside
    return line((x - width / 2, -0.012), (x + width / 2, -0.012), 'stroke="#c2410c" stroke-width="4"')


def _level(at: Callable[[str], Point], joint: str, width: float) -> str:
    """Draw a level line through a joint: what must stay level."""
    x, y, _ = at(joint)
    return line((x - width, y), (x + width, y), f'{ORANGE} stroke-dasharray="2 6"')


def _back_wall(at: Callable[[str], Point], joint: str, width: float) -> str:
    """Draw a wall behind the figure."""
    x, _, _ = at(joint)
    left, top = round((x - width) * SCALE, 1), -0.5 * SCALE
    return f'<rect x="{left}" y="{top}" width="{2 * width * SCALE}" height="{-top}" fill="#f1f3f4" {GREY}/>'


PROPS: Final[dict[str, Callable[..., str]]] = {
    "wall": _wall,
    "step": _step,
    "table": _table,
    "band": _band,
    "pull": _pull,
    "weight": _weight,
    "ball": _ball,
    "stick": _stick,
    "arrow": _arrow,
    "mark": _mark,
    "level": _level,
    "backwall": _back_wall,
}
"""Name in the catalogue → how it is drawn."""
