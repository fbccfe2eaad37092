"""The bench of what listening costs: every figure is there, and they fit one another."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_time_memory_and_cpu_of_listening_come_from_a_process_of_their_own():
    start = "from voicecoach.cli.app import main; main()"
    command = [sys.executable, "-c", start, "bench", "load", "--runs", "1", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    figures = document["listening"]
    assert document["session"] is None
    assert abs(figures["import_ms"] + figures["model_ms"] + figures["path_ms"] - figures["load_ms"]) < 1
    assert figures["memory_before_mb"] < figures["memory_loaded_mb"]
    assert 0 < figures["cpu_quiet_percent"] < figures["cpu_speech_percent"]
