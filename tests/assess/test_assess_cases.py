"""Every written case gives what a physio wrote beside it."""

from __future__ import annotations

import pytest

from assess.cases import NAMES, misses


@pytest.mark.parametrize("name", NAMES)
def test_a_written_case_gives_what_is_written_beside_it(name):
    """Contributors, reserves, unknowns and referrals stand in tests/cases, written by hand from the rules."""
    assert misses(name) == []
