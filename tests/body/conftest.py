"""What the tests of the body share: OpenSim's own answer on the running trial, computed once."""

from __future__ import annotations

import ik_oracle
import pytest


@pytest.fixture(scope="session")
def opensim_run(shared_data, tmp_path_factory) -> ik_oracle.OpenSimRun:
    """Give OpenSim's scaled and marked model of the Rajagopal runner."""
    pytest.importorskip("opensim", reason="the opensim extra is not installed")
    return ik_oracle.build(shared_data, tmp_path_factory.mktemp("opensim"))
