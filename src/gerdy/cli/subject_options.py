"""Who runs: the options that several verbs share, and the subject they make."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

import typer

if TYPE_CHECKING:
    from gerdy.pipelines.subject import Subject

FROM_FORCES: Final = "from-forces"
"""What ``--mass`` says when the plates shall weigh the runner."""


class KneeSide(StrEnum):
    """One side."""

    LEFT = "left"
    RIGHT = "right"


class SexOption(StrEnum):
    """Norms differ by sex."""

    FEMALE = "female"
    MALE = "male"


class PainOption(StrEnum):
    """Whether the runner has, had or never had IT band pain."""

    NOW = "now"
    PAST = "past"
    NEVER = "never"


def subject_of(
    runner: str,
    mass: str | None,
    height: float | None,
    sex: SexOption | None,
    pain: PainOption | None,
    painful_side: KneeSide | None,
) -> Subject:
    """Return who runs; the mass stays open where the plates shall give it."""
    from gerdy.pipelines.subject import Subject

    return Subject(
        runner_id=runner,
        mass_kg=None if mass == FROM_FORCES else _mass_kg(mass),
        height_m=height,
        sex=sex.value if sex else None,
        pain=pain.value if pain else None,
        painful_side=painful_side.value if painful_side else None,
    )


def _mass_kg(text: str | None) -> float | None:
    """Read ``--mass``; a text that is neither a number nor *from-forces* is a mistake of usage."""
    if text is None:
        return None
    try:
        return float(text)
    except ValueError as error:
        raise typer.BadParameter(f"'{text}' is neither a mass in kg nor 'from-forces'.", param_hint="--mass") from error
