"""Which norm, leg or recording one side of an analysis is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gerdy import evidence
from gerdy.band.reference import Reference
from gerdy.errors import ReferenceInvalid
from gerdy.motion.norms import Norm, match_norm
from gerdy.pipelines.reference import method_of
from gerdy.quantities import other_side

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gerdy.motion.stance_curves import StanceCurves
    from gerdy.pipelines.reference import OtherRun
    from gerdy.pipelines.subject import Subject
    from gerdy.quantities import SideName

__all__ = ["NORM", "OTHER_SIDE", "norm_of", "reference_of"]

NORM: Final = "norm"
OTHER_SIDE: Final = "other-side"


def norm_of(recording: Mapping[str, Any], who: Subject) -> Norm | str:
    """Return the norm that a recording may be set against, or why there is none.

    Parameters
    ----------
    recording : facts of the analysis
    who : the runner
    """
    if recording["gait"] != "running":
        return "not matched: the norm is of running, and this is walking"
    static = recording["static"]
    return match_norm(
        marker_set=recording["marker_set"],
        standing=static is not None,
        events_from=recording["events_from"],
        speed_m_s=recording["speed_m_s"]["mean"],
        sex=who.sex,
        files=[file["sha256"] for file in (*recording["files"], *([static] if static else []))],
    )


def reference_of(
    side: SideName,
    curves: Mapping[SideName, StanceCurves],
    norm: Norm | str,
    recording: Mapping[str, Any],
    who: Subject,
    wanted: str | OtherRun,
) -> Reference | str:
    """Return what one side is compared with, or why there is nothing.

    Parameters
    ----------
    side : of the runner
    curves : stances of both legs
    norm : from `norm_of`
    recording, who : facts of the analysis, and the runner
    wanted : `NORM`, `OTHER_SIDE`, or another recording

    Raises
    ------
    ReferenceInvalid : the other recording has no such leg
    """
    if not isinstance(wanted, str):
        return _other_run(side, wanted, recording, who)
    if wanted == NORM and isinstance(norm, Norm):
        return _of_norm(norm, who)
    other = other_side(side)
    if other not in curves:
        none = "no usable stride of the other leg"
        return f"norm {norm}; {none}" if wanted == NORM else none
    return Reference(
        kind="other-side",
        name=f"the {other} leg",
        curves=curves[other],
        markers="anew",
        method=method_of(recording),
        speed_m_s=recording["speed_m_s"]["mean"],
        sex=who.sex,
        note=f"Norm {norm}; the other leg is compared with instead." if wanted == NORM else "",
    )


def _of_norm(norm: Norm, who: Subject) -> Reference:
    sexes = {runner.sex for runner in norm.runners}
    return Reference(
        kind="norm",
        name=f"the norm of {norm.who} at {norm.speed_m_s:.1f} m/s",
        curves=norm.curves,
        markers="averaged",
        method=norm.method,
        speed_m_s=norm.speed_m_s,
        sex=sexes.pop() if len(sexes) == 1 else None,
        note="" if who.sex else "Sex was not given, so the norm holds the runners of both sexes.",
    )


def _other_run(side: SideName, other: OtherRun, recording: Mapping[str, Any], who: Subject) -> Reference:
    if side not in other.curves:
        raise ReferenceInvalid(
            f"{other.name} has no usable stride of the {side} leg, which is asked for; give another reference or "
            f"leave that side out with --side."
        )
    same_runner = other.runner_id == who.runner_id
    mine = recording["static"]["sha256"] if recording["static"] else None
    return Reference(
        kind="recording" if same_runner else "runner",
        name=f"{other.name} of the same runner" if same_runner else f"{other.name} of {other.runner_id}",
        curves=other.curves[side],
        markers="same" if same_runner and mine is not None and mine == other.standing else "anew",
        method=other.method,
        speed_m_s=other.speed_m_s,
        sex=other.sex,
        note=" ".join(_differences(other, recording)),
    )


def _differences(other: OtherRun, recording: Mapping[str, Any]) -> Iterator[str]:
    """Say in what the reference was not recorded as this run was."""
    speed = recording["speed_m_s"]["mean"]
    error = evidence.value("house_motion.speed_error") * speed
    if other.speed_m_s is not None and abs(other.speed_m_s - speed) > error:
        yield f"The reference was run at {other.speed_m_s:.2f} m/s, this at {speed:.2f} m/s: shares hold that."
    if other.method != method_of(recording):
        yield "The methods differ, so part of every share is the method's."
