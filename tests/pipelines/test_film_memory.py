"""A long film needs no more memory than a short one, and neither needs a gigabyte."""

from __future__ import annotations

import subprocess
import sys

import pytest
from benchmarks.video import enlarged

from gerdy.recordings.video import networks

pytestmark = [
    pytest.mark.long,
    pytest.mark.shared,
    pytest.mark.skipif(not networks.is_set_up(), reason="gerdy setup-video was not run"),
]

MEGABYTE = 1024.0
"""Of the kilobytes in which Linux counts."""

COMMAND = """
import resource, sys
from gerdy.cli.main import main
sys.argv = ["gerdy", *sys.argv[1:]]
try:
    main()
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


def peak_mb(film, out):
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, "analyze", str(film), "--out", str(out)],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stderr.split()[-1]) / MEGABYTE


def test_a_4k_film_of_thirty_seconds_needs_what_one_of_ten_seconds_needs(shared_data, tmp_path):
    source = shared_data / "video-treadmill-side" / "male_side.mp4"
    short, long = (
        peak_mb(enlarged(source, tmp_path / f"{seconds}.mp4", (2160, 3840), seconds), tmp_path / f"out{seconds}")
        for seconds in (10.0, 30.0)
    )

    assert max(short, long) < 1000
    assert abs(short - long) < 50
