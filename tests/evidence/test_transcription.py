"""What was copied from the papers agrees with what the papers say elsewhere."""

from __future__ import annotations

import csv

import pytest

from gerdy.evidence import entry, registry, value

percent = 1.0


def rows(file):
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


# Lenhart 2014, abstract: change of peak muscle force at +10 % step rate, in per cent.
@pytest.mark.parametrize(
    ("muscle", "change"),
    [("gluteus_medius", -10.6), ("gluteus_maximus", -7.8), ("gluteus_minimus", -9.4), ("tfl", 7.6)],
)
def test_the_force_table_gives_the_changes_that_its_paper_prints(muscle, change):
    _, preferred, faster = entry(f"lenhart2014.{muscle}_peak_by_step_rate").value

    assert 100 * (faster / preferred - 1) == pytest.approx(change, abs=0.1 * percent)


@pytest.mark.parametrize("key", [key for key in registry().entries if key.endswith("_by_step_rate")])
def test_the_preferred_step_rate_stands_in_the_middle_and_equals_the_norm(key):
    means = entry(key).value
    name = key.replace("_by_step_rate", "")
    norm = next(k for k in registry().entries if k.startswith(name) and "by_step_rate" not in k)

    assert means[len(means) // 2] == value(norm)


def test_a_faster_step_rate_adducts_the_hip_less_and_bends_the_knee_more_at_contact():
    # Heiderscheit 2011, abstract and Table 3: adduction falls by 1.7 degrees from preferred to +10 %.
    adduction = entry("heiderscheit2011.hip_adduction_peak_by_step_rate").value
    knee = entry("heiderscheit2011.knee_flexion_at_contact_by_step_rate").value

    assert adduction[4] - adduction[2] == pytest.approx(-1.7)
    assert list(adduction) == sorted(adduction, reverse=True)
    assert list(knee) == sorted(knee)


def test_the_abductor_torques_give_the_deficits_that_fredericson_reports():
    # As reported for Fredericson 2000: 20 % between sides, 23 to 30 % against controls.
    torque = {
        name: value(f"fredericson2000.torque_{name}")
        for name in ("itbs_side_women", "other_side_women", "control_women", "itbs_side_men", "control_men")
    }

    assert torque["itbs_side_women"] / torque["other_side_women"] == pytest.approx(0.80, abs=0.01)
    assert torque["itbs_side_women"] / torque["control_women"] == pytest.approx(0.77, abs=0.01)
    assert torque["itbs_side_men"] / torque["control_men"] == pytest.approx(0.70, abs=0.01)


def test_the_strength_norm_at_thirty_five_years_is_the_printed_one():
    # The published equation by hand, for 35 years: women 1.425, men 1.640; one SD below 1.07 and 1.29 N·m/kg.
    women = value("ramskov2014.intercept") + 35 * value("ramskov2014.per_year")
    men = women + value("ramskov2014.male")

    assert (women, men) == (pytest.approx(1.425), pytest.approx(1.640))
    assert women - value("ramskov2014.sd") == pytest.approx(1.07, abs=0.005)
    assert men - value("ramskov2014.sd") == pytest.approx(1.29, abs=0.005)


def test_two_laboratories_at_one_speed_differ_by_more_than_five_degrees_at_contact():
    # Which is why their norms stand apart: 5.6 degrees.
    bmc, ric = (value(f"bmcric.hip_adduction_at_contact_{lab}") for lab in ("bmc", "ric"))

    assert bmc - ric == pytest.approx(5.6)


def test_both_laboratories_together_give_the_pooled_adduction():
    both = [value(f"bmcric.hip_adduction_peak_stance_{lab}") for lab in ("bmc", "ric")]

    assert sum(both) / 2 == pytest.approx(value("bmcric.hip_adduction_peak_stance"), abs=0.06)


COLUMNS = {
    "cadence": "cadence_spm",
    "contact_time": "contact_time_s",
    "flight_time": "flight_time_s",
    "peak_vertical_force": "peak_vGRF_BW",
}


@pytest.mark.shared
def test_the_spatiotemporal_norms_are_those_of_the_averaged_data_set(shared_data):
    for row in rows(shared_data / "running-norms" / "rbds_spatiotemporal_grf.csv"):
        for name, column in COLUMNS.items():
            norm = entry(f"fukuchi2017.{name}_at_{row['belt_speed_m_s'].replace('.', '_')}")

            assert norm.value == float(row[f"{column}_mean"])
            assert norm.sd == float(row[f"{column}_std"])
            assert norm.n == int(row[f"{column}_count"])
            assert norm.speed_m_s == float(row["belt_speed_m_s"])


@pytest.mark.shared
@pytest.mark.parametrize(
    ("column", "name"),
    [
        ("RThomas", "thomas_test_right"),
        ("LThomas", "thomas_test_left"),
        ("ROber", "ober_test_right"),
        ("LOber", "ober_test_left"),
    ],
)
def test_the_flexibility_norms_are_those_of_the_averaged_data_set(shared_data, column, name):
    table = {row["measure"]: row for row in rows(shared_data / "running-norms" / "rbds_flexibility_strength.csv")}
    norm = entry(f"fukuchi2017.{name}")

    assert (norm.value, norm.sd, norm.n) == (
        float(table[column]["mean"]),
        float(table[column]["sd"]),
        int(table[column]["n"]),
    )


@pytest.mark.shared
def test_the_published_values_agree_with_the_second_transcription(shared_data):
    second = {row["quantity"]: row for row in rows(shared_data / "running-norms" / "literature_values.csv")}
    torque = "isometric hip abductor torque"
    pairs = {
        f"{torque}, women with ITBS, injured limb": "fredericson2000.torque_itbs_side_women",
        f"{torque}, women with ITBS, uninjured limb": "fredericson2000.torque_other_side_women",
        f"{torque}, women, control runners": "fredericson2000.torque_control_women",
        f"{torque}, men with ITBS, injured limb": "fredericson2000.torque_itbs_side_men",
        f"{torque}, men with ITBS, uninjured limb": "fredericson2000.torque_other_side_men",
        f"{torque}, men, control runners": "fredericson2000.torque_control_men",
        "ITBS minus control, Ober test": "noehren2014.ober_difference",
        "ITBS minus control, hip external rotator strength": "noehren2014.hip_external_rotator_strength",
        "ITBS minus control, hip internal rotation in running": "noehren2014.hip_internal_rotation",
        "ITBS minus control, knee adduction in running": "noehren2014.knee_adduction",
        "eccentric hip abduction strength, novice runners, men": "ramskov2014.eccentric_hip_abduction_men",
        "eccentric hip abduction strength, novice runners, women": "ramskov2014.eccentric_hip_abduction_women",
    }
    for quantity, key in pairs.items():
        assert value(key) == float(second[quantity]["mean"]), key
