"""What gerdy writes, OpenSim 4.6 opens, with the same names, units and numbers."""

from __future__ import annotations

import numpy as np
import pytest

from gerdy.recordings import Coordinates, Forces, Markers, write_coordinates, write_forces, write_trc

pytestmark = pytest.mark.opensim


@pytest.fixture(scope="module")
def opensim():
    module = pytest.importorskip("opensim")
    module.Logger.setLevelString("Off")
    return module


def test_markers(opensim, tmp_path):
    xyz = np.random.default_rng(1).normal(size=(5, 3, 3))
    xyz[1, 0] = xyz[4, 2] = np.nan
    write_trc(tmp_path / "m.trc", Markers(("L.ASIS", "B", "C"), xyz, 150.0, 0.2))
    table = opensim.TimeSeriesTableVec3(str(tmp_path / "m.trc"))
    assert list(table.getColumnLabels()) == ["L.ASIS", "B", "C"]
    assert table.getTableMetaDataString("Units") == "mm"
    np.testing.assert_allclose(table.getIndependentColumn(), 0.2 + np.arange(5) / 150, atol=1e-8)
    found = np.array([[table.getDependentColumn(n)[i].to_numpy() for n in table.getColumnLabels()] for i in range(5)])
    np.testing.assert_allclose(found, xyz * 1e3, atol=1e-5)
    data = opensim.MarkerData(str(tmp_path / "m.trc"))
    assert (data.getNumMarkers(), data.getNumFrames(), data.getDataRate()) == (3, 5, 150)


def test_coordinates(opensim, tmp_path):
    values = np.array([[0.5, 1.0], [0.6, 1.1], [0.7, 1.2]])
    write_coordinates(
        tmp_path / "c.mot", Coordinates(("hip_flexion_r", "pelvis_ty"), values, np.array([0, 0.01, 0.02]))
    )
    storage = opensim.Storage(str(tmp_path / "c.mot"))
    assert storage.isInDegrees()
    assert storage.getSize() == 3
    table = opensim.TimeSeriesTable(str(tmp_path / "c.mot"))
    np.testing.assert_allclose(
        table.getDependentColumn("hip_flexion_r").to_numpy(), np.degrees(values[:, 0]), rtol=1e-8
    )
    np.testing.assert_allclose(table.getDependentColumn("pelvis_ty").to_numpy(), values[:, 1], rtol=1e-8)


def test_forces(opensim, tmp_path):
    force = np.array([[[1.0, 800, 3]], [[0.0, 0, 0]]])
    point = np.array([[[0.1, 0, 0.2]], [[np.nan] * 3]])
    write_forces(tmp_path / "f.mot", Forces(("right",), force, point, force * 0, 1000.0))
    table = opensim.TimeSeriesTable(str(tmp_path / "f.mot"))
    names = list(table.getColumnLabels())
    assert names[:6] == [f"ground_force_r_{kind}{axis}" for kind in "vp" for axis in "xyz"]
    np.testing.assert_allclose(table.getDependentColumn("ground_force_r_vy").to_numpy(), [800, 0])
    # No contact is the point zero: OpenSim would pass NaN on into its results.
    np.testing.assert_allclose(table.getDependentColumn("ground_force_r_px").to_numpy(), [0.1, 0])
