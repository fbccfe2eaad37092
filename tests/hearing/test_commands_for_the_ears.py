from __future__ import annotations

import json
import wave
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from voicecoach.cli.hear import hear
from voicecoach.cli.model import app as model_app

RECORDINGS = Path(__file__).parent / "recordings"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    hear_app = typer.Typer()
    hear_app.command()(hear)

    def invoke(app, *arguments):
        result = CliRunner().invoke({"hear": hear_app, "model": model_app}[app], [*map(str, arguments)])
        return result.exit_code, result.stdout, result.stderr

    return invoke


def test_hear_prints_a_line_for_each_command_and_one_for_the_file(run):
    code, out, _ = run("hear", RECORDINGS / "stop.flac", RECORDINGS / "seven.flac", "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [set(line) for line in lines] == [
        {"file", "t", "phrase", "command", "value"},
        {"file", "end", "seconds", "accepted", "rejected"},
        {"file", "end", "seconds", "accepted", "rejected"},
    ]
    assert (lines[0]["command"], lines[1]["accepted"], lines[2]["rejected"]) == ("stop", 1, 1)


def test_hear_gives_a_weight_as_a_value_in_a_state_that_asks_for_one(run):
    _, out, _ = run("hear", RECORDINGS / "thirty-five-pounds.flac", "--state", "asking weight", "--json")
    assert json.loads(out.splitlines()[0])["value"] == {"weight": {"value": 35.0, "unit": "lb"}}


def test_hear_says_why(run):
    _, out, _ = run("hear", RECORDINGS / "yes.flac", "--state", "working", "--why", "--json")
    line = json.loads(out.splitlines()[0])
    assert (line["refused"], line["rule"]) == ("yes", "not in this state")
    assert "working" in line["why"]


def test_a_bad_file_is_said_and_the_others_are_still_heard(run, tmp_path):
    (tmp_path / "bad.wav").write_bytes(b"no")
    code, out, err = run("hear", tmp_path / "bad.wav", RECORDINGS / "stop.flac")
    assert code == 1
    assert "bad.wav" in err
    assert "stop" in out


def test_a_folder_a_missing_file_and_a_recording_without_sound_are_named_as_such(run, tmp_path):
    with wave.open(str(tmp_path / "zero.wav"), "wb") as file:
        file.setparams((1, 2, 16000, 0, "NONE", ""))
    code, out, err = run("hear", tmp_path, tmp_path / "gone.wav", tmp_path / "zero.wav", "--json")
    assert code == 1
    told = err.splitlines()
    assert [what in line for what, line in zip(("is a folder", "no file", "holds no sound"), told, strict=True)] == [
        True,
        True,
        True,
    ]
    (end,) = map(json.loads, out.splitlines())
    assert (end["end"], end["seconds"]) == (True, 0.0)


def test_of_a_long_recording_it_is_shown_how_far_it_was_heard(run, tmp_path, monkeypatch):
    monkeypatch.setattr("voicecoach.cli.hear.LONG", 60.0)
    with wave.open(str(tmp_path / "long.wav"), "wb") as file:
        file.setparams((1, 2, 4000, 0, "NONE", ""))
        file.writeframes(bytes(2 * 4000 * 60))
    _, out, err = run("hear", tmp_path / "long.wav")
    assert all(line.endswith("of 1:00 heard") for line in err.splitlines())
    assert 5 <= len(err.splitlines()) <= 10
    assert "60.0 s" in out


def test_model_list_marks_the_built_in_one_and_offers_the_vendors(run):
    code, out, _ = run("model", "list", "--json")
    rows = json.loads(out)
    assert code == 0
    assert [row["name"] for row in rows if row["in_use"]] == ["voicecoach-small-en"]
    small = next(row for row in rows if row["name"] == "vosk-model-small-en-us-0.15")
    assert "commands in quiet" in small["measured"]
    assert small["measured"] in run("model", "list")[1]


def test_model_words_names_those_it_lacks_and_near_ones(run):
    code, out, _ = run("model", "words", "Stop, frobnicate!", "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert [(line["word"], line["known"]) for line in lines] == [("stop", True), ("frobnicate", False)]


def test_a_model_is_installed_from_a_folder_and_its_path_printed(run):
    from voicecoach.hearing.model_folder import built_in_model

    code, out, err = run("model", "install", built_in_model())
    assert (code, out) == (0, "")
    assert "Installed" in err
    code, out, _ = run("model", "path")
    assert Path(out.strip()).is_dir()
