"""The motion report: one HTML file that needs nothing else and prints on A4."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, StrictUndefined

from gerdy import __version__
from gerdy.motion.paths import foot_path
from gerdy.motion.strides import VERDICTS
from gerdy.motion.symmetry import compare_sides
from gerdy.pipelines.analysis import SIDE_KEYS, sources
from gerdy.pipelines.ranked_what_ifs import RankedWhatIfs
from gerdy.quantities import SIDES
from gerdy.report.band_pictures import band_pictures
from gerdy.report.first_page import first_page
from gerdy.report.joint_pictures import angle_picture, fit_picture
from gerdy.report.pictures import force_picture, path_picture, timing_picture
from gerdy.report.stride_picture import stride_picture
from gerdy.report.why_material import why_material
from gerdy.report.why_section import why_section
from gerdy.report.words import WORDS, with_spread

if TYPE_CHECKING:
    from gerdy.motion.paths import FootPath
    from gerdy.pipelines.analysis import Analysis
    from gerdy.quantities import SideName
    from gerdy.report.pictures import Picture


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table on the first page."""

    name: str
    unit: str
    values: tuple[str, ...]
    verdict: str


def report_html(found: Analysis, title: str = "How this runner moves", what_ifs: RankedWhatIfs | None = None) -> str:
    """Return the report as one HTML document; with ranked what-ifs, where they were asked for."""
    ranked = what_ifs or RankedWhatIfs()
    folder = files("gerdy.report").joinpath("templates")
    template = _ENVIRONMENT.from_string(folder.joinpath("report.html.j2").read_text(encoding="utf-8"))
    return template.render(
        title=title,
        version=__version__,
        style=folder.joinpath("report.css").read_text(encoding="utf-8"),
        who=_who(found),
        page=first_page(found),
        sides=[{"name": side.capitalize(), "strides": r.strides} for side, r in found.sides.items() if r],
        rows=[_row(key, found) for key in SIDE_KEYS],
        why=why_section(found, why_material(found, ranked.sides)),
        pictures=pictures(found),
        problems=found.problems,
        method=_method(found),
        limits=BAND_LIMITS if found.bands else (),
        sources=sources(found.used | ranked.used),
    )


def pictures(found: Analysis) -> tuple[Picture, ...]:
    """Return every picture that this recording allows."""
    drawn = (
        angle_picture(found),
        *band_pictures(found),
        *(stride_picture(found, side) for side in SIDES),
        path_picture(_paths(found)),
        force_picture(found),
        timing_picture(found),
        fit_picture(found),
    )
    return tuple(picture for picture in drawn if picture is not None)


BAND_LIMITS: Final = (
    (
        "How hard the band really presses: over anatomy that cannot be seen from outside the computed force varies "
        "several times over. Differences between sides, speeds and changes are more certain than any size."
    ),
    "Whether a load is too high: no study gives a limit, and gerdy draws none.",
    (
        "Muscles that work against each other, the passive pull of stretched fibres, and what the nervous system "
        "prefers: muscle forces are the least effort that explains the joint moments."
    ),
    (
        "How thick the tissue over this runner's epicondyle is, how much of gluteus maximus enters the band, and how "
        "stiff the band is: all three are drawn from stated ranges."
    ),
)
"""What the model of the band cannot know, for the report."""

_ENVIRONMENT: Final = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def _paths(found: Analysis) -> dict[SideName, FootPath]:
    shown = [side for side in SIDES if (result := found.sides[side]) and result.strides]
    return {side: foot_path(found.markers, found.marker_set, found.motion.good(side), side) for side in shown}


def _who(found: Analysis) -> str:
    subject = found.subject
    parts = [f"Runner {subject.runner_id}"]
    if subject.mass_kg:
        how = "from the forces" if subject.mass_from == "forces" else "as given"
        parts.append(f"{subject.mass_kg:.1f} kilograms ({how})")
    if subject.height_m:
        parts.append(f"{subject.height_m:.2f} metres")
    if subject.sex:
        parts.append(subject.sex)
    pain = {"now": "IT band pain now", "past": "IT band pain in the past", "never": "never had IT band pain"}
    if subject.pain:
        where = f" ({subject.painful_side} knee)" if subject.painful_side else ""
        parts.append(pain[subject.pain] + where)
    return " · ".join(parts)


def _row(key: str, found: Analysis) -> Row:
    word = WORDS[key]
    shown = [result for result in found.sides.values() if result]
    return Row(word.name, word.unit, tuple(with_spread(r.values.get(key), word) for r in shown), _verdict(key, found))


def _verdict(key: str, found: Analysis) -> str:
    left, right = found.sides["left"], found.sides["right"]
    if left is None or right is None or key not in left.values or key not in right.values:
        return "–"
    if key == "cadence_spm":
        return "one rhythm, both feet"
    seen = compare_sides(key, left.values[key], right.values[key], found.motion.stances.method)
    if not seen.enough:
        return "too few strides"
    word = WORDS[key]
    return f"left {word.higher if seen.difference.mean > 0 else word.lower}" if seen.beyond_error else "within error"


def _method(found: Analysis) -> list[tuple[str, str]]:
    facts = found.recording
    names = ", ".join(item["name"] for item in facts["files"])
    events = "the vertical force" if facts["events_from"] == "forces" else "the height of the foot markers"
    dropped = _dropped(found)
    return [
        ("Files", names + (f"; standing trial {facts['static']['name']}" if facts["static"] else "")),
        ("Marker set", str(facts["marker_set"])),
        ("Contact and toe-off", f"from {events}"),
        ("Strides left out", dropped or "none"),
    ]


def _dropped(found: Analysis) -> str:
    counts: dict[str, int] = {}
    for result in found.sides.values():
        for verdict, n in (result.verdicts if result else {}).items():
            if verdict != "good":
                counts[verdict] = counts.get(verdict, 0) + n
    return "; ".join(f"{n} because {VERDICTS[verdict]}" for verdict, n in sorted(counts.items()))
