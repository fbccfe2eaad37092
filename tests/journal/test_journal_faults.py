from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench" / "journal_faults.py"


@pytest.fixture(scope="module")
def rows():
    if not hasattr(os, "fork"):
        pytest.skip("needs fork")
    command = [sys.executable, str(BENCH), "--kills", "12", "--disks", "25", "--seed", "7", "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def test_a_killed_session_loses_nothing_it_announced_and_can_be_resumed(rows):
    kills, _ = rows
    assert kills["kills"] == 12
    assert (kills["lost"], kills["not_resumed"], kills["findings"]) == (0, 0, 0)


def test_a_failing_disk_loses_nothing_that_was_logged(rows):
    _, disks = rows
    assert disks["faults"] > 0
    assert disks["warnings"] > 0
    assert (disks["lost"], disks["findings"]) == (0, 0)
