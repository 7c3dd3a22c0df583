"""Tests of the runner: what they show, beyond which error, and what may load the band.

``judge(read_assessment(path, now), today=now.date())`` goes from safety over findings to contributors.
"""

from __future__ import annotations

from gerdy.assess.compare import Change, compare
from gerdy.assess.files import read_assessment
from gerdy.assess.judge import Judgement, judge

__all__ = ["Change", "Judgement", "compare", "judge", "read_assessment"]
