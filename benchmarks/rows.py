"""What a benchmark reports."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measured figure.

    Parameters
    ----------
    what : what was measured, in words
    figure, unit : for example 12.3, ``µs per leg-frame`` or ``times OpenSim``
    against : what it was compared with in the same run, or empty
    threads : how many were used
    goal : the target in words, or empty
    """

    what: str
    figure: float
    unit: str
    against: str = ""
    threads: int = 1
    goal: str = ""

    def line(self) -> str:
        """Return one line of the table."""
        goal = f"  (goal {self.goal})" if self.goal else ""
        against = f"  against {self.against}" if self.against else ""
        return f"{self.what:<58} {self.figure:>10.4g} {self.unit}, {self.threads} threads{against}{goal}"
