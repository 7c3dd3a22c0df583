"""One solver, one worker, one seed, no clock: the same week for the same wishes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ortools.sat.python import cp_model

from gerdy.errors import ProgrammeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gerdy.programme.week.model import Amount

WORK_LIMIT: Final = 600.0
"""Deterministic units of work, far above what any week needs; it ends a search that would never end."""


def solver() -> cp_model.CpSolver:
    """Return a solver that gives the same answer on every run."""
    found = cp_model.CpSolver()
    found.parameters.num_workers = 1
    found.parameters.random_seed = 1
    found.parameters.max_deterministic_time = WORK_LIMIT
    return found


def fits(model: cp_model.CpModel) -> cp_model.CpSolver | None:
    """Return a solver that holds any solution, or None where there is none."""
    found = solver()
    status = found.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    _settled(status, found)
    return found


def least(model: cp_model.CpModel, aims: Sequence[Amount]) -> cp_model.CpSolver | None:
    """Make each aim as small as it can be without giving up one before it.

    Returns
    -------
    the solver with the best solution; None where nothing fits
    """
    found: cp_model.CpSolver | None = None
    for aim in aims:
        if isinstance(aim, int):
            continue
        model.minimize(aim)
        found = solver()
        status = found.solve(model)
        if status == cp_model.INFEASIBLE:
            return None
        _settled(status, found)
        model.add(aim <= round(found.objective_value))
        _hint(model, found)
    return found or fits(model)


def _settled(status: object, found: cp_model.CpSolver) -> None:
    if status != cp_model.OPTIMAL:
        raise ProgrammeError(
            f"The week was not settled after {WORK_LIMIT:g} units of search ({found.status_name()}); "
            "plan it with fewer sessions, and please report the wishes."
        )


def _hint(model: cp_model.CpModel, found: cp_model.CpSolver) -> None:
    """Start the next search from the solution in hand."""
    model.clear_hints()  # type: ignore[no-untyped-call]  # has no annotations in the library
    for index in range(len(model.proto.variables)):
        var = model.get_int_var_from_proto_index(index)
        model.add_hint(var, found.value(var))
