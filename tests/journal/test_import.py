"""The import: one verdict per activity, nothing twice, nothing silently dropped."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import os
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activity_files import START, fit, gpx, straight_run, tcx, zipped
from gerdy.errors import FileUnreadable, JournalError
from gerdy.journal import originals
from gerdy.journal.duplicates import Shape, compare, find_match
from gerdy.journal.erase import discard_originals
from gerdy.journal.importing import Importer, Wishes
from gerdy.journal.rebuild import rebuild
from gerdy.journal.resolve import give_date, open_questions, settle
from gerdy.journal.sources import sources
from gerdy.journal.watching import watch
from gerdy.records import RunStatus
from journal_facts import run

RUN = straight_run(km=5)
HOUR = dt.timedelta(hours=1)


def shifted(points, by: dt.timedelta):
    return [replace(point, time=point.time + by) for point in points]


def runs(store, me):
    return store.records(me.id, kinds=("run",))


def counted(store, me):
    return [one for one in runs(store, me) if one.status is RunStatus.COUNTED]


def test_a_fit_written_again_as_gpx_and_tcx_is_one_run(take, put, store, me):
    folder = put(a_dot_fit=fit(RUN), b_dot_gpx=gpx(RUN), c_dot_tcx=tcx(RUN))
    first, second, third = take(folder)
    assert (first.verdict, second.verdict, third.verdict) == ("imported", "duplicate", "duplicate")
    assert second.same_as == third.same_as == first.entry
    assert len(counted(store, me)) == 1
    assert len(runs(store, me)) == 3


@pytest.mark.shared
def test_the_real_fenix_run_written_again_as_gpx_is_one_run(take, put, shared_data, store, me):
    """The watch's own 9008 m and the straight lines between its points differ; it is one run all the same."""
    import fitdecode

    from activity_files import FIT_EPOCH, Point

    source = shared_data / "fit-runs" / "activity-small-fenix2-run.fit"
    with fitdecode.FitReader(source) as reader:
        rows = [
            {f.name: f.value for f in m.fields}
            for m in reader
            if m.frame_type == fitdecode.FIT_FRAME_DATA and m.name == "record"
        ]
    points = [
        Point(r["timestamp"], r["position_lat"] * 180 / 2**31, r["position_long"] * 180 / 2**31, r["distance"])
        for r in rows
        if r.get("position_lat") is not None
    ]
    assert points[0].time > FIT_EPOCH
    again = put(a_dot_gpx=gpx(points), b_dot_tcx=tcx(points))
    verdicts = take(source, again)
    assert [verdict.verdict for verdict in verdicts] == ["imported", "duplicate", "duplicate"]
    assert len(counted(store, me)) == 1


def test_the_same_bytes_in_gzip_zip_and_plain_are_one_file(take, put, store, me):
    plain = gpx(RUN)
    folder = put(a_dot_gpx=plain, b_dot_gpx_dot_gz=gzip.compress(plain), c_dot_zip=zipped({"activities/1.gpx": plain}))
    assert [verdict.verdict for verdict in take(folder)] == ["imported", "duplicate", "duplicate"]
    assert len(runs(store, me)) == 1


def test_importing_twice_changes_nothing(take, put, store, me):
    folder = put(
        a_dot_gpx=gpx(RUN), b_dot_gpx=gpx(RUN, "ride"), c_dot_fit=fit(RUN)[:-9], d_dot_gpx=gpx(shifted(RUN, HOUR))
    )
    first = take(folder)
    chain, judged = store.chain(me.id), store.verdicts(me.id)
    second = take(folder)
    assert store.chain(me.id) == chain
    assert store.verdicts(me.id) == judged
    assert [v.verdict for v in first] == ["imported", "not_a_run", "quarantined", "possible_duplicate"]
    assert [v.verdict for v in second] == ["duplicate", "not_a_run", "quarantined", "possible_duplicate"]


def test_an_import_that_was_cut_off_goes_on_where_it_stopped(take, put, store, me):
    days = [gpx(shifted(RUN, n * 24 * HOUR)) for n in range(4)]
    folder = put(**{f"r{n}_dot_gpx": content for n, content in enumerate(days)})
    take(folder / "r0.gpx", folder / "r1.gpx")
    assert [v.verdict for v in take(folder)] == ["duplicate", "duplicate", "imported", "imported"]
    assert len(counted(store, me)) == 4


