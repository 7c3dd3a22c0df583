"""gerdy works without a network, and its tests would notice if it did not."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys

import pytest

import check_tree

ANSWERS = [["evidence", "orchard1996"], ["evidence", "--json"], ["--version"], ["--help"]]
"""Commands that need no file."""

NO_SOCKETS = """
import socket, sys
def refuse(*args, **kwargs):
    raise SystemExit("opened a socket")
socket.socket = socket.create_connection = socket.getaddrinfo = refuse
sys.argv[0] = "gerdy"
from gerdy.cli.main import main
main()
"""


def test_the_tests_themselves_refuse_connections():
    with pytest.raises(AssertionError, match="gerdy works offline"), socket.socket() as plug:
        plug.connect(("127.0.0.1", 9))


def test_nothing_in_the_package_imports_network_code():
    assert [line for line in check_tree.findings(check_tree.ROOT) if "network code" in line] == []


@pytest.mark.parametrize("words", ANSWERS, ids=" ".join)
def test_a_command_answers_where_no_socket_can_be_opened(words):
    result = subprocess.run([sys.executable, "-c", NO_SOCKETS, *words], capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stderr
    assert result.stdout


@pytest.mark.skipif(shutil.which("unshare") is None, reason="unshare is not installed on this system")
def test_a_command_answers_on_a_machine_whose_network_is_switched_off():
    alone = ["unshare", "--map-root-user", "--net"]
    if subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system does not allow unshare to switch the network off")
    result = subprocess.run(
        [*alone, sys.executable, "-m", "gerdy", "evidence", "orchard1996"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stderr
    assert "20, 30 deg" in result.stdout
