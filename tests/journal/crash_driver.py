"""Kill a writer at random moments and look at what it left: ``crash_driver.py FOLDER ROUNDS SEED``.

Each round forks a child that imports and logs as fast as it can and names each entry once it was acknowledged.
The parent kills it (SIGKILL), opens the journal and prints what is missing or broken. One process, so that
fifty rounds take seconds.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from activity_files import START, gpx, straight_run
from gerdy.errors import GerdyError
from gerdy.journal import open_store, originals
from gerdy.journal.doctor import examine
from gerdy.journal.importing import Importer, Wishes
from gerdy.journal.sources import Source
from journal_facts import note


def work(home: Path, files: Path, number: int, told: int) -> None:
    """Import and log until killed; every acknowledged entry is named on the pipe `told`."""
    store = open_store(home)
    owner = store.ensure_runner("me")
    for step in range(1000):
        file = files / f"{number}-{step}.gpx"
        file.write_bytes(gpx(straight_run(km=0.3, start=START + dt.timedelta(hours=17 * (1000 * number + step)))))
        for verdicts in Importer(store, owner, Wishes(zone=dt.UTC)).files([Source(file, file.name)]):
            os.write(told, "".join(f"{verdict.entry}\n" for verdict in verdicts).encode())
        entry = note(f"note-{number}-{step}", owner.id)
        store.add(entry)
        os.write(told, f"{entry.id}\n".encode())


def one_round(home: Path, files: Path, number: int, wait_for: int, delay_s: float) -> list[str]:
    """Fork, wait for some acknowledgements and a moment more, kill; return the ids that were acknowledged."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        work(home, files, number, write_end)
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as pipe:
        heard = b"".join(pipe.readline() for _ in range(wait_for))
        time.sleep(delay_s)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines = (heard + pipe.read()).decode().split("\n")
    # What follows the last line end was cut off in the middle of being told.
    return lines[:-1]


def look(home: Path, acknowledged: list[str]) -> list[str]:
    """Return what is wrong with the journal that the killed child left."""
    try:
        store = open_store(home)
        owner = store.ensure_runner("me")
        found = {entry.id: entry for entry in store.records(owner.id)}
        wrong = [f"{entry_id} is lost" for entry_id in acknowledged if entry_id not in found]
        wrong += [f"{check.name}: {check.detail}" for check in examine(store) if not check.ok]
        folder = store.home.originals(owner.id)
        for entry_id in acknowledged[-4:]:
            if digest := getattr(found.get(entry_id), "original", None):
                originals.fetch(folder, digest)
        store.close()
    except GerdyError as error:
        return [str(error)]
    return wrong


def main(home: Path, rounds: int, seed: int) -> None:
    """Print one JSON object: rounds, how many entries were acknowledged, and what was wrong."""
    chance = random.Random(seed)  # noqa: S311 - moments of a test, not secrets
    files = home.with_name("files")
    files.mkdir()
    acknowledged: list[str] = []
    wrong: list[str] = []
    for number in range(rounds):
        wait_for = chance.randint(0, 5)
        acknowledged += one_round(home, files, number, wait_for, chance.uniform(0.0, 0.03 if wait_for else 0.3))
        wrong += look(home, acknowledged)
    print(json.dumps({"rounds": rounds, "acknowledged": len(acknowledged), "wrong": wrong}))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
