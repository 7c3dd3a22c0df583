"""One planned exercise in words, with the load and the landings to which its gate has moved it."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from gerdy.programme.prescriptions import Unit, parse_prescription
from gerdy.records import Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gerdy.records import PlannedSet


def set_words(one: PlannedSet, *, each_side: bool = False) -> str:
    """Return what to do in one exercise: sets, amount, name, side, load and effort.

    Parameters
    ----------
    each_side : the same stands for the other side, and the text says so already
    """
    read = parse_prescription(one.text)
    amount = read.amount if one.reps is None or read.unit is Unit.METRES else (float(one.reps[0]), float(one.reps[1]))
    load = None if one.load_kg is None else (one.load_kg, one.load_kg)
    said = replace(read, sets=(float(one.sets), float(one.sets)), amount=amount, frequency=None)
    said = replace(said, load_kg=load) if load and read.body_mass_percent is None and read.band is None else said
    side = "" if each_side or one.side in {Side.BOTH, Side.NOT_APPLICABLE} else f", {one.side.value}"
    return f"{said}{side}"


def exercise_lines(sets: Iterable[PlannedSet]) -> Iterator[str]:
    """Yield one line for each exercise; left and right share it where they are the same."""
    for key, group in groupby(sets, key=lambda one: one.exercise_id):
        mine = list(group)
        same = len({(one.sets, one.reps, one.seconds, one.load_kg) for one in mine}) == 1
        lines = [set_words(mine[0], each_side=True)] if same else [set_words(one) for one in mine]
        yield from (f"{line}  [{key}]" for line in lines)
