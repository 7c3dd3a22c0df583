"""One page that says how to film a runner, with drawings; ours from the first line to the last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gerdy import evidence
from gerdy.report.sections import Section, page_of_sections

if TYPE_CHECKING:
    from collections.abc import Sequence

INK, SOFT, MARK = "#22303c", "#6b7884", "#b5482a"


def guide_sections() -> tuple[Section, ...]:
    """Return the guide: before, from the side, from behind, the tests, after."""
    rate, strides = evidence.value("house_film.least_rate"), evidence.value("house_motion.strides_for_verdict")
    pain = evidence.value("house_film.film_pain_ceiling")
    return (
        Section(
            "Before",
            (
                f"Do not run for the camera with pain above {pain:.0f} of 10, or if running makes it worse: the film can "
                "wait.",
                "Short or tight trousers, shirt tucked in or tight, so that hips, knees and ankles can be seen. Bright "
                "light on the runner, not behind.",
                "Phone on something solid, level (most phones show a level in the camera), at hip height, about four "
                "metres away, picture upright or across, no zooming or panning. Nobody else in the picture.",
                f"60 pictures a second or more (120 or 240 is better; never below {rate:.0f}). Slow motion is fine: give "
                "--slowmo with how many times slower it plays.",
                f"Twenty seconds of steady running at your usual pace, at least {strides:.0f} strides on each side.",
            ),
        ),
        Section(
            "From the side",
            (
                "Camera square to the way of running, in line with the hips. The whole body from head to shoe stays in "
                "the picture. The leg nearer to the camera is measured; film the other side too for the other leg.",
            ),
            svg=_drawing(_SIDE, "The phone stands at hip height, square to the runner, four metres away."),
        ),
        Section(
            "From behind",
            (
                "Camera straight behind the middle of the treadmill or path. For the pelvis, put two pieces of tape on "
                "the bony points at the back of it: without tape those angles only inform.",
            ),
            svg=_drawing(_REAR, "The phone stands straight behind the runner at hip height; tape marks the pelvis."),
        ),
        Section(
            "Then",
            (
                "gerdy analyze side.mp4 rear.mp4 --height 1.78 --out my-run. Nothing leaves your computer, and faces are "
                "blurred in everything that is written. A film that cannot be measured is refused with the reason.",
            ),
        ),
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
    ("circle", 250, 40, 12),
    ("line", 248, 52, 240, 105),
    ("line", 240, 105, 262, 142),
    ("line", 262, 142, 256, 185),
    ("line", 256, 185, 274, 187),
    ("line", 240, 105, 222, 142),
    ("line", 222, 142, 190, 150),
    ("line", 190, 150, 184, 164),
    ("line", 247, 62, 228, 86),
    ("line", 228, 86, 246, 98),
    ("line", 150, 190, 330, 190),
)
"""A runner seen from the side, in units of the drawing."""

_REAR: Final = (
    ("circle", 240, 40, 12),
    ("line", 220, 58, 260, 58),
    ("line", 240, 58, 240, 102),
    ("line", 226, 100, 254, 106),
    ("line", 226, 100, 234, 145),
    ("line", 234, 145, 232, 186),
    ("line", 254, 106, 252, 142),
    ("line", 252, 142, 254, 166),
    ("mark", 233, 97, 3),
    ("mark", 247, 101, 3),
    ("line", 190, 190, 290, 190),
)
"""A runner seen from behind with tape on the pelvis, in units of the drawing."""


def _drawing(
    figure: Sequence[tuple[str, float, float, float] | tuple[str, float, float, float, float]], says: str
) -> str:
    """Return a small drawing of phone and runner."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 210" role="img" style="max-width: 26em">'
        f"<title>{says}</title>",
        f'<g fill="none" stroke="{INK}" stroke-width="4" stroke-linecap="round">',
    ]
    for kind, *at in figure:
        if kind == "line":
            parts.append('<line x1="{:g}" y1="{:g}" x2="{:g}" y2="{:g}"/>'.format(*at))
        else:
            colour = MARK if kind == "mark" else INK
            parts.append('<circle cx="{:g}" cy="{:g}" r="{:g}" stroke="{}"/>'.format(*at, colour))
    parts.append("</g>")
    parts.append(
        f'<g fill="none" stroke="{SOFT}" stroke-width="2"><rect x="30" y="92" width="14" height="26" rx="3"/>'
        f'<line x1="37" y1="118" x2="37" y2="190"/><path d="M48 105 H 215" stroke-dasharray="4 6"/></g>'
        f'<text x="100" y="98" font-size="13" fill="{SOFT}">about 4 m, hip height</text></svg>'
    )
    return "".join(parts)
