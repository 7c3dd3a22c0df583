"""The page on files says the numbers that the registry holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from gerdy import evidence
from gerdy.recordings.reader import READERS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "files.md"


@pytest.mark.parametrize(
    ("key", "factor", "printed"),
    [
        ("point_force", 1, "less than {:g} N"),
        ("lab_reach", 1, "further than {:g} m"),
        ("heading_kept", 1, "up to {:g}°"),
        ("foot_reach", 1, "further than {:g} m from the nearest foot"),
        ("swap", 1, "for {:g} s or longer"),
        ("spike", 1e3, "more than {:g} mm from the median"),
        ("stray", 1e3, "more than {:g} mm out of place"),
        ("segment_gap", 1e3, "up to {:g} ms from three other markers"),
        ("rigid", 1e3, "within {:g} mm"),
        ("spline_gap", 1e3, "up to {:g} ms by a cubic spline"),
        ("marker_cutoff", 1, "{:g} Hz for markers"),
    ],
)
def test_every_limit_is_printed_as_it_is_used(key, factor, printed):
    words = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert printed.format(factor * evidence.value(f"house_recordings.{key}")) in words


def test_every_kind_of_file_is_listed():
    page = PAGE.read_text(encoding="utf-8")
    assert all(end.removeprefix(".").upper() in page for end in READERS)
