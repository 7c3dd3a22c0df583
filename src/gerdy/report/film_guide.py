"""One page that says how to film a runner, with drawings; ours from the first line to the last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.report.sections import Section, page_of_sections

if TYPE_CHECKING:
    from collections.abc import Sequence

INK, SOFT = "#22303c", "#6b7884"


def guide_sections() -> tuple[Section, ...]:
    """Return the guide: before, from the side, from behind, after."""
    rate, strides = evidence.value("house_film.least_rate"), evidence.value("house_motion.strides_for_verdict")
    pain = evidence.value("house_film.film_pain_ceiling")
    before = (
        f"Do not run for the camera with pain above {pain:.0f} of 10: the film can wait.",
        "Short or tight trousers and shirt, so that hips, knees and ankles can be seen.",
        "Bright light on the runner, not behind. Nobody else in the picture.",
        "Phone on something solid, level (the camera can show that), at hip height, about four metres away.",
        "No zooming, no panning. The whole body from head to shoe stays in the picture.",
        f"60 pictures a second or more; 120 is better, below {rate:.0f} is refused.",
        "Slow motion is fine: give --slowmo with how many times slower it plays.",
        f"Twenty seconds of steady running at your usual pace, at least {strides:.0f} strides on each side.",
    )
    side = (
        "Camera square to the way of running, in line with the hips.",
        "The leg nearer to the camera is measured well; film the other side too for the other leg.",
    )
    behind = (
        "Camera straight behind the middle of the treadmill or path.",
        "Without markers these angles inform, and decide nothing.",
    )
    then = (
        "gerdy analyze side.mp4 rear.mp4 --height 1.78 --out my-run",
        "Nothing leaves your computer, and faces are blurred in everything that is written.",
        "A film that cannot be measured is refused with the reason.",
    )
    return (
        Section("Before", before),
        Section("From the side", side, svg=_drawing(_SIDE, "The phone stands at hip height, square to the runner.")),
        Section("From behind", behind, svg=_drawing(_REAR, "The phone stands straight behind the runner.")),
        Section("Then", then),
    )


def guide_html() -> str:
    """Return the page."""
    return page_of_sections("How to film a runner", "For gerdy analyze", guide_sections(), ())


def guide_text() -> str:
    """Return the same words for a terminal."""
    return "\n\n".join(
        f"{section.title}\n" + "\n".join(f"  · {s}" for s in section.says) for section in guide_sections()
    )


_SIDE: Final = (
    ("circle", (250, 40, 12)),
    ("line", (248, 52, 240, 105)),
    ("line", (240, 105, 262, 142)),
    ("line", (262, 142, 256, 185)),
    ("line", (256, 185, 274, 187)),
    ("line", (240, 105, 222, 142)),
    ("line", (222, 142, 190, 150)),
    ("line", (190, 150, 184, 164)),
    ("line", (247, 62, 228, 86)),
    ("line", (228, 86, 246, 98)),
    ("line", (150, 190, 330, 190)),
)
"""A runner seen from the side, in units of the drawing."""

_REAR: Final = (
    ("circle", (240, 40, 12)),
    ("line", (220, 58, 260, 58)),
    ("line", (240, 58, 240, 102)),
    ("line", (226, 100, 254, 106)),
    ("line", (226, 100, 234, 145)),
    ("line", (234, 145, 232, 186)),
    ("line", (254, 106, 252, 142)),
    ("line", (252, 142, 254, 166)),
    ("line", (190, 190, 290, 190)),
)
"""A runner seen from behind in units of the drawing."""


def _drawing(figure: Sequence[tuple[str, tuple[float, ...]]], says: str) -> str:
    """Return a small drawing of phone and runner."""
    runner = "".join(_LINE.format(*at) if kind == "line" else _CIRCLE.format(*at) for kind, at in figure)
    return _FRAME.format(says=says, ink=INK, soft=SOFT, runner=runner)


_LINE: Final = '<line x1="{:g}" y1="{:g}" x2="{:g}" y2="{:g}"/>'
_CIRCLE: Final = '<circle cx="{:g}" cy="{:g}" r="{:g}"/>'
_FRAME: Final = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 210" role="img" style="max-width: 26em">
<title>{says}</title>
<g fill="none" stroke="{ink}" stroke-width="4" stroke-linecap="round">{runner}</g>
<g fill="none" stroke="{soft}" stroke-width="2"><rect x="30" y="92" width="14" height="26" rx="3"/>
<line x1="37" y1="118" x2="37" y2="190"/><path d="M48 105 H 180" stroke-dasharray="4 6"/></g>
<text x="62" y="98" font-size="13" fill="{soft}">about 4 m, hip height</text>
</svg>"""
