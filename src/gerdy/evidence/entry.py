"""One claim with its pedigree, and the rules it must keep."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Final, TypeAlias

from gerdy.errors import EvidenceInvalid, nearest

Value: TypeAlias = float | str | bool | tuple["Value", ...] | dict[str, "Value"]

GRADES: Final = ("A", "B", "C", "E")
CERTAINTIES: Final = ("verified", "computed", "secondary", "house choice")
DIRECTNESS: Final = ("direct", "runner", "indirect", "not applicable")


@dataclass(frozen=True, slots=True)
class Source:
    """One publication, data set, model or the house itself.

    Parameters
    ----------
    key : as in ``sources.bib``, for example ``orchard1996``
    title, author, year, journal, link : as printed in the bibliography; `link` is a DOI or empty
    note : one sentence on what the source is good for, and where it stops
    """

    key: str
    title: str
    author: str
    year: str
    link: str
    journal: str = ""
    note: str = ""

    def citation(self) -> str:
        """Return one line for a reader."""
        title = self.title if self.title.endswith("?") else f"{self.title}."
        journal = f"{self.journal}." if self.journal else ""
        return " ".join(filter(None, (f"{self.author} ({self.year}). {title}", journal, self.link)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A value about bodies, training or measurement, with everything needed to judge it.

    Parameters
    ----------
    key : ``<set>.<name>``
    value : number, text, or nested numbers
    unit : as printed; ``1`` for a pure number
    interval : (low, high) in `unit`, or None where the source gives none
    sd : standard deviation between people in `unit`, or None where the source gives none
    n : how many people stand behind the value, or None where the source does not say
    speed_m_s : running speed, or None where it does not apply or was each runner's own
    population, design : who was studied, and how
    grade : A trials or large cohorts in runners … E opinion or design default
    directness : how close the population is to runners with IT band pain
    certainty : *verified* read in the source, *computed* from open data, *secondary* "as reported by",
        *house choice* ours
    does_not_say : the conclusion that must not be drawn
    reason : why the house chose it, and what would change our mind (house choices only)
    where : page, table or section
    source : key of the bibliography, by default the name of the set
    """

    key: str
    value: Value
    unit: str
    population: str
    design: str
    grade: str
    directness: str
    certainty: str
    does_not_say: str
    source: str
    interval: tuple[float, float] | None = None
    sd: float | None = None
    n: int | None = None
    speed_m_s: float | None = None
    reason: str = ""
    where: str = ""

    def __post_init__(self) -> None:
        for name, allowed in (("grade", GRADES), ("certainty", CERTAINTIES), ("directness", DIRECTNESS)):
            if (seen := getattr(self, name)) not in allowed:
                raise EvidenceInvalid(f"{self.key}: {name} is '{seen}'; it must be one of {', '.join(allowed)}.")
        if self.certainty == "house choice" and not self.reason:
            raise EvidenceInvalid(f"{self.key}: a house choice needs a 'reason' that says what would change it.")

    def printed(self) -> str:
        """Return value, spread, unit and number of people as a reader sees them."""
        unit = "" if self.unit == "1" else f" {self.unit}"
        people = f" (n {self.n})" if self.n is not None else ""
        return self._with_spread() + unit + people

    def _with_spread(self) -> str:
        if self.sd is None or not isinstance(self.value, float):
            return _plain(self.value)
        decimals = len(f"{self.sd}".partition(".")[2])
        return f"{self.value:.{decimals}f} ± {self.sd}"

    @property
    def is_house_choice(self) -> bool:
        """Whether nobody but us stands behind the value."""
        return self.certainty == "house choice"


def parse_entry(set_name: str, name: str, table: dict[str, Any]) -> Entry:
    """Build an entry from one TOML table.

    Raises
    ------
    EvidenceInvalid : an unknown or missing field, with the nearest legal name
    """
    legal = {f.name for f in fields(Entry)} - {"key"}
    for field in table:
        if field not in legal:
            near = ", ".join(nearest(field, legal)) or ", ".join(sorted(legal))
            raise EvidenceInvalid(f"{set_name}.{name}: unknown field '{field}'; did you mean {near}?")
    house = set_name.startswith("house")
    filled = (_HOUSE if house else {}) | {"source": "house" if house else set_name} | table
    filled["value"] = _frozen(filled.get("value"))
    if "interval" in filled:
        filled["interval"] = tuple(float(x) for x in filled["interval"])
    filled |= {name: float(filled[name]) for name in ("sd", "speed_m_s") if name in filled}
    try:
        return Entry(key=f"{set_name}.{name}", **filled)
    except TypeError as error:
        raise EvidenceInvalid(f"{set_name}.{name}: {error}; every field of an entry must be given.") from error


_HOUSE: Final = {
    "population": "none",
    "design": "house choice",
    "grade": "E",
    "directness": "not applicable",
    "certainty": "house choice",
    "does_not_say": "that a study found this number",
}


def _plain(value: Value) -> str:
    if isinstance(value, tuple):
        return ", ".join(_plain(item) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_plain(item)}" for name, item in value.items())
    return f"{value:g}" if isinstance(value, float) else str(value)


def _frozen(value: Any) -> Value:
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, dict):
        return {str(key): _frozen(item) for key, item in value.items()}
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, float | str | bool):
        return value
    raise EvidenceInvalid(f"A value must be a number, text or nested numbers; seen {value!r}.")