@pytest.mark.parametrize("hours", [1, -2, 8, 5.5])
def test_a_time_zone_twin_is_asked_about_and_does_not_count(take, put, store, me, hours):
    folder = put(a_dot_gpx=gpx(RUN), b_dot_gpx=gpx(shifted(RUN, hours * HOUR)))
    _, twin = take(folder)
    assert twin.verdict == "possible_duplicate"
    assert "time zone" in twin.reason
    assert len(counted(store, me)) == 1
    assert len(open_questions(store, me)) == 1


def test_a_partial_overlap_is_asked_about(take, put):
    later = shifted(RUN, dt.timedelta(minutes=10))
    assert take(put(a_dot_gpx=gpx(RUN), b_dot_gpx=gpx(later)))[1].verdict == "possible_duplicate"


def test_two_runs_of_one_day_are_two_runs(take, put):
    other = straight_run(km=8, start=START + 10.25 * HOUR)
    assert [v.verdict for v in take(put(a_dot_gpx=gpx(RUN), b_dot_gpx=gpx(other)))] == ["imported", "imported"]


def test_a_run_that_was_entered_by_hand_is_not_counted_again(take, put, store, me):
    store.add(run("mine", me.id, when=START + dt.timedelta(minutes=5), km=5))
    (verdict,) = take(put(a_dot_gpx=gpx(RUN)))
    assert verdict.verdict == "possible_duplicate"
    assert verdict.same_as == "mine"


def test_the_runner_has_the_last_word_on_a_possible_duplicate(take, put, store, me):
    folder = put(a_dot_gpx=gpx(RUN), b_dot_gpx=gpx(shifted(RUN, HOUR)), c_dot_gpx=gpx(shifted(RUN, 2 * HOUR)))
    _, twin, other = take(folder)
    settle(store, me, twin.entry, same=True)
    settle(store, me, other.entry, same=False)
    assert open_questions(store, me) == []
    assert len(counted(store, me)) == 2
    assert [v.verdict for v in take(folder)] == ["duplicate", "duplicate", "duplicate"]


def test_resolving_what_is_not_open_is_refused(take, put, store, me):
    (verdict,) = take(put(a_dot_gpx=gpx(RUN)))
    with pytest.raises(JournalError, match="nothing to resolve"):
        settle(store, me, verdict.entry, same=True)


def shape(start_s: float = 0, km: float | None = 5, minutes: float | None = 30) -> Shape:
    begin = START + dt.timedelta(seconds=start_s)
    return Shape("x", "running", begin, minutes and minutes * 60, km and km * 1000)


@pytest.mark.parametrize(
    ("new", "status"),
    [
        (shape(), "duplicate"),
        (shape(start_s=60, km=5.2), "duplicate"),
        (shape(start_s=61), "possible_duplicate"),
        (shape(km=5.3), "possible_duplicate"),
        (shape(km=None, minutes=31), "duplicate"),
        (shape(start_s=3600), "possible_duplicate"),
        (shape(start_s=3600, km=5.06), None),
        (shape(start_s=3600 + 600), None),
        (shape(start_s=30 * 60 - 100), None),
        (shape(start_s=20 * 60), "possible_duplicate"),
    ],
)
def test_two_recordings_are_compared_by_start_length_and_time(new, status):
    """Limits of house_import: 60 s and 5 % for the same run, 1 % and civil offsets for a twin, 10 % of overlap."""
    match = compare(new, shape())
    assert (match.status.value if match else None) == status


@given(st.floats(0, 90_000), st.floats(1, 20), st.floats(5, 120), st.floats(1, 20), st.floats(5, 120))
def test_comparing_is_the_same_both_ways(apart, km_a, minutes_a, km_b, minutes_b):
    a, b = shape(0, km_a, minutes_a), shape(apart, km_b, minutes_b)
    one, other = compare(a, b), compare(b, a)
    assert (one and one.status) == (other and other.status)


def test_another_sport_is_never_a_duplicate():
    assert find_match(shape(), [replace(shape(), sport="cycling")]) is None


def test_a_sure_match_wins_over_a_possible_one():
    overlapping = replace(shape(start_s=600), id="later")
    assert find_match(shape(), [overlapping, replace(shape(), id="same")]).of == "same"


