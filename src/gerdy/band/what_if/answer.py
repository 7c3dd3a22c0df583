"""The answer to a what-if: a change, its interval and its sign agreement, paired with its baseline band by band."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gerdy import evidence
from gerdy.band.compare import PairedChange, paired_change
from gerdy.band.outcomes import CUMULATIVE, NEEDS_FORCES
from gerdy.band.what_if.evaluate import Changed, changed_case, evaluate, lucks, rests_on_luck
from gerdy.band.what_if.residual import Residual, residual
from gerdy.band.what_if.side_effects import side_effects
from gerdy.band.what_if.words import label_of, rule_of, sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gerdy.band.design import Draw
    from gerdy.band.what_if.case import Case
    from gerdy.band.what_if.language import Change
    from gerdy.band.what_if.side_effects import SideEffect
    from gerdy.band.what_if.subjects import Label
    from gerdy.quantities import Array

__all__ = ["Answer", "OutcomeChange", "answer", "answers"]


@dataclass(frozen=True, slots=True, eq=False)
class OutcomeChange:
    """One outcome with and without the change.

    Parameters
    ----------
    per_stride : of each stance
    per_km : of all stances of this foot in a kilometre, of outcomes that add up; None for others
    differences : (draws,) per stride, with minus without; NaN where a band has no value
    """

    per_stride: PairedChange
    per_km: PairedChange | None
    differences: Array

    def to_json(self) -> dict[str, Any]:
        """Return one entry of ``outcomes``."""
        return _entry(self.per_stride) | {"per_km": None if self.per_km is None else _entry(self.per_km)}


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What changes if.

    Parameters
    ----------
    changes : that apply together, in the order in which they were applied
    rule : what each keeps fixed
    residual : of the changes of pose; None where there is none, or without forces
    outcomes : dotted path → change
    missing : dotted path → why there is none
    side_effects : what else the change asks of the leg
    label : how the answer is known
    sources : registry entries that speak about the change
    sentences : the answer in words
    """

    changes: tuple[Change, ...]
    rule: str
    residual: Residual | None
    outcomes: dict[str, OutcomeChange]
    missing: dict[str, str]
    side_effects: dict[str, SideEffect]
    label: Label
    sources: tuple[str, ...]
    sentences: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the answer of ``gerdy/what-if/1``."""
        return {
            "changes": [str(change) for change in self.changes],
            "rule": self.rule,
            "residual": None if self.residual is None else self.residual.to_json(),
            "outcomes": {path: one.to_json() for path, one in self.outcomes.items()},
            "missing": self.missing,
            "side_effects": {key: one.to_json() for key, one in self.side_effects.items()},
            "label": self.label,
            "sources": list(self.sources),
            "sentences": list(self.sentences),
        }


def answer(
    case: Case, changes: Sequence[Change], draws: Sequence[Draw], tell: Callable[[], None] = lambda: None
) -> Answer:
    """Answer one what-if over believable bands.

    Parameters
    ----------
    case : as recorded
    changes : that apply together, from `parse_changes`
    draws : a power of two of believable bands, from `gerdy.band.priors.draw_bands`
    tell : called after each draw, for progress

    Returns
    -------
    Answer

    Raises
    ------
    WhatIfRefused : the whole body could not move like that, or nobody measured it
    """
    return answers(case, [changes], draws, tell)[0]


def answers(
    case: Case, what_ifs: Sequence[Sequence[Change]], draws: Sequence[Draw], tell: Callable[[], None] = lambda: None
) -> list[Answer]:
    """Answer several what-ifs on the same stances and bands; as `answer`."""
    asked: list[Sequence[Change]] = [(), *what_ifs]
    central = [changed_case(case, changes) for changes in asked]
    residuals = [_checked(case, one, changes) for one, changes in zip(central[1:], what_ifs, strict=True)]
    tables: list[list[dict[str, float]]] = []
    strides = []
    for draw, luck in zip(draws, lucks(len(draws)), strict=True):
        cases = [
            changed_case(case, c, luck) if rests_on_luck(c) else one for c, one in zip(asked, central, strict=True)
        ]
        tables.append(evaluate(case, asked, cases, draw))
        strides.append([_strides_per_km(one) for one in cases])
        tell()
    return [
        _answer(
            case,
            changes,
            residuals[i],
            [(table[0], table[i + 1]) for table in tables],
            np.array(strides)[:, [0, i + 1]],
            central[i + 1],
        )
        for i, changes in enumerate(what_ifs)
    ]


def _checked(case: Case, changed: Changed, changes: Sequence[Change]) -> Residual | None:
    if changed.moved is None:
        return None
    found = residual(case, changed.moved)
    return None if found is None else found.require(" and ".join(map(str, changes)))


def _strides_per_km(changed: Changed) -> float:
    return 1000.0 / (changed.speed_m_s * changed.stride_s)


def _answer(
    case: Case,
    changes: Sequence[Change],
    found: Residual | None,
    pairs: list[tuple[dict[str, float], dict[str, float]]],
    strides_per_km: Array,
    central: Changed,
) -> Answer:
    outcomes: dict[str, OutcomeChange] = {}
    missing: dict[str, str] = {}
    for path in pairs[0][0]:
        before, after = (np.array([pair[i][path] for pair in pairs]) for i in (0, 1))
        per_stride = paired_change(path, before, after)
        if per_stride is None:
            missing[path] = NEEDS_FORCES
            continue
        per_km = None
        if path in CUMULATIVE:
            per_km = paired_change(path, before * strides_per_km[:, 0], after * strides_per_km[:, 1])
        outcomes[path] = OutcomeChange(per_stride, per_km, after - before)
    return Answer(
        changes=tuple(changes),
        rule=rule_of(changes),
        residual=found,
        outcomes=outcomes,
        missing=missing,
        side_effects=side_effects(case, changes, central),
        label=label_of(changes),
        sources=_sources(changes),
        sentences=sentences(changes, found, {path: (o.per_stride, o.per_km) for path, o in outcomes.items()}),
    )


def _sources(changes: Sequence[Change]) -> tuple[str, ...]:
    keys = dict.fromkeys(key for change in changes for key in change.subject.sources)
    return tuple(evidence.entry(key).key for key in keys)


def _entry(change: PairedChange) -> dict[str, Any]:
    stored = change.to_json()
    return {"baseline": stored["a"], "change": stored["change"], "sign_agreement": stored["sign_agreement"]}
