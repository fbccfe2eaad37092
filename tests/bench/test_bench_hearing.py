"""The hearing bench over a small folder: what it counts, and what it says of a folder that is not in order."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RECORDINGS = ROOT / "tests/hearing/recordings"
MODEL = ROOT / "models/voicecoach-small-en"


def bench(*arguments):
    start = "from voicecoach.cli.app import main; main()"
    command = [sys.executable, "-c", start, "bench", "hearing", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.fixture
def folder(tmp_path):
    def make(*rows, header="file\tclass\tlabel"):
        (tmp_path / "manifest.tsv").write_text("\n".join([header, *("\t".join(row) for row in rows)]) + "\n")
        for row in rows:
            source = RECORDINGS / row[0]
            if source.is_file():
                (tmp_path / row[0]).write_bytes(source.read_bytes())
        return tmp_path

    return make


def test_two_models_and_the_plain_ways_hear_the_same_recordings(folder, tmp_path):
    out = tmp_path / "out.json"
    where = folder(("stop.flac", "pos_command", "stop"))
    done = bench(where, "--model", MODEL, "--model", MODEL, "--plain", "--json", out)
    assert done.returncode == 0, done.stderr
    document = json.loads(out.read_text())
    recall = [row for row in document["rows"] if row["what"] == "recall stop"]
    assert len(recall) == 6
    assert all(row["of"] == 1 and row["low"] <= row["percent"] <= row["high"] for row in recall)
    assert {column["way"] for column in document["columns"]} == {"plain", "plain with decoys", "coach"}
    assert len({column["column"] for column in document["columns"]}) == 6


def test_pocketsphinx_hears_the_same_recordings_in_the_same_table(folder, tmp_path):
    pytest.importorskip("pocketsphinx")
    out = tmp_path / "out.json"
    done = bench(folder(("yes.flac", "pos_command", "yes")), "--pocketsphinx", "--json", out)
    assert done.returncode == 0, done.stderr
    document = json.loads(out.read_text())
    assert [column["column"] for column in document["columns"]] == ["voicecoach-small-en coach", "pocketsphinx plain"]
    assert [row["of"] for row in document["rows"] if row["what"] == "recall yes"] == [1, 1]


def test_a_command_named_on_the_line_is_listened_for_though_the_script_ignores_the_word(folder, tmp_path):
    out = tmp_path / "out.json"
    where = folder(("stop.flac", "neg_word", "house"))
    assert bench(where, "--command", "house", "--json", out).returncode == 0
    document = json.loads(out.read_text())
    assert {"recall house", "recall all"} == {row["what"] for row in document["rows"]}


def test_a_manifest_that_names_missing_files_is_refused_with_their_names(folder):
    done = bench(folder(("not-there.flac", "pos_command", "stop")))
    assert done.returncode == 1
    assert "not-there.flac" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("state", "taken"), [("resting", 0), ("asking reps", 1)])
def test_a_state_hears_what_it_hears_in_a_session_and_no_bare_number_in_a_rest(folder, tmp_path, state, taken):
    out = tmp_path / "out.json"
    where = folder(("seven.flac", "pos_digit", "seven"))
    done = bench(where, "--state", state, "--json", out)
    assert done.returncode == 0, done.stderr
    rows = {row["what"]: row for row in json.loads(out.read_text())["rows"]}
    assert (rows["false pos_digit"]["hits"], rows["false pos_digit"]["of"]) == (taken, 1)