@pytest.mark.parametrize("sport", ["Ride", "Walk", "Hiking", "1", "Rowing", "virtual_ride"])
def test_rides_rows_and_walks_never_count(take, put, store, me, sport):
    (verdict,) = take(put(a_dot_gpx=gpx(RUN, sport)))
    assert verdict.verdict == "not_a_run"
    assert runs(store, me) == []


@pytest.mark.parametrize("sport", ["Run", "running", "9", "Trail Running", "treadmill_running", "VirtualRun"])
def test_runs_count_whatever_the_maker_calls_them(take, put, sport):
    (verdict,) = take(put(a_dot_gpx=gpx(RUN, sport)))
    assert verdict.verdict == "imported"


def test_a_file_without_a_sport_counts_only_when_the_runner_says_so(take, put, store, me):
    folder = put(a_dot_gpx=gpx(RUN, None))
    assert take(folder)[0].verdict == "not_a_run"
    assert "--sport running" in take(folder)[0].reason
    assert take(folder, sport="running")[0].verdict == "imported"
    assert take(folder)[0].verdict == "duplicate"
    assert len(counted(store, me)) == 1


def test_of_a_multisport_file_the_run_alone_counts(take, put, store, me):
    race = fit(straight_run(8), ("swimming", "transition", "cycling", "running"))
    verdicts = take(put(race_dot_fit=race))
    assert [v.verdict for v in verdicts] == ["not_a_run", "not_a_run", "not_a_run", "imported"]
    assert len(counted(store, me)) == 1


def test_a_settings_file_of_a_watch_holds_no_activity(take, put):
    from activity_files import FILE_ID, _Fit, _fit_time

    writer = _Fit()
    writer.add(FILE_ID, type=2, time_created=_fit_time(START))
    (verdict,) = take(put(settings_dot_fit=writer.whole()))
    assert verdict.verdict == "not_a_run"
    assert "settings" in verdict.reason


def test_an_undated_run_is_kept_and_counts_once_it_has_a_date(take, put, store, me):
    folder = put(a_dot_gpx=gpx([replace(point, time=None) for point in RUN]))
    (verdict,) = take(folder)
    assert verdict.verdict == "needs_date"
    assert verdict.entry in verdict.reason
    assert counted(store, me) == []
    give_date(store, me, verdict.entry, START)
    (only,) = counted(store, me)
    assert only.event_time == START
    assert take(folder)[0].verdict == "duplicate"


def test_a_date_that_makes_a_run_overlap_another_is_asked_about(take, put, store, me):
    folder = put(a_dot_gpx=gpx([replace(point, time=None) for point in RUN]), b_dot_gpx=gpx(RUN))
    undated, _ = take(folder)
    assert give_date(store, me, undated.entry, START).status is RunStatus.DUPLICATE


def test_a_treadmill_run_without_places_is_a_run(take, put, store, me):
    indoors = [replace(point, lat=0.0, lon=0.0) for point in RUN]
    take(put(a_dot_fit=fit(indoors, sub_sport=1)))
    (only,) = counted(store, me)
    assert only.treadmill is True
    assert only.distance_m == pytest.approx(5000, abs=10)


def test_a_damaged_file_is_set_aside_with_byte_and_reason_and_its_numbers(take, put, store, me):
    content = fit(RUN)
    (verdict,) = take(put(a_dot_fit=content[:-1]))
    assert verdict.verdict == "quarantined"
    assert verdict.offset == len(content) - 2
    assert verdict.distance_m == pytest.approx(5000, abs=10)
    assert "records" in verdict.reason
    (aside,) = store.home.quarantine(me.id).iterdir()
    assert aside.read_bytes() == content[:-1]
    assert aside.name.endswith("-a.fit")
    assert runs(store, me) == []


def test_what_was_read_of_a_damaged_file_counts_when_the_runner_says_so(take, put, store, me):
    folder = put(a_dot_fit=fit(RUN)[:-1])
    take(folder)
    (verdict,) = take(folder, accept_damaged=True)
    assert verdict.verdict == "imported"
    assert "Damaged" in verdict.reason
    assert len(counted(store, me)) == 1
    assert list(store.home.quarantine(me.id).iterdir()) == []


def test_one_bad_file_does_not_stop_the_others(take, put):
    folder = put(
        a_dot_fit=b"nonsense", b_dot_gpx_dot_gz=b"\x1f\x8bnonsense", c_dot_zip=b"PK\x03\x04nonsense", d_dot_gpx=gpx(RUN)
    )
    assert [v.verdict for v in take(folder)] == ["quarantined", "quarantined", "quarantined", "imported"]


