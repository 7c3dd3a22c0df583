"""The section *What is loading it*: shares, the mean stance, what-ifs, the circle, and a stride to turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from gerdy.quantities import SIDES
from gerdy.report.stride_3d import mean_stride
from gerdy.report.turning import Turning, turning
from gerdy.report.why_pictures import SHOWN, share_picture
from gerdy.report.why_shapes import what_ifs_of, why_of
from gerdy.report.why_what_ifs import what_if_picture

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gerdy.pipelines.analysis import Analysis
    from gerdy.quantities import SideName
    from gerdy.report.pictures import Picture

OPENING: Final = (
    (
        "How this runner's band differs from the reference, and which part of the movement makes the difference. "
        "Shares add up to the whole difference. They are a calculation on a model of this body."
    ),
    (
        "Absolute loads are not certain; differences are more so, and each stands with its interval. Where the "
        "interval includes zero the share cannot be told apart from nothing. None of this says why a knee hurts."
    ),
)


NOT_ASKED: Final = (
    "What would change it was not asked: run the analysis with --what-ifs, or gerdy what-if on its folder with "
    "--search."
)


@dataclass(frozen=True, slots=True)
class WhySide:
    """One side of the section.

    Parameters
    ----------
    title : a heading
    sentences : differences, how to read them, and the circle
    pictures : each with its table
    """

    title: str
    sentences: tuple[str, ...]
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class WhySection:
    """The whole section.

    Parameters
    ----------
    opening : what it is, and what it is not
    sides : one for each side with something to say
    turning : the stride that can be turned, or None without a band
    """

    opening: tuple[str, ...]
    sides: tuple[WhySide, ...]
    turning: Turning | None


@dataclass(frozen=True, slots=True)
class WhyMaterial:
    """What the section is made of, by side; JSON shapes as documented.

    Parameters
    ----------
    attributions : ``sides.*.attribution`` of ``gerdy/analysis/1``
    readings : how sex and pain change what shares mean
    what_ifs : answers of ``gerdy/what-if/1``, ranked
    circles : ``sides.*.vicious_circle``
    curves : the mean stance against the reference, drawn
    """

    attributions: Mapping[SideName, Mapping[str, Any]] = field(default_factory=dict)
    readings: Mapping[SideName, Sequence[str]] = field(default_factory=dict)
    what_ifs: Mapping[SideName, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    circles: Mapping[SideName, Mapping[str, Any]] = field(default_factory=dict)
    curves: Mapping[SideName, Picture] = field(default_factory=dict)


def why_section(found: Analysis, material: WhyMaterial) -> WhySection | None:
    """Return the section, or None where nothing was compared and nothing was asked."""
    sides = tuple(side for name in SIDES if (side := _side(name, material)) is not None)
    if not sides:
        return None
    stride = mean_stride(found)
    return WhySection(OPENING, sides, None if stride is None else turning(stride))


def _side(side: SideName, material: WhyMaterial) -> WhySide | None:
    sentences: list[str] = []
    pictures: list[Picture | None] = []
    if attribution := material.attributions.get(side):
        why = why_of(attribution)
        sentences += [difference.sentence(why.reference) for difference in why.differences[:SHOWN]]
        sentences += [*material.readings.get(side, ()), *filter(None, [why.note])]
        sentences += [f"{group}: {reason}." for group, reason in why.missing.items()]
        pictures.append(share_picture(side, why))
    pictures.append(material.curves.get(side))
    answers = what_ifs_of(material.what_ifs.get(side, ()))
    pictures.append(what_if_picture(side, answers))
    if circle := material.circles.get(side):
        sentences.append(circle_sentence(circle))
    if sentences and not answers:
        sentences.append(NOT_ASKED)
    drawn = tuple(picture for picture in pictures if picture is not None)
    return WhySide(f"{side.capitalize()} side", tuple(sentences), drawn) if sentences or drawn else None


def circle_sentence(circle: Mapping[str, Any]) -> str:
    """Say what becomes of one degree of tilt; a hypothesis, and the sentence says so."""
    gain, soft = circle["gain"], circle["runs_away_below_nm_per_deg"]
    above = circle["share_of_draws_above_one"]
    return (
        "A vicious circle (hypothesis): one degree more of forward tilt of the pelvis would come back as "
        f"{gain['median']:.3f} degrees ({gain['p5']:.3f} to {gain['p95']:.3f}, {gain['draws']} draws) by way of the "
        f"front hip muscle's pull. A loop runs away at 1; {100 * above:.0f} percent of the draws reach it. It would "
        f"take a trunk softer than {soft['median']:.2f} newton metres per degree. Three of its links are drawn from "
        "stated ranges because nobody measured them."
    )
