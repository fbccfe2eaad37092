"""The bench of bystanders over a small folder: who is taken for the trainee, and what is said of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RECORDINGS = ROOT / "tests/hearing/recordings"


def bench(*arguments):
    start = "from voicecoach.cli.app import main; main()"
    command = [sys.executable, "-c", start, "bench", "bystanders", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.fixture
def folder(tmp_path):
    def make(*rows):
        lines = ["file\tclass\tlabel", *("\t".join(row) for row in rows)]
        (tmp_path / "manifest.tsv").write_text("\n".join(lines) + "\n")
        for name, *_ in rows:
            (tmp_path / name).write_bytes((RECORDINGS / name).read_bytes())
        return tmp_path

    return make


def test_each_false_command_is_told_with_what_was_said_why_and_what_the_coach_did(folder, tmp_path):
    where = folder(("stop.flac", "neg_word", "top"), ("talk.flac", "neg_speech", "talk"))
    done = bench(where, "--minutes", 1, "--kind", "single words", "--json", tmp_path / "out.json")
    assert done.returncode == 0, done.stderr
    document = json.loads((tmp_path / "out.json").read_text())
    (row,) = document["rows"]
    assert row["kind"] == "single words"
    assert row["low"] <= row["per_hour"] <= row["high"]
    first = document["false_commands"][0]
    assert (first["said"], first["command"], first["rule"]) == ("top", "stop", "safety")
    assert "of voice at" in first["why"]
    assert first["then"]
    assert "'top': heard 'stop'" in done.stdout


def test_what_is_a_command_is_no_bystanders_word(folder):
    done = bench(folder(("stop.flac", "neg_word", "stop")), "--minutes", 1)
    assert done.returncode == 1
    assert "neg_word" in done.stderr
    assert "Traceback" not in done.stderr