@pytest.mark.skipif(os.name != "posix", reason="only POSIX file names may be no text")
def test_a_file_whose_name_is_no_text_does_not_stop_the_others(take, put):
    folder = put(b_dot_gpx=gpx(RUN))
    (folder / os.fsdecode(b"a\xff" + b"x" * 230 + b".fit")).write_bytes(b"broken")
    assert [v.verdict for v in take(folder)] == ["quarantined", "imported"]


def test_a_track_without_points_is_set_aside(take, put):
    (verdict,) = take(put(a_dot_gpx=gpx([])))
    assert verdict.verdict == "quarantined"
    assert "no points" in verdict.reason


def test_a_path_that_is_not_there_is_refused_before_anything_is_imported(take, put, tmp_path, store, me):
    with pytest.raises(FileUnreadable, match="Nothing was imported"):
        take(put(a_dot_gpx=gpx(RUN)), tmp_path / "nowhere")
    assert runs(store, me) == []


def test_the_original_is_kept_byte_for_byte_as_it_came(take, put, store, me):
    packed = gzip.compress(gpx(RUN))
    take(put(a_dot_gpx_dot_gz=packed))
    (only,) = counted(store, me)
    assert originals.fetch(store.home.originals(me.id), only.original) == packed


def test_every_run_comes_out_the_same_from_its_original(take, put, store, me):
    take(put(a_dot_fit=fit(RUN, local_offset_h=2), b_dot_gpx=gpx(straight_run(7, start=START + 50 * HOUR))))
    before = store.chain(me.id)
    assert {one.outcome for one in rebuild(store, me)} == {"identical"}
    assert store.chain(me.id) == before


def test_a_run_that_comes_out_differently_gets_a_correction(take, put, store, me):
    take(put(a_dot_gpx=gpx(RUN)))
    (only,) = counted(store, me)
    store.add(replace(only, id="wrong", corrects=only.id, distance_m=1.0))
    (one,) = rebuild(store, me)
    assert (one.outcome, one.fields) == ("changed", ("distance_m",))
    (now,) = counted(store, me)
    assert now.distance_m == pytest.approx(5000, abs=10)
    assert now.by == "gerdy"


def test_without_its_original_a_run_stays_and_cannot_be_computed_again(take, put, store, me):
    take(put(a_dot_gpx=gpx(RUN)))
    assert discard_originals(store, me) == 1
    assert not store.home.originals(me.id).exists()
    (one,) = rebuild(store, me)
    assert one.outcome == "not recomputable"
    assert "discarded" in one.reason
    assert len(counted(store, me)) == 1


def test_an_import_may_keep_hashes_only(take, put, store, me):
    take(put(a_dot_gpx=gpx(RUN)), keep_originals=False)
    assert [row.kept for row in store.originals(me.id)] == [False]
    assert not store.home.originals(me.id).exists()


def test_no_coordinate_lies_in_the_database(take, put, store, me):
    take(put(a_dot_fit=fit(RUN), b_dot_gpx=gpx(shifted(RUN, 48 * HOUR))))
    store.close()
    pages = store.home.database.read_bytes()
    assert b"46.0" not in pages
    assert b"14.5" not in pages


def test_universal_time_becomes_the_runners_day(take, put, store, me):
    """23:30 UTC is the next morning in UTC+8, where the shared year was run."""
    late = shifted(RUN, START.replace(hour=23, minute=30) - START)
    take(put(a_dot_gpx=gpx(late)), zone=dt.timezone(8 * HOUR))
    (only,) = counted(store, me)
    assert only.event_time.isoformat() == "2025-05-02T07:30:00+08:00"


def test_of_an_export_each_activity_is_safe_before_the_next_is_read(put, store, me):
    days = {f"activities/{n}.gpx": gpx(shifted(RUN, 48 * n * HOUR)) for n in range(4)}
    folder = put(export_dot_zip=zipped(days))
    importing = Importer(store, me, Wishes(zone=dt.UTC)).files(sources([folder]))
    next(importing)
    next(importing)
    assert len(runs(store, me)) == 2
    importing.close()
    again = [v for some in Importer(store, me, Wishes(zone=dt.UTC)).files(sources([folder])) for v in some]
    assert [v.verdict for v in again] == ["duplicate", "duplicate", "imported", "imported"]


