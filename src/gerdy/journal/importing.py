"""The import: one verdict per activity, one transaction per file, and no file that stops the others."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from gerdy.journal import chain, originals
from gerdy.journal.derive import run_of
from gerdy.journal.duplicates import Shape, find_match, shape_of
from gerdy.journal.rows import Judged
from gerdy.journal.verdicts import Outcome, Verdict, about
from gerdy.recordings.activities import Member, members_of_file, read_activities
from gerdy.recordings.activities.sports import RUNNING, UNKNOWN, sport_word
from gerdy.records import Run, RunStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import tzinfo
    from pathlib import Path

    from gerdy.journal.rows import Runner
    from gerdy.journal.sources import Source
    from gerdy.journal.store import Store
    from gerdy.recordings.activities import ActivitiesRead, Activity


_LONGEST_NAME: Final = 60
"""Characters of a file's name that are kept in the quarantine; four bytes each fit into any file system's 255."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person at the keyboard asked for.

    Parameters
    ----------
    by : who imports
    zone : where the runner was, for files that write universal time only; None for this machine's zone
    sport : what files are that do not name their sport; empty to ask
    accept_damaged : take what could be read of a damaged file
    keep_originals : False keeps hashes only; such runs cannot be computed again
    """

    by: str = "me"
    zone: tzinfo | None = None
    sport: str = ""
    accept_damaged: bool = False
    keep_originals: bool = True


class Importer:
    """Imports files for one runner.

    Parameters
    ----------
    store, runner : where to, and whose
    wishes : the options of this import
    """

    def __init__(self, store: Store, runner: Runner, wishes: Wishes) -> None:
        self._store = store
        self._runner = runner
        self._wishes = wishes
        runs = store.records(runner.id, kinds=(Run.kind,))
        shapes = (shape_of(run) for run in runs if isinstance(run, Run))
        self._known: list[Shape] = [shape for shape in shapes if shape is not None]

    def files(self, sources: Iterable[Source]) -> Iterator[list[Verdict]]:
        """Yield the verdicts of each activity file, on the disk before they are yielded; of a zip one by one."""
        for source in sources:
            try:
                for member in members_of_file(source.name, source.path):
                    yield self.member(member)
            except OSError as error:
                reason = f"The file cannot be read ({error.strerror or error}); allow reading it and import it again."
                yield [Verdict(source.name, Outcome.QUARANTINED, reason)]

    def member(self, member: Member) -> list[Verdict]:
        """Judge one activity file and keep what follows from it.

        Raises
        ------
        StoreBlocked : the disk is full, read-only or in use; nothing of this file was kept
        """
        # Of a member that could not be taken out of its zip only the name tells it from others.
        digest = sha256(member.content or member.stored or member.name.encode()).hexdigest()
        earlier = self._earlier(digest)
        if earlier and not any(self._reconsidered(verdict, member) for verdict in earlier):
            return [verdict.again(member.name) for verdict in earlier]
        if member.refused:
            return self._refuse(member, digest, [Verdict(member.name, Outcome.QUARANTINED, member.refused)])
        read = read_activities(member.name, member.content, now=self._store.clock())
        if read.damage is not None and not (self._wishes.accept_damaged and read.activities):
            return self._refuse(member, digest, _damaged(member.name, read))
        return self._accept(member, digest, read, unseen=not earlier)

    def _earlier(self, digest: str) -> list[Verdict]:
        """Return the verdicts of the same bytes from an earlier import."""
        rows = self._store.verdicts(self._runner.id, digest)
        return [Verdict.from_json(json.loads(row.body)) for row in rows]

    def _reconsidered(self, verdict: Verdict, member: Member) -> bool:
        if verdict.verdict is Outcome.QUARANTINED:
            return self._wishes.accept_damaged and verdict.sport is not None
        unnamed = verdict.verdict is Outcome.NOT_A_RUN and verdict.sport == UNKNOWN
        return unnamed and bool(self._wishes.sport or member.sport)

    def _refuse(self, member: Member, digest: str, verdicts: list[Verdict]) -> list[Verdict]:
        place = quarantine_place(self._store, self._runner, member.name, digest)
        originals.write_whole(place, member.stored)
        self._store.write(self._runner.id, verdicts=[_row(digest, verdict) for verdict in verdicts])
        return verdicts

    def _accept(self, member: Member, digest: str, read: ActivitiesRead, *, unseen: bool) -> list[Verdict]:
        if not read.activities:
            verdict = Verdict(member.name, Outcome.NOT_A_RUN, _holds_none(read))
            self._store.write(self._runner.id, verdicts=[_row(digest, verdict)])
            return [verdict]
        stored_hash = digest if member.stored is member.content else sha256(member.stored).hexdigest()
        judged = [self._judge(member, part, one, stored_hash) for part, one in enumerate(read.activities)]
        verdicts = [_with_damage(verdict, read) for verdict, _ in judged]
        runs = [run for _, run in judged if run is not None]
        if not self._keep(member, digest, verdicts, runs, unseen=unseen):
            # Another gerdy judged this file while we read it: look again at what stands now.
            return self.member(member)
        self._known += [shape for run in runs if (shape := shape_of(run)) is not None]
        return verdicts

    def _keep(self, member: Member, digest: str, verdicts: list[Verdict], runs: list[Run], *, unseen: bool) -> bool:
        """Write original, runs and verdicts; False where an unseen file was judged by another gerdy meanwhile."""
        place = quarantine_place(self._store, self._runner, member.name, digest)
        if not runs and any(verdict.verdict is Outcome.QUARANTINED for verdict in verdicts):
            originals.write_whole(place, member.stored)
        kept = self._wishes.keep_originals
        rows = [originals.describe(member.name, member.stored, member.content, kept=kept)] if runs else []
        if kept and rows:
            originals.keep(self._store.home.originals(self._runner.id), rows[0].sha256, member.stored)
        written = self._store.write(
            self._runner.id,
            entries=runs,
            originals=rows,
            verdicts=[_row(digest, verdict) for verdict in verdicts],
            unless_seen=digest if unseen else None,
        )
        if written and runs:
            place.unlink(missing_ok=True)
        return written

    def _judge(self, member: Member, part: int, activity: Activity, stored_hash: str) -> tuple[Verdict, Run | None]:
        sport = activity.sport
        if sport == UNKNOWN:
            sport = sport_word(member.sport or self._wishes.sport)
        activity = replace(activity, sport=sport)
        refusal = _not_a_run(activity)
        if refusal is not None:
            return Verdict(member.name, refusal[0], refusal[1], part, **about(activity)), None
        run = run_of(
            activity,
            entry_id=self._store.new_id(),
            runner_id=self._runner.id,
            entered_at=self._store.clock(),
            by=self._wishes.by,
            zone=self._wishes.zone,
            original=stored_hash,
            part=part,
        )
        return self._compared(member, part, activity, run)

    def _compared(self, member: Member, part: int, activity: Activity, run: Run) -> tuple[Verdict, Run]:
        if run.status is RunStatus.NEEDS_DATE:
            verdict = Verdict(member.name, Outcome.NEEDS_DATE, _ask_date(activity, run.id), part, **about(activity))
            return replace(verdict, entry=run.id), run
        shape = shape_of(run)
        match = find_match(shape, self._known) if shape is not None else None
        if match is None:
            verdict = Verdict(member.name, Outcome.IMPORTED, "A run.", part, **about(activity))
        else:
            run = replace(run, status=match.status, duplicate_of=match.of)
            outcome = Outcome(match.status.value)
            verdict = Verdict(member.name, outcome, match.reason, part, **about(activity))
            verdict = replace(verdict, same_as=match.of)
        start = run.event_time.isoformat() if run.event_time else None
        return replace(verdict, entry=run.id, start=start), run


def quarantine_place(store: Store, runner: Runner, name: str, digest: str) -> Path:
    """Return where a refused file lies: under its own name, made unique by the start of its hash."""
    last = name.replace("\\", "/").rpartition("/")[2].rpartition("!")[2]
    return store.home.quarantine(runner.id) / f"{digest[:8]}-{last[-_LONGEST_NAME:]}"


def _row(digest: str, verdict: Verdict) -> Judged:
    body = chain.canonical(verdict.to_json())
    return Judged(digest, verdict.part, verdict.file, verdict.verdict.value, body, verdict.entry)


def _damaged(name: str, read: ActivitiesRead) -> list[Verdict]:
    damage = read.damage
    if damage is None:
        return []
    advice = " Take what was read with --accept-damaged." if read.activities else ""
    reason = f"{damage.sentence()}{advice}"
    if not read.activities:
        return [Verdict(name, Outcome.QUARANTINED, reason, offset=damage.offset)]
    return [
        Verdict(name, Outcome.QUARANTINED, reason, part, offset=damage.offset, **about(activity))
        for part, activity in enumerate(read.activities)
    ]


def _with_damage(verdict: Verdict, read: ActivitiesRead) -> Verdict:
    if read.damage is None:
        return verdict
    return replace(verdict, reason=f"{verdict.reason} Damaged: {read.damage.sentence()}", offset=read.damage.offset)


def _holds_none(read: ActivitiesRead) -> str:
    kind = read.metadata.get("file_type")
    if kind not in {None, "activity"}:
        return f"A FIT file of type '{kind}' holds no activity."
    return "The file holds no activity."


def _not_a_run(activity: Activity) -> tuple[Outcome, str] | None:
    if activity.sport == UNKNOWN:
        return Outcome.NOT_A_RUN, (
            "The file does not say which sport it is; if it is a run, import it again with --sport running."
        )
    if activity.sport != RUNNING:
        return Outcome.NOT_A_RUN, f"The sport is '{activity.sport}'; it does not count as running."
    if activity.distance_m is None and activity.elapsed_s is None:
        words = "; ".join(problem.message for problem in activity.problems) or "neither time nor distance."
        return Outcome.QUARANTINED, f"Nothing was recorded: {words}"
    return None


def _ask_date(activity: Activity, entry_id: str) -> str:
    hint = f" The file mentions {activity.start_hint} as local start." if activity.start_hint else ""
    example = activity.start_hint or "2024-05-01T07:30"
    return f"The file holds no date; not counted until 'gerdy import --date {entry_id}={example}' gives it.{hint}"
