"""What a what-if can change: its words, its unit, and the rule that it keeps fixed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

__all__ = ["MUSCLES", "SUBJECTS", "Label", "Subject", "strength_subject", "subject_of"]

Label: TypeAlias = Literal["geometry", "measured in runners", "measured in ITBS", "hypothesis"]
Group: TypeAlias = Literal["pose", "measured", "strength", "band"]

WITH_FOOT: Final = (
    "pelvis and trunk stay; what lies below the joint is carried along, the centre of pressure with the foot; "
    "the force keeps its direction in space"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that a what-if can change.

    Parameters
    ----------
    name : in the language, for example ``hip adduction``
    key : in the registry's tables ``house_what_if.most`` and ``.reach``
    units : unit → factor to the first, which is the canonical one
    group : what kind of input it changes
    means : what more of it is
    rule : what is kept fixed, in words
    label : how the answer is known
    sources : registry entries that speak about this change, beside those that the run reads
    """

    name: str
    key: str
    units: dict[str, float] = field(hash=False)
    group: Group
    means: str
    rule: str
    label: Label = "geometry"
    sources: tuple[str, ...] = ()

    @property
    def unit(self) -> str:
        """The unit it is printed in."""
        return next(iter(self.units))


_DEG: Final = {"deg": 1.0}
_PERCENT: Final = {"%": 1.0}
_MM: Final = {"mm": 1.0, "cm": 10.0}

SUBJECTS: Final = (
    Subject("speed", "speed", {"m/s": 1.0}, "measured", "faster",
        "angles, moments, contact and stride time change as they did in runners who ran at two speeds",
        "measured in runners", ("chen2023.strain_rate_normal_to_fast",)),
    Subject("cadence", "cadence", _PERCENT, "measured", "more steps per minute at the same speed",
        "peak hip and knee angles and hip moments change as in Heiderscheit's table; contact time keeps its share of "
        "the stride; other moments stay",
        "measured in runners", ("heiderscheit2011.step_rate_change",)),
    Subject("step width", "step_width", {"cm": 1.0, "mm": 0.1}, "pose", "feet further apart, each by half of it",
        "leg turns about the hip in the frontal plane; foot and centre of pressure move together; the force keeps its "
        "frontal moment about the mass centre",
        sources=("meardon2012.strain_falls_with_step_width", "brindle2014.narrow_adduction")),
    Subject("trunk lean", "trunk_lean", _DEG, "pose", "trunk further over the stance leg",
        "trunk turns on the pelvis; legs and centre of pressure stay; the force keeps its frontal moment about the "
        "mass centre",
        sources=("foch2015.trunk_lean",)),
    Subject("pelvic tilt", "pelvic_tilt", _DEG, "pose", "front of the pelvis lower",
        "pelvis turns; thighs and trunk keep their direction in space; stance leg and force stay"),
    Subject("pelvic drop", "pelvic_drop", _DEG, "pose", "pelvis lower on the side of the swing leg",
        "pelvis turns; thighs and trunk keep their direction in space; stance leg and force stay",
        sources=("besomi2021.faster_waves_in_pelvic_drop",)),
    Subject("hip adduction", "hip_adduction", _DEG, "pose", "thigh closer to the midline of the pelvis",
        "pelvis turns about the stance hip; swing thigh and trunk keep their direction in space; stance leg and force "
        "stay"),
    Subject("femoral rotation", "femoral_rotation", _DEG, "pose", "thigh turned further inwards", WITH_FOOT),
    Subject("knee varus", "knee_varus", _DEG, "pose", "shank further towards the midline", WITH_FOOT),
    Subject("tibial rotation", "tibial_rotation", _DEG, "pose", "shank turned further inwards", WITH_FOOT),
    Subject("dorsiflexion", "dorsiflexion", _DEG, "pose",
        "more at the ankle, so that heel and tibia turn inwards less instead of it",
        "tibia turns less by a share that is drawn; " + WITH_FOOT, "hypothesis"),
    Subject("gluteus maximus share", "share", _PERCENT, "band", "more of its fibres enter the band",
        "motion, force and net moments stay; no compartment gives more than all of itself", "hypothesis"),
    Subject("band stiffness", "stiffness", _PERCENT, "band", "stiffer band",
        "motion, force, net moments and so tension stay"),
    Subject("epicondyle prominence", "prominence", _MM, "band", "bone and tissue further out",
        "motion, force and net moments stay"),
    Subject("vastus lateralis bulge", "bulge", _MM, "band", "muscle pushes the band outwards half-way down the thigh",
        "motion, force and net moments stay", "hypothesis"),
)  # fmt: skip
"""In the order in which changes are applied; strength comes last and commutes with the band's own."""

MUSCLES: Final = {
    "gluteus medius": ("glmed1", "glmed2", "glmed3"),
    "gluteus minimus": ("glmin1", "glmin2", "glmin3"),
    "gluteus maximus": ("glmax1", "glmax2", "glmax3"),
    "tensor fasciae latae": ("tfl",),
    "hip abductors": ("glmed1", "glmed2", "glmed3", "glmin1", "glmin2", "glmin3", "tfl"),
    "piriformis": ("piri",),
    "adductors": ("addbrev", "addlong", "addmagDist", "addmagIsch", "addmagMid", "addmagProx", "grac"),
    "hip flexors": ("iliacus", "psoas"),
    "hamstrings": ("bflh", "bfsh", "semimem", "semiten"),
    "quadriceps": ("recfem", "vasint", "vaslat", "vasmed"),
    "rectus femoris": ("recfem",),
    "vastus lateralis": ("vaslat",),
    "sartorius": ("sart",),
    "calf": ("gaslat", "gasmed", "soleus"),
    "gastrocnemius": ("gaslat", "gasmed"),
    "soleus": ("soleus",),
    "tibialis anterior": ("tibant",),
    "tibialis posterior": ("tibpost",),
    "peroneals": ("perbrev", "perlong"),
    "toe muscles": ("edl", "ehl", "fdl", "fhl"),
}
"""Muscle groups, by the body's names without the side."""


def strength_subject(muscles: str) -> Subject:
    """Return the subject that scales the strength of one group of `MUSCLES`."""
    return Subject(
        f"{muscles} strength",
        "strength",
        _PERCENT,
        "strength",
        "stronger",
        "motion, force and net moments stay; the load is shared anew",
        "hypothesis",
        ("willydavis2011.mechanics_unchanged",),
    )


def subject_of(name: str) -> Subject | None:
    """Return the subject of this name, or None."""
    for subject in (*SUBJECTS, *(strength_subject(muscles) for muscles in MUSCLES)):
        if subject.name == name:
            return subject
    return None
