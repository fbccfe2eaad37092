"""The command line as a user meets it: exit codes, streams, and never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from voicecoach.cli.app import PANELS, load

MAIN = [sys.executable, "-c", "from voicecoach.cli.app import main; main()"]


@pytest.fixture
def coach(tmp_path):
    def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "VOICECOACH_HOME": str(tmp_path / "home"), "COLUMNS": "120", **more}
        return subprocess.run(
            [*MAIN, *words],
            cwd=tmp_path,
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_help_names_every_command_and_loads_nothing_heavy(coach):
    shown = coach("--help")
    assert shown.returncode == 0
    for command in ("run", "rehearse", "check", "list", "hear", "model", "doctor", "devices", "voices", "understand"):
        assert f" {command} " in shown.stdout
    names = "'vosk','pyttsx3','sounddevice','transitions','pydantic','yaml','numpy','rich'"
    heavy = "import sys, atexit; from voicecoach.cli.app import main; sys.argv[1:] = ['--help']; "
    heavy += f"atexit.register(lambda: print([m for m in ({names}) if m in sys.modules], file=sys.stderr)); main()"
    loaded = subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True)
    assert loaded.stderr.strip() == "[]"


def test_a_command_ends_without_a_search_for_garbage():
    watched = "import sys, atexit, gc; from voicecoach.cli.app import main; sys.argv[1:] = ['--version']; "
    watched += "atexit.register(lambda: print(gc.get_freeze_count(), file=sys.stderr)); main()"  # after main's own
    ended = subprocess.run([sys.executable, "-c", watched], capture_output=True, text=True, check=True)
    assert int(ended.stderr) > 0


@pytest.mark.parametrize("entry", [entry for entries in PANELS.values() for entry in entries], ids=lambda e: e.name)
def test_every_command_of_the_overview_is_there_and_says_what_it_is_for(entry):
    command = load(entry)
    assert command.name == entry.name
    assert command.help.endswith((".", ").")), command.help


def test_the_benches_are_listed_with_what_they_measure(coach):
    for words in (["bench"], ["bench", "--help"]):
        rows = coach(*words).stdout.splitlines()
        assert "counting" in [row.split()[0] for row in rows]
        assert all(len(row.split()) > 3 for row in rows)
    assert coach("bench", "cooking").returncode == 2


def test_a_bench_that_is_terminated_puts_away_what_it_has_started(tmp_path):
    (tmp_path / "slow.py").write_text(
        "import os, pathlib, signal, sys\ntry:\n    os.kill(os.getpid(), signal.SIGTERM)\n    signal.pause()\n"
        "finally:\n    pathlib.Path(sys.argv[1]).write_text('put away')\n"
    )
    found = (
        f"from pathlib import Path; from voicecoach.cli import bench; bench._folder = lambda: Path({str(tmp_path)!r})"
    )
    ended = subprocess.run([*MAIN[:2], f"{found}; {MAIN[2]}", "bench", "slow", str(tmp_path / "left")], check=False)
    assert ended.returncode == 143
    assert (tmp_path / "left").read_text() == "put away"


def test_a_misspelt_command_is_answered_with_the_ones_it_may_be(coach):
    assert "'rehearse'" in coach("rehears").stderr
    assert "'check'" in coach("log", "chek").stderr


def test_a_wrong_command_line_exits_with_2_and_what_the_user_can_fix_with_1(coach):
    assert coach("rehearse").returncode == 2
    assert coach("rehearse", "wall-tap", "--today", "tomorrow").returncode == 2
    missing = coach("rehearse", "wal-tap")
    assert missing.returncode == 1
    assert "wall" in missing.stderr
    assert missing.stdout == ""


def test_whoever_asks_about_no_word_is_told_what_to_write(coach):
    for text in ("", "  ", "?!"):
        asked = coach("model", "words", text)
        assert (asked.returncode, asked.stdout) == (2, "")
        said = f"voicecoach: There is no word in {text!r}."
        assert asked.stderr.splitlines() == [said, "  Try: voicecoach model words stop deadlift"]


def test_data_goes_to_standard_output_and_is_json_where_asked_for(coach):
    lines = coach("rehearse", "wall-tap", "--json").stdout.splitlines()
    assert lines
    assert all("t" in json.loads(line) for line in lines)
    first = json.loads(coach("understand", "thirty five pounds", "--json").stdout)
    assert first["weight"] == {"value": 35, "unit": "lb"}


def test_a_script_with_a_mistake_is_pointed_at_before_anything_is_said(coach, tmp_path):
    (tmp_path / "scripts").mkdir()
    text = (Path(__file__).parents[2] / "scripts" / "wall-tap.yaml").read_text(encoding="utf-8")
    (tmp_path / "scripts" / "wall-tap.yaml").write_text(text.replace("tempo: 2-1-1-0", "tempo: 3-x"), encoding="utf-8")
    wrong = coach("run", "wall-tap")
    assert wrong.returncode == 1
    assert "wall-tap.yaml:" in wrong.stderr
    assert "Traceback" not in wrong.stderr
    assert not (tmp_path / "home" / "journal.jsonl").exists()


@pytest.mark.parametrize(
    "command",
    [
        ("run", "wall-tap"),
        ("check", "wall-tap"),
        ("watch", "wall-tap"),
        ("install", "wall-tap.yaml"),
        ("model", "path"),
    ],
    ids=" ".join,
)
def test_a_broken_model_folder_is_said_in_one_sentence(coach, tmp_path, command):
    (tmp_path / "home" / "config").mkdir(parents=True)
    (tmp_path / "broken" / "am").mkdir(parents=True)
    (tmp_path / "home" / "config" / "config.toml").write_text(f'model = "{tmp_path / "broken"}"', encoding="utf-8")
    wrong = coach(*command)
    assert wrong.returncode == 1
    assert "Traceback" not in wrong.stderr
    assert str(tmp_path / "broken") in wrong.stderr


def test_a_home_that_cannot_be_written_is_said_in_one_sentence(coach, tmp_path):
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    wrong = coach("log", "check", VOICECOACH_HOME=str(tmp_path / "file"))
    assert "Traceback" not in wrong.stderr
    assert wrong.returncode in (0, 1)


def test_a_bug_gives_a_crash_file_and_exit_code_3(tmp_path):
    code = (
        "import sys; from voicecoach.cli.guard import guarded\n"
        "@guarded\ndef broken(): raise RuntimeError('oops')\nbroken()"
    )
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    crashed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=False)
    assert crashed.returncode == 3
    assert "oops" in crashed.stderr
    assert "Traceback" not in crashed.stderr
    (file,) = tmp_path.glob("voicecoach-crash-*.txt")
    assert "RuntimeError: oops" in file.read_text(encoding="utf-8")


def test_a_reader_that_goes_away_early_is_no_error_worth_a_word(tmp_path):
    env = {**os.environ, "VOICECOACH_HOME": str(tmp_path)}
    command = " ".join(f"'{word}'" if " " in word else word for word in [*MAIN, "rehearse", "hip-hinge", "--json"])
    piped = subprocess.run(f"{command} | head -1", shell=True, env=env, capture_output=True, text=True, check=False)
    assert piped.stdout.count("\n") == 1
    assert "Traceback" not in piped.stderr
    assert "Error" not in piped.stderr


def test_a_log_says_where_it_is(coach, tmp_path):
    assert coach("log", "path").stdout.strip() == str(tmp_path / "home" / "journal.jsonl")


@pytest.mark.skipif(Path("/proc/asound/card0").exists(), reason="this machine has a sound card: somebody could train")
def test_where_nobody_can_train_run_rehearses_with_real_voices_and_leaves_four_files(coach, tmp_path):
    (tmp_path / "scripts").mkdir()
    text = (Path(__file__).parents[2] / "scripts" / "wall-tap.yaml").read_text(encoding="utf-8")
    short = text.replace("reps: 15", "reps: 3").replace("sets: 3", "sets: 1")
    (tmp_path / "scripts" / "wall-tap.yaml").write_text(short, encoding="utf-8")
    silent = {"PULSE_SERVER": "unix:/nowhere"}
    first = coach("run", "wall-tap", **silent)
    assert first.returncode == 0, first.stderr
    assert "rehears" in first.stderr
    for kind in ("wav", "txt", "svg", "jsonl"):
        assert (tmp_path / "rehearsal" / f"wall-tap.{kind}").stat().st_size > 1000
    assert "trainee start" in (tmp_path / "rehearsal" / "wall-tap.txt").read_text(encoding="utf-8")
    assert not (tmp_path / "home" / "journal.jsonl").exists()
    assert coach("run", "wall-tap", **silent).returncode == 0
    assert "Last" in (tmp_path / "rehearsal" / "wall-tap.txt").read_text(encoding="utf-8")
