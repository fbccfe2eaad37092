"""kill -9 in the middle of a session of the whole coach: the bench, with a few kills."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench" / "session_kills.py"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("script", ["hip-hinge", "two-by-two"])
def test_a_killed_coach_has_logged_all_it_announced_and_goes_on_where_it_was(script):
    command = [sys.executable, str(BENCH), "--kills", "10", "--script", script, "--seed", "3", "--json"]
    row = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert row["kills"] == 10
    assert row["resumed"] > 0
    assert (row["lost"], row["not_resumed"], row["findings"], row["wrong_sets"]) == (0, 0, 0, 0)