def test_two_who_import_the_same_file_at_once_count_it_once(put, store, me, monkeypatch):
    """The second one judges the file between our look and our writing."""
    folder = put(a_dot_gpx=gpx(RUN))
    ours, theirs = (Importer(store, me, Wishes(zone=dt.UTC)) for _ in range(2))
    judge = ours._judge

    def overtaken(*given):
        if not store.verdicts(me.id):
            list(theirs.files(sources([folder])))
        return judge(*given)

    monkeypatch.setattr(ours, "_judge", overtaken)
    ((verdict,),) = ours.files(sources([folder]))
    assert verdict.verdict == "duplicate"
    assert len(runs(store, me)) == 1


def test_members_that_cannot_be_unpacked_are_told_apart(take, put, store, me, monkeypatch):
    from gerdy.recordings.activities import archive

    monkeypatch.setattr(archive, "MAX_UNPACKED_BYTES", 100)
    verdicts = take(put(export_dot_zip=zipped({"a.gpx": gpx(RUN), "b.gpx": gpx(RUN)})))
    assert [v.file for v in verdicts] == ["export.zip!a.gpx", "export.zip!b.gpx"]
    assert len(store.verdicts(me.id)) == 2


def test_a_watched_folder_is_imported_as_files_come_to_rest(put, store, me):
    folder = put(a_dot_gpx=gpx(RUN))
    copied = gpx(shifted(RUN, 48 * HOUR))
    looks = iter(
        [
            lambda: (folder / "b.gpx").write_bytes(copied[:1000]),
            lambda: (folder / "b.gpx").write_bytes(copied),
            lambda: None,
            lambda: None,
        ]
    )

    def wait() -> bool:
        step = next(looks, None)
        if step is not None:
            step()
        return step is not None

    found = [v for some in watch(Importer(store, me, Wishes()), folder, wait=wait) for v in some]
    assert [(v.file, v.verdict) for v in found] == [("a.gpx", "imported"), ("b.gpx", "imported")]


@pytest.mark.shared
def test_every_shared_file_is_imported_or_set_aside_with_a_reason(take, shared_data, store, me):
    """Verdicts by hand from the SOURCE notes of the folders."""
    folders = (
        "fit-runs",
        "fit-runs-broken-real",
        "fit-treadmill-running-dynamics",
        "tcx-gpx-other",
        "training-history-gpx",
    )
    verdicts = take(*(shared_data / name for name in folders))
    files = [
        f for name in folders for f in (shared_data / name).rglob("*") if f.suffix in {".fit", ".gpx", ".tcx", ".gz"}
    ]
    assert len(verdicts) == len(files)
    assert Counter(v.verdict.value for v in verdicts) == {
        "imported": 146,
        "needs_date": 5,
        "not_a_run": 11,
        "quarantined": 6,
    }
    for verdict in verdicts:
        assert verdict.reason
        if verdict.verdict == "quarantined":
            assert verdict.offset is not None
            assert str(verdict.offset) in verdict.reason
    before = store.chain(me.id)
    assert not [v for v in take(*(shared_data / name for name in folders)) if v.verdict == "imported"]
    assert store.chain(me.id) == before
    index = csv.DictReader((shared_data / "training-history-gpx" / "index.csv").read_text().splitlines())
    by_file = {verdict.file: verdict for verdict in verdicts}
    for row in index:
        found = by_file[row["file"]].distance_m
        assert (
            found is None if row["distance_m"] == "0" else found == pytest.approx(float(row["distance_m"]), rel=0.005)
        )


@settings(max_examples=10, deadline=None)
@given(st.permutations(["a", "b", "c", "d"]))
def test_the_order_of_files_does_not_change_which_runs_count(tmp_path_factory, order):
    import itertools

    from gerdy.journal import open_store
    from gerdy.journal.sources import Source

    folder = tmp_path_factory.mktemp("order")
    contents = {"a": fit(RUN), "b": gpx(RUN), "c": gpx(shifted(RUN, 48 * HOUR)), "d": tcx(shifted(RUN, 48 * HOUR))}
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    numbers = itertools.count()
    journal = open_store(folder / "home", new_id=lambda: str(next(numbers)))
    owner = journal.ensure_runner("me")
    list(Importer(journal, owner, Wishes(zone=dt.UTC)).files(Source(folder / name, name) for name in order))
    assert sorted(one.event_time for one in counted(journal, owner)) == [START, START + 48 * HOUR]
    journal.close()
