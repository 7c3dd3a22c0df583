"""A posed figure and its props as SVG text; black on transparent, so that it prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gerdy.assess.drawing import Figure, Point

SCALE: Final = 200
"""Pixels per body height."""

BOX: Final = 0.11
"""Height of the box under a squat, in body heights of the drawing."""

THIN: Final = 'stroke="#555" stroke-width="2.5"'
GREY: Final = 'fill="#eee" stroke="#555" stroke-width="2"'
BLUE: Final = 'stroke="#0369a1" stroke-width="3"'
DASHES: Final = 'stroke-dasharray="5 4"'
FAR: Final = frozenset({"other_knee", "other_ankle", "other_heel", "other_toe"})


def picture(figure: Figure, props: tuple[str, ...], mark: str, title: str) -> str:
    """Return the SVG of a figure, with a thin far leg, a ring at `mark`, and its props behind it."""
    body = [*_props(figure, props), *_bones(figure), _head(figure)]
    if mark in figure.joints:
        x, y = _at(figure.joints[mark])
        body.append(f'<circle cx="{x}" cy="{y}" r="11" fill="none" stroke="#c2410c" stroke-width="2.5"/>')
    left, top, width, height = _frame(figure)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {width} {height}" role="img" '
        f'fill="none" stroke="#111" stroke-linecap="round" stroke-linejoin="round">'
        f"<title>{escape(title)}</title>{''.join(body)}</svg>"
    )


def _bones(figure: Figure) -> Iterator[str]:
    for start, end in sorted(figure.bones, key=lambda bone: not set(bone) & FAR):
        far = bool({start, end} & FAR)
        stroke = 'stroke="#888" stroke-width="4"' if far else 'stroke-width="5.5"'
        yield _line(figure.joints[start], figure.joints[end], stroke)


def _head(figure: Figure) -> str:
    x, y = _at(figure.head)
    return f'<circle cx="{x}" cy="{y}" r="{0.06 * SCALE:.0f}" fill="#fff" stroke-width="5"/>'


def _props(figure: Figure, props: tuple[str, ...]) -> Iterator[str]:
    left, right = (edge(x for x, _ in figure.joints.values()) for edge in (min, max))
    if props:
        floor = -BOX if "box" in props else 0.0
        yield _line((left - 0.15, floor), (right + 0.15, floor), THIN)
    for prop in props:
        if prop in PROPS:
            yield PROPS[prop](figure)


def _wall(figure: Figure) -> str:
    x = max(x for x, _ in figure.joints.values()) + 0.02
    return _line((x, 0.0), (x, max(y for _, y in figure.joints.values()) + 0.05), THIN)


def _under_foot(figure: Figure) -> str:
    x, _ = _foot(figure)
    return _box((x - 0.13, 0.0), (x + 0.13, -BOX), GREY)


def _step(figure: Figure) -> str:
    x, y = _foot(figure)
    return _box((x - 0.10, y), (x + 0.09, 0.0), GREY)


def _bench(figure: Figure) -> str:
    x, y = figure.joints.get("hip") or figure.joints["pelvis"]
    return _box((x - 0.22, y - 0.045), (x + 0.1, y - 0.085), GREY)


def _pull_down(figure: Figure) -> str:
    x, y = figure.joints["ankle_left"]
    return _line((x, y), (x, 0.0), f"{BLUE} {DASHES}")


def _pull_out(figure: Figure) -> str:
    x, y = figure.joints["ankle_right"]
    return _line((x, y), (x - 0.2, y), f"{BLUE} {DASHES}")


def _band(figure: Figure) -> str:
    x, y = figure.joints["knee"]
    return _line((x, y), (x + 0.22, y), f"{BLUE} {DASHES}")


def _hand(figure: Figure) -> str:
    x, y = _at(figure.joints.get("ankle_left") or figure.joints["knee"])
    return f'<path d="M{x},{y - 34} l0,18 m-6,-8 l6,8 l6,-8" {BLUE}/>'


def _weight(figure: Figure) -> str:
    x, y = _at(figure.joints["ankle_left"])
    return f'<rect x="{x - 8}" y="{y - 8}" width="16" height="16" fill="#0369a1" stroke="none"/>'


def _ruler(figure: Figure) -> str:
    right = max(x for x, _ in figure.joints.values()) + 0.1
    return _line((_foot(figure)[0], -0.035), (right, -0.035), f'{BLUE} stroke-dasharray="2 6"')


def _elbow(figure: Figure) -> str:
    x, y = figure.joints["shoulder_right"]
    return _line((x, y), (x, 0.0), 'stroke-width="5.5"')


def _midline(figure: Figure) -> str:
    x, y = figure.joints["pelvis"]
    return _line((x, 0.0), (x, y + 0.1), f'{BLUE} stroke-dasharray="3 6"')


PROPS: Final[dict[str, Callable[[Figure], str]]] = {
    "wall": _wall,
    "box": _under_foot,
    "step": _step,
    "bench": _bench,
    "belt": _pull_down,
    "strap": _pull_down,
    "belt_right": _pull_out,
    "band": _band,
    "hand": _hand,
    "weight": _weight,
    "ruler": _ruler,
    "elbow": _elbow,
    "midline": _midline,
}


def _foot(figure: Figure) -> Point:
    return figure.joints.get("toe") or figure.joints["ankle_right"]


def _frame(figure: Figure) -> tuple[int, int, int, int]:
    points = [*figure.joints.values(), figure.head]
    low_x, high_x = min(x for x, _ in points) - 0.18, max(x for x, _ in points) + 0.18
    high_y = max(y for _, y in points) + 0.1
    width, height = (high_x - low_x) * SCALE, (high_y + 0.14) * SCALE
    side = max(width, height)
    return round(low_x * SCALE - (side - width) / 2), round(-high_y * SCALE - (side - height)), round(side), round(side)


def _line(start: Point, end: Point, style: str) -> str:
    (x1, y1), (x2, y2) = _at(start), _at(end)
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" {style}/>'


def _box(low: Point, high: Point, style: str) -> str:
    (x1, y1), (x2, y2) = _at(low), _at(high)
    return f'<rect x="{x1}" y="{min(y1, y2)}" width="{x2 - x1}" height="{abs(y2 - y1)}" {style}/>'


def _at(point: Point) -> tuple[float, float]:
    return round(point[0] * SCALE, 1), round(-point[1] * SCALE, 1)
