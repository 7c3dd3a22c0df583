"""Marker sets: found from labels, and made by users."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from gerdy.errors import FileUnreadable, MarkerSetUnknown
from gerdy.recordings import (
    Recording,
    clean,
    default_settings,
    load_marker_set,
    orient,
    read,
    recognise,
    shipped_marker_sets,
)
from gerdy.recordings.marker_set import ROLES
from recordings.builders import BODY, standing

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "marker-sets.md"
SETS = {found.name: found for found in shipped_marker_sets()}


def test_two_sets_ship():
    assert set(SETS) == {"rbds", "rajagopal"}


@pytest.mark.parametrize("name", SETS)
def test_every_role_has_its_mirror_image_in_the_same_set(name):
    found = SETS[name]
    for role, label in found.roles.items():
        other = role.replace("left", "RIGHT").replace("right", "left").replace("RIGHT", "right")
        assert found.partner(label) == found.roles[other]
        assert found.is_right(label) == role.endswith("_right")


def test_labels_of_the_running_set_are_recognised():
    assert recognise(list(BODY)).name == "rbds"


def test_one_front_marker_per_foot_is_enough():
    labels = [label for label in BODY if label != "R.MT1"]
    found = recognise(labels)
    assert found.front_of_foot("right", labels) == "R.MT5"
    assert found.front_of_foot("left", labels) == "L.MT1"
    assert found.absent_roles(labels) == ("toe_right",)


def test_an_unknown_set_names_the_nearest_and_what_it_misses():
    labels = [label for label in BODY if label not in {"R.ASIS", "L.ASIS"}]
    with pytest.raises(MarkerSetUnknown) as refusal:
        recognise(labels, file="run.c3d")
    assert str(refusal.value) == (
        "run.c3d has 18 points; none of the known marker sets fits (nearest: 'rbds', missing L.ASIS, R.ASIS). "
        "Name yours with --markers FILE; see docs/how-to/marker-sets.md."
    )


def test_a_foot_without_any_front_marker_does_not_fit():
    labels = [label for label in BODY if label not in {"R.MT1", "R.MT5"}]
    with pytest.raises(MarkerSetUnknown, match=r"missing R\.MT1 or R\.MT5"):
        recognise(labels)


def test_a_set_that_was_asked_for_and_does_not_fit_is_refused():
    markers = standing().select([label for label in BODY if label != "R.PSIS"])
    with pytest.raises(MarkerSetUnknown, match=r"run.c3d has 19 points and lacks R\.PSIS of the marker set 'rbds'"):
        orient(Recording(markers), SETS["rbds"], file="run.c3d")
    with pytest.raises(MarkerSetUnknown, match=r"lacks R\.PSIS"):
        clean(markers, SETS["rbds"], default_settings())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("name = ", "not valid TOML", id="not TOML"),
        pytest.param('name = "x"', "roles: Field required", id="no roles"),
        pytest.param(
            'name = "x"\n[roles]\nheel_lft = "A"', "unknown role 'heel_lft'; nearest: heel_left", id="misspelt"
        ),
        pytest.param('name = "x"\n[roles]\nheel_left = "A"', "role 'asis_left' is needed", id="no pelvis"),
        pytest.param('name = "x"\nrole = 1\n[roles]', "role: Extra inputs", id="an unknown field"),
        pytest.param(
            'name = "x"\n[roles]\nheel_left = 3', "roles.heel_left: Input should be", id="a number for a label"
        ),
    ],
)
def test_a_set_that_is_wrong_says_where(tmp_path, text, reason):
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileUnreadable, match=re.escape(reason)):
        load_marker_set(path)


def test_a_set_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(FileUnreadable, match="there is no such file"):
        load_marker_set(tmp_path / "mine.toml")


def how_to_set(tmp_path):
    path = tmp_path / "walking.toml"
    blocks = re.findall(r"```toml\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)
    path.write_text(max(blocks, key=len), encoding="utf-8")
    return load_marker_set(path)


def test_the_how_to_lists_every_role():
    text = HOW_TO.read_text(encoding="utf-8")
    for role in ROLES:
        word = role.removesuffix("_left").removesuffix("_right")
        assert f"`{word}`" in text, f"the how-to does not explain {word}"


@pytest.mark.shared
def test_the_worked_example_of_the_how_to_reads_the_walking_trial(shared_data, tmp_path):
    """walking5.c3d has z up; its subject walks along one axis of the laboratory, left ASIS on the left."""
    found = read(shared_data / "opensim-core-file-quirks/walking5.c3d")
    with pytest.raises(MarkerSetUnknown):
        recognise(found.data.markers.labels)
    marker_set = how_to_set(tmp_path)
    assert marker_set.missing(found.data.markers.labels) == ()
    turned, orientation, problems = orient(found.data, marker_set, file="walking5.c3d")
    assert orientation.up_axis == "+Z"
    assert orientation.forces_up is True
    assert problems == ()
    markers, _ = clean(turned.markers, marker_set, default_settings())
    heel, toe = markers[marker_set.roles["heel_left"]], markers[marker_set.roles["toe_left"]]
    assert np.nanmedian(toe[:, 0] - heel[:, 0]) > 0.1
