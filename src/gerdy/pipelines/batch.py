"""``gerdy batch``: many files, one row per stride; one bad file never stops the rest."""

from __future__ import annotations

import csv
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from gerdy.errors import FileUnreadable, GerdyError, RecordInvalid
from gerdy.pipelines.analyze import analyze
from gerdy.pipelines.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

COLUMNS: Final = ("file", "static", "runner_id", "mass_kg", "height_m", "sex")
SUFFIXES: Final = (".c3d", ".trc")


@dataclass(frozen=True, slots=True)
class Job:
    """One file to analyse with what is known about its runner."""

    file: Path
    static: Path | None = None
    subject: Subject = field(default_factory=Subject)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file.

    Parameters
    ----------
    rows : one per stride and side; empty when it failed
    error : why it failed, or empty
    """

    file: str
    rows: tuple[dict[str, Any], ...]
    error: str = ""


def find_jobs(folder: Path, subjects: Path | None) -> list[Job]:
    """List the motion files below a folder, with the runners named in a table.

    Parameters
    ----------
    subjects : CSV with the columns file, static, runner_id, mass_kg, height_m, sex; paths relative to `folder`; only
        ``file`` must be filled

    Raises
    ------
    FileUnreadable : the folder or the table is missing, or holds nothing
    RecordInvalid : a cell of the table cannot be used
    """
    if not folder.is_dir():
        raise FileUnreadable(f"{folder} is not a folder; give the folder that holds the C3D or TRC files.")
    if subjects is not None:
        return _from_table(folder, subjects)
    files = sorted(file for file in folder.rglob("*") if file.suffix.lower() in SUFFIXES)
    if not files:
        raise FileUnreadable(f"{folder} holds no C3D or TRC file; expected at least one.")
    return [
        Job(file, _static_beside(file), Subject(runner_id=file.parent.name)) for file in files if not _is_static(file)
    ]


def run_jobs(jobs: list[Job], workers: int, report: Callable[[Outcome], None]) -> pd.DataFrame:
    """Analyse all files and return one table; `report` hears of each file as it is done.

    Rows come in the order of `jobs`, whatever the number of workers.
    """
    done: dict[int, Outcome] = {}
    for i, outcome in _each(jobs, workers):
        done[i] = outcome
        report(outcome)
    return pd.DataFrame([row for i in sorted(done) for row in done[i].rows])


def _each(jobs: list[Job], workers: int) -> Iterator[tuple[int, Outcome]]:
    if workers == 1:
        yield from enumerate(map(run_job, jobs))
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        pending = {pool.submit(run_job, job): i for i, job in enumerate(jobs)}
        for future in as_completed(pending):
            yield pending[future], future.result()


def run_job(job: Job) -> Outcome:
    """Analyse one file; every refusal becomes a sentence."""
    try:
        found = analyze(job.file, static=job.static, subject=job.subject, depth="strides")
    except GerdyError as error:
        return Outcome(str(job.file), (), f"{type(error).__name__}: {error}")
    about = {
        "file": job.file.name,
        "runner_id": job.subject.runner_id,
        "mass_kg": job.subject.mass_kg,
        "height_m": job.subject.height_m,
        "sex": job.subject.sex,
        "gait": found.recording["gait"],
        "speed_m_s": found.recording["speed_m_s"]["mean"],
        "events_from": found.recording["events_from"],
        "problems": len(found.problems),
    }
    rows = found.strides.to_dataframe().reset_index().to_dict("records")
    return Outcome(str(job.file), tuple(about | {str(key): value for key, value in row.items()} for row in rows))


def _from_table(folder: Path, subjects: Path) -> list[Job]:
    try:
        with subjects.open(newline="", encoding="utf-8-sig") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(
            f"{subjects} cannot be read as a table: {error}. Expected CSV: {', '.join(COLUMNS)}."
        ) from error
    seen = set(rows[0]) if rows else set()
    if not rows or "file" not in seen or not seen <= set(COLUMNS):
        raise FileUnreadable(
            f"{subjects.name} has the columns {', '.join(sorted(map(str, seen))) or 'none'}; "
            f"expected {', '.join(COLUMNS)}, of which only 'file' must be filled."
        )
    return [_job(folder, row, line) for line, row in enumerate(rows, start=2)]


def _job(folder: Path, row: dict[str, str], line: int) -> Job:
    try:
        subject = Subject(
            runner_id=row.get("runner_id") or Path(row["file"]).parent.name or "me",
            mass_kg=_number(row.get("mass_kg")),
            height_m=_number(row.get("height_m")),
            sex=_sex(row.get("sex")),
        )
    except (ValueError, RecordInvalid) as error:
        raise RecordInvalid(f"Line {line} of the subjects table: {error}") from error
    static = row.get("static")
    return Job(folder / row["file"], folder / static if static else None, subject)


def _number(text: str | None) -> float | None:
    return float(text) if text else None


def _sex(text: str | None) -> Any:
    words = {"f": "female", "female": "female", "m": "male", "male": "male", "": None}
    word = (text or "").strip().lower()
    if word not in words:
        raise ValueError(f"sex is '{text}'; expected female or male, or an empty cell.")
    return words[word]


def _is_static(file: Path) -> bool:
    return "static" in file.stem.lower()


def _static_beside(file: Path) -> Path | None:
    beside: Iterable[Path] = (other for other in sorted(file.parent.iterdir()) if other.suffix == file.suffix)
    return next((other for other in beside if _is_static(other)), None)
