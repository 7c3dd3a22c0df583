"""Step rate and speed change what was measured in runners, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from gerdy.band.what_if import parse_changes
from gerdy.band.what_if.cadence import cadence_change
from gerdy.band.what_if.evaluate import CENTRAL, changed_case, lucks
from gerdy.band.what_if.speed import speed_change, speed_table
from gerdy.errors import WhatIfRefused

degree = np.pi / 180.0


def after(case, *texts, luck=CENTRAL):
    return changed_case(case, parse_changes(texts), luck)


def column(case, values, name):
    return values[:, case.body.coordinate_index(f"{name}_{case.side[0]}")]


def test_ten_percent_more_steps_give_the_differences_of_the_published_table(stance):
    """Heiderscheit 2011, Table 3, +10 % minus preferred, in degrees.

    Hip adduction 8.7 - 10.4, hip flexion 23.6 - 26.7, rotation 0.4 - 0.4, knee at contact 19.6 - 17.8, peak
    42.8 - 46.3.
    """
    change = after(stance, "cadence +10 %").at.q - stance.at.q
    deepest = column(stance, stance.at.q, "knee_angle").argmax()

    assert column(stance, change, "hip_adduction")[-1] == pytest.approx(-1.7 * degree)
    assert column(stance, change, "hip_flexion") == pytest.approx(-3.1 * degree)
    assert column(stance, change, "hip_rotation") == pytest.approx(0.0, abs=1e-12)
    assert column(stance, change, "knee_angle")[0] == pytest.approx(1.8 * degree)
    assert column(stance, change, "knee_angle")[deepest] == pytest.approx(-3.5 * degree)
    assert np.abs(column(stance, change, "ankle_angle")).max() == 0.0


def test_ten_percent_more_steps_are_shorter_and_their_moments_fall_as_printed(stance):
    """1.7 / 1.8 and 0.5 / 0.6 N·m/kg, where the printed digits are taken as they stand."""
    found = after(stance, "cadence +10 %")
    ratio = {name: column(stance, found.at.moments, name)[10] / column(stance, stance.at.moments, name)[10]
             for name in ("hip_adduction", "hip_rotation", "knee_angle")}  # fmt: skip

    assert found.stride_s == pytest.approx(0.7 / 1.1)
    assert found.speed_m_s == stance.speed_m_s
    assert np.ptp(found.at.when_s) == pytest.approx(0.24 / 1.1)
    assert ratio == pytest.approx({"hip_adduction": 1.7 / 1.8, "hip_rotation": 0.5 / 0.6, "knee_angle": 1.0})


def test_printed_moments_are_drawn_over_what_rounds_to_them(stance):
    """(1.65 to 1.75) / (1.75 to 1.85): between 0.892 and 1."""
    ratios = [
        cadence_change(stance, 10.0, luck.numerator, luck.denominator).factor["hip_adduction"] for luck in lucks(64)
    ]

    assert 0.892 <= min(ratios) < 0.91
    assert 0.98 < max(ratios) <= 1.0


def test_a_step_rate_between_two_columns_lies_between_them(stance):
    half = column(stance, after(stance, "cadence +5 %").at.q - stance.at.q, "hip_adduction")[-1]

    assert half == pytest.approx(-0.9 * degree)  # 9.5 - 10.4


def test_velocities_belong_to_the_changed_angles(stance):
    """Second differences of the changed angles in the changed time."""
    for text in ("cadence +10 %", "speed +0.5 m/s"):
        found = after(stance, text)
        knee = column(stance, found.at.q, "knee_angle")
        slope = np.gradient(knee, found.at.when_s[0])
        inner = slice(2, -2)
        assert column(stance, found.at.velocity, "knee_angle")[inner] == pytest.approx(slope[inner], abs=0.25)


def test_there_and_back_again_ends_where_it_began(stance):
    """Along the same runner's change with speed."""
    forth = speed_change(stance, 0.5, 0.1)
    back = speed_change(replace(stance, speed_m_s=stance.speed_m_s + 0.5), -0.5, 0.1)

    for name, angle in forth.angle.items():
        assert angle == pytest.approx(-back.angle[name], abs=1e-12)
    assert forth.contact * back.contact == pytest.approx(1.0)


def test_every_shared_runner_shortens_contact_and_stride_when_faster():
    """Four runners from 2.5 to 3.5 and three from 3.5 to 4.5 m/s (rbds-running)."""
    table = speed_table()

    assert sorted(table.low_m_s) == [2.5] * 4 + [3.5] * 3
    assert (table.log_contact < 0.0).all()
    assert (table.log_stride < 0.0).all()


def test_a_speed_that_nobody_ran_is_refused(stance):
    with pytest.raises(WhatIfRefused, match=r"between 2.5 and 4.5 m/s only"):
        after(stance, "speed +1.5 m/s")
    assert after(stance, "speed +0.9 m/s").speed_m_s == pytest.approx(4.4)


def test_each_runner_of_the_table_is_drawn(stance):
    drawn = {round(speed_change(stance, 0.5, luck.runner).contact, 6) for luck in lucks(64)}

    assert len(drawn) == 3  # who ran 3.5 and 4.5 m/s


def test_a_faster_runner_has_shorter_contacts_and_strides(stance):
    for luck in (0.0, 0.5, 0.99):
        found = speed_change(stance, 0.5, luck)
        assert found.contact < 1.0
        assert found.stride < 1.0


@pytest.mark.shared
def test_times_change_with_speed_as_the_force_plate_shows(shared_data):
    """Cadence and contact time of `expected_gait_events.csv`, which was made from the plate without gerdy."""
    events = pd.read_csv(shared_data / "rbds-running" / "expected_gait_events.csv").set_index("trial")
    table = speed_table()
    for row, runner in enumerate(table.runner):
        low, high = (f"{runner}runT{10 * speed[row]:.0f}" for speed in (table.low_m_s, table.high_m_s))
        slow, fast = events.loc[low], events.loc[high]
        assert table.log_contact[row] == pytest.approx(np.log(fast.contact_time_s / slow.contact_time_s), abs=0.02)
        assert table.log_stride[row] == pytest.approx(np.log(slow.cadence_spm / fast.cadence_spm), abs=0.01)
