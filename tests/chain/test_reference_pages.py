"""The reference pages in docs are what the catalogues say today."""

from __future__ import annotations

from pathlib import Path

import pytest

from gerdy.chain.pages import PAGES

FOLDER = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.parametrize("name", PAGES)
def test_a_reference_page_is_fresh(name):
    """Run python -m gerdy.chain.pages docs/reference after a catalogue has changed."""
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name]()
