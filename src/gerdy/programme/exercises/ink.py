"""Lines of a figure as SVG: limbs from far to near, on white edges, so that it reads small and in black and white."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.programme.exercises.skeleton import Point, Skeleton

SCALE: Final = 200
"""Pixels per body height."""

GAP: Final = 0.24
"""Space between the two figures, in body heights."""

EDGE: Final = 0.14
DARK, GREY, TRUNK = "#111", "#9aa0a6", "#3f4650"
LEG: Final = (("hip", "knee"), ("knee", "ankle"), ("ankle", "heel"), ("heel", "toe"), ("ankle", "toe"))
ARM: Final = (("shoulder", "elbow"), ("elbow", "hand"))
FOOT: Final = frozenset({"heel", "toe"})


def figure_ink(skeleton: Skeleton, works: str) -> str:
    """Return the strokes of a figure.

    Parameters
    ----------
    works : ``r``, ``l`` or ``rl``: whose leg is black
    """
    strokes = [*_limbs(skeleton, works), _trunk(skeleton), _head(skeleton)]
    return "".join(ink for _, ink in sorted(strokes, key=lambda stroke: stroke[0]))


def frame(shapes: Sequence[tuple[str, tuple[float, ...]]], title: str) -> str:
    """Return one SVG of shapes side by side on one floor."""
    body, x = [], 0.0
    top = max(box[3] for _, box in shapes)
    for index, (ink, (left, _, right, _)) in enumerate(shapes):
        if index:
            body.append(_next(x + GAP / 2, min(0.5, top / 2)))
            x += GAP
        body.append(f'<g transform="translate({_px(x - left)} 0)">{ink}</g>')
        x += right - left
    low = min(box[1] for _, box in shapes)
    body.insert(0, _floor(-EDGE / 2, x + EDGE / 2))
    view = f"{_px(-EDGE)} {_px(-top - EDGE)} {_px(x + 2 * EDGE)} {_px(top - low + 1.5 * EDGE)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" role="img" fill="none" stroke="{DARK}" '
        f'stroke-linecap="round" stroke-linejoin="round"><title>{escape(title)}</title>{"".join(body)}</svg>'
    )


def line(start: Sequence[float], end: Sequence[float], style: str) -> str:
    """Return one straight stroke between places on the page."""
    return f'<line x1="{_px(start[0])}" y1="{_px(-start[1])}" x2="{_px(end[0])}" y2="{_px(-end[1])}" {style}/>'


def box(left: float, low: float, right: float, top: float) -> str:
    """Return a thing to stand or lie on."""
    return (
        f'<rect x="{_px(left)}" y="{_px(-top)}" width="{_px(right - left)}" height="{_px(top - low)}" '
        'fill="#e8eaed" stroke="#555" stroke-width="2"/>'
    )


def disc(place: Sequence[float], radius: float, style: str) -> str:
    """Return a circle."""
    return f'<circle cx="{_px(place[0])}" cy="{_px(-place[1])}" r="{_px(radius)}" {style}/>'


def _limbs(skeleton: Skeleton, works: str) -> list[tuple[float, str]]:
    found = []
    for side in ("r", "l"):
        leg = (DARK, 9.0) if side in works else (GREY, 6.5)
        for bones, (colour, width) in ((LEG, leg), (ARM, (TRUNK, 6.0))):
            places = [(skeleton.joints[f"{side}_{start}"], skeleton.joints[f"{side}_{end}"]) for start, end in bones]
            widths = [width * 0.6 if set(bone) & FOOT else width for bone in bones]
            depth = sum(a[2] + b[2] for a, b in places) / (2 * len(places))
            found.append((depth, _edged(places, widths, colour)))
    return found


def _edged(bones: Sequence[tuple[Point, Point]], widths: Sequence[float], colour: str) -> str:
    """Return the strokes of one limb over one white edge, so that the edge does not cut its joints."""
    halo = (
        line(a, b, f'stroke="#fff" stroke-width="{width + 3:g}"') for (a, b), width in zip(bones, widths, strict=True)
    )
    ink = (
        line(a, b, f'stroke="{colour}" stroke-width="{width:g}"') for (a, b), width in zip(bones, widths, strict=True)
    )
    return "".join((*halo, *ink))


def _trunk(skeleton: Skeleton) -> tuple[float, str]:
    corners = [skeleton.joints[name] for name in ("r_shoulder", "l_shoulder", "l_hip", "r_hip")]
    points = " ".join(f"{_px(x)},{_px(-y)}" for x, y, _ in corners)
    depth = sum(corner[2] for corner in corners) / len(corners)
    return depth, f'<polygon points="{points}" fill="{TRUNK}" stroke="{TRUNK}" stroke-width="8"/>'


def _head(skeleton: Skeleton) -> tuple[float, str]:
    place = skeleton.joints["head"]
    return place[2], disc(place, 0.062, f'fill="#fff" stroke="{DARK}" stroke-width="4"')


def _floor(left: float, right: float) -> str:
    return line((left, 0.0), (right, 0.0), 'stroke="#555" stroke-width="2"')


def _next(x: float, y: float) -> str:
    path = f"M{_px(x - 0.03)},{_px(-y)} h{_px(0.06)} m-5,-5 l5,5 l-5,5"
    return f'<path d="{path}" stroke="#777" stroke-width="2.5"/>'


def _px(length: float) -> float:
    return round(length * SCALE, 1)
