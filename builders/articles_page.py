"""Write docs/validation/articles.md: each claim of the two articles, what gerdy computes for it, and the verdict.

``python builders/articles_page.py ../shared/data/rbds-running ../shared/data/rbds-norm`` (some minutes). Each folder
holds runners: one folder each, with a standing trial beside running trials. The answers are written into the package
as well, so that `gerdy evidence --claims` prints the same numbers.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

sys.path.insert(0, str(Path(__file__).parent))

import articles_pictures as draw
from article_legs import legs_of
from gerdy.band.priors import draw_bands
from gerdy.band.validation.material import Material
from gerdy.body import load
from gerdy.chain.articles import answers as stored
from gerdy.chain.articles.answers import found_toml
from gerdy.chain.articles.ask import of_runners, of_the_model
from gerdy.chain.articles.claims import VERDICTS, articles, claims, holds
from gerdy.evidence import registry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gerdy.chain.articles import Claim
    from gerdy.chain.articles.running import Leg

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs" / "validation" / "articles.md"
FOUND: Final = ROOT / "src" / "gerdy" / "chain" / "articles" / "found.toml"
PICTURES: Final = ROOT / "docs" / "img" / "articles"

HEAD: Final = """# The two articles, checked

Made by `python builders/articles_page.py ../shared/data/rbds-running ../shared/data/rbds-norm`;
`gerdy evidence --claims` prints the same.

Two articles stand behind gerdy.

* A: {a}.
* B: {b}.

Here is each of their claims with at most one of their own sentences, what gerdy computes for it, what others found, and
a verdict. They are right more often than not about the mechanics, and wrong in places; both are said, with the source.

Answers over *bands* come from the shipped body with {draws} believable bands: the median, and in
brackets where nine in ten of them lie. Answers over
*runners* come from {runners} runners at 3.5 m/s on an instrumented treadmill (RBDS; Fukuchi, Fukuchi and Duarte 2017,
CC BY 4.0), with and without past injuries: the median over runners, the smallest and the largest. None of it is a
statement about pain: nobody's pain was measured here.
"""

SHOWN: Final = {
    "levers": (
        "tilt_lever",
        "Inward-turning arms against hip flexion: strand and gluteus medius rise, vastus lateralis stays at zero.",
    ),
    "knee": ("valgus", "Press on the epicondyle for each newton of tension: it falls in valgus and rises in varus."),
    "stretch": (
        "stretch_tfl",
        "How the lengthening of two stretches is shared: nearly all muscle, about two millimetres of band.",
    ),
    "force": ("mid_stance_force", "Vertical force of each runner over stance, with its peaks."),
    "fibres": ("drills_shorten", "Fibre length of the glutes in drills, and in running as a band."),
    "circle": ("vicious_circle", "Gain of the circle for each leg with nine in ten draws; one is never reached."),
}
"""Picture → the claim under which it stands, and what it shows in words."""


def main(folders: Sequence[Path]) -> None:
    """Ask every question, and write answers, pictures and page."""
    body = load()
    write(Material(body, draw_bands(body)), tuple(legs_of(folders)))


def write(material: Material, legs: Sequence[Leg]) -> None:
    """Write answers first, so that the page reads what gerdy will print."""
    asked = of_the_model(material) | of_runners(legs)
    FOUND.write_text(found_toml({key: one.answer for key, one in asked.items()}), encoding="utf-8")
    stored.cache_clear()
    PICTURES.mkdir(parents=True, exist_ok=True)
    drawn = {
        "levers": draw.lever_picture(material),
        "knee": draw.knee_picture(material),
        "stretch": draw.stretch_picture(material),
        "force": draw.force_picture(legs),
        "fibres": draw.fibre_picture(material, legs),
        "circle": draw.circle_picture(legs),
    }
    for name, svg in drawn.items():
        (PICTURES / f"{name}.svg").write_text(svg, encoding="utf-8")
    runners = stored()["force_peak_time"].n
    PAGE.write_text("\n".join(page(len(material.draws), runners)), encoding="utf-8")
    wrong = [f"{claim.key}: {line}" for claim in claims().values() for line in claim.shows if not holds(line)]
    if wrong:
        sys.exit("These verdicts no longer follow from the answers: " + "; ".join(wrong))


def page(draws: int, runners: int) -> Iterator[str]:
    """Return the page, line by line."""
    a, b = (articles()[key].citation() for key in "AB")
    yield HEAD.format(a=a, b=b, draws=draws, runners=runners)
    yield from _summary()
    for claim in claims().values():
        yield from _section(claim)
    yield from _questions()
    yield from _sources()


def _summary() -> Iterator[str]:
    yield "| claim | article | verdict | grade |\n| --- | --- | --- | --- |"
    for claim in claims().values():
        yield f"| [{claim.title}](#{claim.key}) | {claim.article} | {claim.verdict} | {claim.grade} |"
    yield ""
    for verdict, meaning in VERDICTS.items():
        count = sum(claim.verdict == verdict for claim in claims().values())
        yield f"* *{verdict}* ({count}): {meaning}"
    yield ""


def _section(claim: Claim) -> Iterator[str]:
    yield f"## {claim.title} {{ #{claim.key} }}\n"
    yield f"Article {claim.article}: {claim.said()}\n"
    yield f"**gerdy's answer.** {claim.answer()}\n"
    for name, (key, says) in SHOWN.items():
        if key == claim.key:
            yield f"![{says}](../img/articles/{name}.svg)\n"
    cited = "; ".join(f"{way}: {', '.join(names)}" for way, names in claim.cited().items() if names)
    yield f"**Literature.** {cited[0].upper() + cited[1:] if cited else 'None found'}.\n"
    yield f"**Verdict: {claim.verdict}** (grade {claim.grade}). {claim.reading}\n"


def _questions() -> Iterator[str]:
    yield "## How each number is found\n"
    yield "| what | found | how |\n| --- | --- | --- |"
    for answer in stored().values():
        yield f"| {answer.question.what} | {answer.printed()} | {answer.question.rule} |"
    yield ""


def _sources() -> Iterator[str]:
    keys = dict.fromkeys(key for claim in claims().values() for key in (*claim.literature, *claim.against))
    named = dict.fromkeys(registry().source_of(key).citation() for key in keys)
    yield "## Sources\n"
    yield from (f"* {citation}" for citation in sorted(named))
    yield ""


if __name__ == "__main__":
    main([Path(folder) for folder in sys.argv[1:]])
