"""How kernels are compiled: cached in the user's cache folder, parallel over frames, same bytes every time.

Each frame is computed by one thread from start to end and written to its own place, so the number of threads
changes the time and nothing else. Sums inside a frame may be reordered by the compiler where a kernel says so
(`summing_kernel`): that order is fixed when it is compiled, so the same machine gives the same bytes.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, TypeVar, cast

import platformdirs

if TYPE_CHECKING:
    from collections.abc import Callable

os.environ.setdefault("NUMBA_CACHE_DIR", platformdirs.user_cache_dir("gerdy"))

import numba

F = TypeVar("F", bound="Callable[..., Any]")


def kernel(function: F) -> F:
    """Compile a single-frame kernel that other kernels call."""
    return cast("F", numba.njit(cache=True, error_model="numpy")(function))


def summing_kernel(function: F) -> F:
    """Compile a single-frame kernel whose long sums the processor may add several terms at a time."""
    return cast("F", numba.njit(cache=True, error_model="numpy", fastmath={"reassoc", "contract", "nsz"})(function))


def parallel_kernel(function: F) -> F:
    """Compile a batched kernel whose `prange` runs over frames."""
    return cast("F", numba.njit(cache=True, parallel=True, error_model="numpy")(function))
