"""Every example in the documentation of the body runs and prints what it says."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

MODULES = ("model", "kinematics", "dynamics", "muscles", "hill", "optimise", "sharing")


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name):
    module = import_module(f"gerdy.body.{name}")
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0
