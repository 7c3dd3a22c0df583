"""``gerdy compile``: a model in, a body out; a certificate that can be read again."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from gerdy.body import load, save


def gerdy(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "gerdy", *map(str, arguments)], capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    path = tmp_path_factory.mktemp("bodies") / "body.npz"
    save(load(), path)
    return path


def test_show_prints_model_notes_and_errors(compiled):
    shown = gerdy("compile", "--show", compiled)
    assert shown.returncode == 0
    assert "LaiUhlrich2022.osim" in shown.stdout
    assert "moment arm, polynomials" in shown.stdout


def test_show_as_json_has_a_schema_and_every_check(compiled):
    shown = json.loads(gerdy("compile", "--show", compiled, "--json").stdout)
    assert shown["schema"] == "gerdy/certificate/1"
    assert {"quantity", "unit", "largest", "rms", "poses", "where", "over"} == set(shown["checks"][0])


def test_a_missing_body_is_refused_with_what_to_do(tmp_path):
    refused = gerdy("compile", "--show", tmp_path / "none.npz")
    assert refused.returncode == 1
    assert "gerdy compile model.osim --out body.npz" in refused.stderr


def test_without_model_or_show_it_is_a_usage_error():
    assert gerdy("compile").returncode == 2


@pytest.mark.opensim
@pytest.mark.shared
@pytest.mark.long
def test_the_shipped_body_can_be_made_again(shared_data, tmp_path):
    model = shared_data / "opensim-laiuhlrich2022" / "LaiUhlrich2022.osim"
    made = gerdy("compile", model, "--out", tmp_path / "again.npz")
    assert made.returncode == 0, made.stderr
    again, shipped = load(tmp_path / "again.npz"), load()
    assert again.certificate["model_sha256"] == shipped.certificate["model_sha256"]
    assert again.coordinates == shipped.coordinates
