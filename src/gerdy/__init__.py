"""gerdy: what loads a runner's iliotibial band, what would change it, and whether it holds.

recording → motion → band load → why → programme → journal → outlook.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gerdy.pipelines.analysis import Analysis
    from gerdy.pipelines.analyze import analyze
    from gerdy.pipelines.subject import Subject

__version__ = "0.1.0"

__all__ = ["Analysis", "Subject", "__version__", "analyze"]

_HOMES = {
    "Analysis": "gerdy.pipelines.analysis",
    "Subject": "gerdy.pipelines.subject",
    "analyze": "gerdy.pipelines.analyze",
}


_PARTS = (
    "assess",
    "band",
    "body",
    "chain",
    "evidence",
    "journal",
    "motion",
    "outlook",
    "recordings",
    "records",
    "report",
)


def __getattr__(name: str) -> Any:
    """Import a public name or part when it is first used, so that ``import gerdy`` stays instant."""
    if name in _PARTS:
        return import_module(f"gerdy.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module 'gerdy' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)
