"""What the tests of the body share: OpenSim's own answer on the running trial, computed once."""

from __future__ import annotations

import dynamics_oracle
import ik_oracle
import pytest


@pytest.fixture(scope="session")
def opensim_run(shared_data, tmp_path_factory) -> ik_oracle.OpenSimRun:
    """Give OpenSim's scaled and marked model of the Rajagopal runner."""
    pytest.importorskip("opensim", reason="the opensim extra is not installed")
    return ik_oracle.build(shared_data, tmp_path_factory.mktemp("opensim"))


@pytest.fixture(scope="session")
def comparison(opensim_run, shared_data, tmp_path_factory) -> dynamics_oracle.Comparison:
    """Give the comparison case: OpenSim's moments and muscle forces on one stride of the Rajagopal runner."""
    folder = tmp_path_factory.mktemp("comparison")
    (folder / "grf_run.mot").write_bytes((shared_data / "opensim-rajagopal-run" / "grf_run.mot").read_bytes())
    return dynamics_oracle.build(opensim_run, folder)


@pytest.fixture(scope="session")
def comparison_body(opensim_run):
    """Give the comparison runner's model, compiled with its knee as published."""
    from gerdy.body.compiler.pipeline import compile_model

    return compile_model(opensim_run.placed, knee="published")
