"""A posed figure and its props as SVG text; black on transparent, so that it prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gerdy.assess.drawing import Figure, Point

SCALE: Final = 200
"""Pixels per body height."""

BOX: Final = 0.11
"""Height of the box under a squat, in body heights of the drawing."""

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
    joints = figure.joints
    xs = [x for x, _ in joints.values()]
    left, right = min(xs) - 0.15, max(xs) + 0.15
    thin, grey = 'stroke="#555" stroke-width="2.5"', 'fill="#eee" stroke="#555" stroke-width="2"'
    if props:
        floor = -BOX if "box" in props else 0.0
        yield _line((left, floor), (right, floor), thin)
    ring = 'stroke="#0369a1" stroke-width="3"'
    foot = _foot(figure)
    for prop in props:
        if prop == "wall":
            yield _line((right - 0.13, 0.0), (right - 0.13, max(y for _, y in joints.values()) + 0.05), thin)
        elif prop == "box":
            yield _box((foot[0] - 0.13, 0.0), (foot[0] + 0.13, -BOX), grey)
        elif prop == "step":
            yield _box((foot[0] - 0.10, foot[1]), (foot[0] + 0.09, 0.0), grey)
        elif prop == "bench":
            hip = joints.get("hip") or joints["pelvis"]
            yield _box((hip[0] - 0.22, hip[1] - 0.045), (hip[0] + 0.1, hip[1] - 0.085), grey)
        elif prop in {"belt", "strap", "band"}:
            where = joints.get("ankle_left") or joints["knee" if prop == "band" else "ankle"]
            end = (where[0] + 0.22, where[1]) if prop == "band" else (where[0], 0.0)
            yield _line(where, end, f'{ring} stroke-dasharray="5 4"')
        elif prop == "belt_right":
            where = joints["ankle_right"]
            yield _line(where, (where[0] - 0.2, where[1]), f'{ring} stroke-dasharray="5 4"')
        elif prop == "hand":
            x, y = _at(joints.get("ankle_left") or joints["knee"])
            yield f'<path d="M{x},{y - 34} l0,18 m-6,-8 l6,8 l6,-8" {ring}/>'
        elif prop == "weight":
            x, y = _at(joints["ankle_left"])
            yield f'<rect x="{x - 8}" y="{y - 8}" width="16" height="16" fill="#0369a1" stroke="none"/>'
        elif prop == "ruler":
            yield _line((foot[0], -0.035), (right - 0.05, -0.035), f'{ring} stroke-dasharray="2 6"')
        elif prop == "elbow":
            yield _line(joints["shoulder_right"], (joints["shoulder_right"][0], 0.0), 'stroke-width="5.5"')
        elif prop == "midline":
            x, _ = joints["pelvis"]
            yield _line((x, 0.0), (x, joints["pelvis"][1] + 0.1), f'{ring} stroke-dasharray="3 6"')


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
