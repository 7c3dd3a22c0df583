"""Files in, arrays out: every `read_*` returns (data, metadata, problems)."""

from __future__ import annotations

from gerdy.recordings.c3d import read_c3d
from gerdy.recordings.clean import clean
from gerdy.recordings.clean_settings import CleanSettings, default_settings
from gerdy.recordings.data import Analog, Coordinates, Forces, Markers, Problem, Read, Recording
from gerdy.recordings.filters import lowpass
from gerdy.recordings.marker_set import MarkerSet
from gerdy.recordings.marker_sets import load_marker_set, recognise, shipped_marker_sets
from gerdy.recordings.mirror import mirror
from gerdy.recordings.orient import Orientation, orient
from gerdy.recordings.reader import read
from gerdy.recordings.storage import read_storage, write_coordinates, write_forces
from gerdy.recordings.trc import read_trc, write_trc

__all__ = [
    "Analog",
    "CleanSettings",
    "Coordinates",
    "Forces",
    "MarkerSet",
    "Markers",
    "Orientation",
    "Problem",
    "Read",
    "Recording",
    "clean",
    "default_settings",
    "load_marker_set",
    "lowpass",
    "mirror",
    "orient",
    "read",
    "read_c3d",
    "read_storage",
    "read_trc",
    "recognise",
    "shipped_marker_sets",
    "write_coordinates",
    "write_forces",
    "write_trc",
]
