"""``gerdy evidence``: a reader can ask where a number comes from."""

from __future__ import annotations

import json
import subprocess
import sys


def gerdy(*words):
    return subprocess.run([sys.executable, "-m", "gerdy", *words], capture_output=True, text=True, check=False)


def test_a_number_comes_with_spread_source_certainty_and_what_it_does_not_say():
    answer = gerdy("evidence", "heiderscheit2011.hip_adduction_peak_loading").stdout

    # Heiderscheit 2011, Table 3, preferred step rate.
    assert "= 10.4 ± 3.3 deg (n 45)  [grade C, runner, verified]" in answer
    assert "Heiderscheit BC" in answer
    assert "(Table 3)" in answer
    assert "does not say: " in answer


def test_what_was_read_in_another_text_is_shown_as_reported_by_others():
    assert "as reported by others: Brindle RA" in gerdy("evidence", "brindle2014.step_width_preferred").stdout


def test_a_number_of_ours_gives_its_reason():
    answer = gerdy("evidence", "house.contact_threshold").stdout

    assert "house choice" in answer
    assert "reason: " in answer


def test_the_beginning_of_a_key_lists_the_whole_paper():
    answer = gerdy("evidence", "orchard1996").stdout

    assert answer.count("orchard1996.") == 3


def test_an_unknown_key_is_one_sentence_on_standard_error_with_the_nearest_names_and_exit_code_1():
    refusal = gerdy("evidence", "orchard1996.zone_knee_flexon")

    assert refusal.returncode == 1
    assert refusal.stdout == ""
    assert "UnknownKey: " in refusal.stderr
    assert "orchard1996.zone_knee_flexion" in refusal.stderr
    assert "Traceback" not in refusal.stderr


def test_json_holds_every_field_and_null_where_the_source_gives_nothing():
    document = json.loads(gerdy("evidence", "orchard1996", "--json").stdout)
    entries = {entry["key"]: entry for entry in document["entries"]}

    assert document["schema"] == "gerdy/evidence/1"
    assert entries["orchard1996.contact_flexion"]["sd"] == 4.3
    assert entries["orchard1996.zone_knee_flexion"]["sd"] is None
    assert entries["orchard1996.zone_knee_flexion"]["value"] == [20.0, 30.0]


def test_a_verb_that_does_not_exist_is_a_usage_error_with_exit_code_2():
    assert gerdy("evidense").returncode == 2


def test_a_reader_that_stops_listening_gets_no_traceback():
    with subprocess.Popen(
        [sys.executable, "-m", "gerdy", "evidence"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()

    assert b"Traceback" not in errors
